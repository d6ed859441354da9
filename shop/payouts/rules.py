"""Which debts a payout pays, and how old debts are. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.formats import money_text
from shop.core.money import Money, total

LARGEST_PROOF = 2 * 1024 * 1024
AGES = (("up to 30 days", 30), ("31 to 60 days", 60), ("61 to 90 days", 90), ("more than 90 days", None))


class Obligation(Struct, frozen=True):
    """What is owed for one order and not paid yet, since when. Negative where more was paid than the order owes now."""

    order_id: str
    left: Money
    since: datetime


def allocate(amount: Money, obligations: Sequence[Obligation]) -> dict[str, int]:
    """Minor units by order id: what came back is set off first, then the oldest debts are paid.

    Raises Invalid beside `amount` for more than is owed in all.
    """
    owed = total((one.left for one in obligations), amount.currency)
    if not 0 < amount.minor <= owed.minor:
        raise Invalid(f"{money_text(owed)} is owed now; enter no more than that.", field="amount")
    shares = {one.order_id: one.left.minor for one in obligations if one.left.minor < 0}
    pool = amount.minor - sum(shares.values())
    for one in sorted(obligations, key=lambda one: (one.since, one.order_id)):
        if one.left.minor > 0 and pool:
            shares[one.order_id] = min(one.left.minor, pool)
            pool -= shares[one.order_id]
    return shares


def ageing(obligations: Sequence[Obligation], *, now: datetime, currency: str) -> Mapping[str, Money]:
    """What is owed by how long it has been owed; what came back is set off against the oldest."""
    sums = {label: Money.zero(currency) for label, _ in AGES}
    back = -sum(min(one.left.minor, 0) for one in obligations)
    for one in sorted(obligations, key=lambda one: (one.since, one.order_id)):
        if one.left.minor > 0:
            set_off = min(back, one.left.minor)
            back -= set_off
            label = _age(now - one.since)
            sums[label] = sums[label] + Money(one.left.minor - set_off, currency)
    return {label: amount for label, amount in sums.items() if amount}


def media_type_of(content: bytes) -> str:
    """What a proof is, by its first bytes; raises Invalid beside `proof` for anything but PDF, PNG and JPEG."""
    for start, kind in ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")):
        if content.startswith(start):
            return kind
    raise Invalid("Choose a PDF, PNG or JPEG file.", field="proof")


def _age(owed_for: timedelta) -> str:
    return next(label for label, days in AGES if days is None or owed_for <= timedelta(days=days))
