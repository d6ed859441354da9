"""What is kept for as long as staff say: the schedule is set here, and the worker keeps to it every hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from shop.consents.operations import set_periods
from shop.consents.queries import periods
from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.outbox import forget_done
from shop.mail.operations import forget_sent
from shop.monthly import operations as monthly
from shop.orders import operations as orders
from shop.payments.operations import forget_payloads
from shop.receipts.operations import forget_addresses
from shop.returns import operations as returns
from shop.staff.operations import record
from shop.staff.operations.sign_ins import forget_old
from shop.staff.rules.audit import differences

AT_ONCE = 1_000  # rows in one round of the worker's, so that nobody waits for it
WITH_ADDRESSES = ("order_links", "monthly_links", "giving_statement")  # promises whose words hold an address


class _Forgets(Protocol):
    def __call__(self, *, before: datetime, most: int) -> int: ...


def _people(*, before: datetime, most: int) -> int:
    return (
        orders.forget_people(before=before, most=most)
        + monthly.forget_people(before=before, most=most)
        + returns.forget_people(before=before, most=most)
        + forget_addresses(before=before, most=most)
    )


def _letters(*, before: datetime, most: int) -> int:
    return forget_sent(before=before, most=most) + forget_done(WITH_ADDRESSES, before=before)


FORGETS: Mapping[str, _Forgets] = {
    "orders": _people,
    "letters": _letters,
    "events": forget_payloads,
    "sign_ins": forget_old,
}


@again
def set_retention(days: Mapping[str, int], *, actor: str) -> None:
    """How long each is kept from now on. Raises Invalid beside its field."""
    before = periods()
    end_read()
    with transaction():
        set_periods(days)
        record(actor=actor, action="retention.set", subject="retention", details=differences(before, days))


def forget_what_is_over() -> dict[str, int]:
    """Forget what is older than the schedule allows, some at a time; how many rows of each. Safe to repeat."""
    days = periods()
    end_read()
    gone = {key: _forget(key, days[key]) for key in FORGETS}
    if any(gone.values()):
        _record(gone)
    return gone


@again
def _record(gone: Mapping[str, int]) -> None:
    with transaction():
        record(actor="worker", action="retention.kept", subject="retention", details={**gone})


@again
def _forget(key: str, days: int) -> int:
    with transaction():
        return FORGETS[key](before=clock.now() - timedelta(days=days), most=AT_ONCE)
