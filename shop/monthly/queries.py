"""Reads of monthly gifts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.money import Money
from shop.monthly.models import MonthlyEvent, MonthlyGift, MonthlyPayment, MonthlyShare
from shop.monthly.rules import RUNNING, Happened, MonthlyFacts, Terms

PAGE = 50


def monthly_gift(gift_id: str) -> MonthlyFacts:
    """One by id; raises NotFound."""
    return _one(MonthlyGift.id == gift_id)


def locked(gift_id: str) -> MonthlyFacts:
    """The same with its row kept from other writers until the transaction ends."""
    return _one(MonthlyGift.id == gift_id, lock=True)


def with_token(token: str) -> MonthlyFacts:
    """The monthly gift whose page this token opens; raises NotFound."""
    return _one(MonthlyGift.token == token)


def of_page(session_id: str) -> str | None:
    """Which monthly gift a payment page would start."""
    return session().execute(select(MonthlyGift.id).where(MonthlyGift.session_id == session_id)).scalar_one_or_none()


def of_subscription(subscription_id: str) -> str | None:
    """Which monthly gift runs as this subscription of Stripe's."""
    named = select(MonthlyGift.id).where(MonthlyGift.subscription_id == subscription_id)
    return session().execute(named).scalar_one_or_none()


def of_order(order_id: str) -> MonthlyFacts | None:
    """The monthly gift that an order is a month of."""
    month = select(MonthlyPayment.gift_id).where(MonthlyPayment.order_id == order_id)
    gift_id = session().execute(month).scalar_one_or_none()
    return None if gift_id is None else monthly_gift(gift_id)


def waiting_for(form_key: str) -> MonthlyFacts | None:
    """What this form asked for and nobody has paid yet."""
    found = _all(MonthlyGift.form_key == form_key, MonthlyGift.state == "awaiting_payment")
    return found[0] if found else None


def started_by(form_key: str) -> MonthlyFacts | None:
    """What this form has started: it is spent."""
    found = _all(MonthlyGift.form_key == form_key, MonthlyGift.started_at.is_not(None))
    return found[0] if found else None


def months_of(gift_id: str) -> list[tuple[str, str]]:
    """(invoice, order) pairs of what was paid, oldest first."""
    kept = select(MonthlyPayment.invoice_id, MonthlyPayment.order_id).where(MonthlyPayment.gift_id == gift_id)
    rows = session().execute(kept.order_by(MonthlyPayment.kept_at, MonthlyPayment.invoice_id))
    return [(row.invoice_id, row.order_id) for row in rows]


def history_of(gift_id: str) -> list[Happened]:
    """What happened, oldest first."""
    columns = (MonthlyEvent.kind, MonthlyEvent.sentence, MonthlyEvent.actor, MonthlyEvent.happened_at)
    rows = session().execute(select(*columns).where(MonthlyEvent.gift_id == gift_id).order_by(MonthlyEvent.id))
    return [Happened(*row) for row in rows]


def to_be_asked(moment: datetime, *, limit: int = 500) -> list[MonthlyFacts]:
    """Those of which there should be news by `moment`: pages that ended, months that are due, cards to be tried."""
    due = MonthlyGift.state.in_(RUNNING) & or_(MonthlyGift.next_on < moment, MonthlyGift.stops_on < moment)
    late = (MonthlyGift.state == "awaiting_payment") & (MonthlyGift.pay_by < moment)
    wanted = select(MonthlyGift).where(due | late | (MonthlyGift.state == "past_due"))
    return _facts(wanted.order_by(MonthlyGift.chosen_at, MonthlyGift.id).limit(limit))


def running_of(email: str, *, limit: int = 20) -> list[MonthlyFacts]:
    """What one mail address gives now, newest first."""
    theirs = select(MonthlyGift).where(
        func.lower(MonthlyGift.email) == email.strip().lower(), MonthlyGift.state.in_(RUNNING)
    )
    return _facts(theirs.order_by(MonthlyGift.chosen_at.desc(), MonthlyGift.id).limit(limit))


def for_fund(fund_id: int) -> list[MonthlyFacts]:
    """Those that run and have a share for a fund."""
    sharing = select(MonthlyShare.gift_id).where(MonthlyShare.fund_id == fund_id)
    wanted = select(MonthlyGift).where(MonthlyGift.id.in_(sharing), MonthlyGift.state.in_(RUNNING))
    return _facts(wanted.order_by(MonthlyGift.chosen_at, MonthlyGift.id))


def board(*, page: int = 1) -> list[MonthlyFacts]:
    """Those that were ever paid, newest first, one more than a page."""
    started = select(MonthlyGift).where(MonthlyGift.started_at.is_not(None))
    newest = started.order_by(MonthlyGift.started_at.desc(), MonthlyGift.id)
    return _facts(newest.limit(PAGE + 1).offset((page - 1) * PAGE))


def months_paid(gift_ids: Iterable[str]) -> dict[str, int]:
    """How many months were paid, by monthly gift."""
    counted = select(MonthlyPayment.gift_id, func.count()).where(MonthlyPayment.gift_id.in_(list(gift_ids)))
    return dict(session().execute(counted.group_by(MonthlyPayment.gift_id)).all())


def running_sums() -> tuple[int, dict[str, Money]]:
    """How many run, and what gifts they bring each month by currency, what covers card fees left out."""
    counted = select(MonthlyGift.currency, func.count(), func.sum(MonthlyGift.amount_minor))
    rows = session().execute(counted.where(MonthlyGift.state.in_(RUNNING)).group_by(MonthlyGift.currency)).all()
    return sum(row[1] for row in rows), {row[0]: Money(int(row[2]), row[0]) for row in rows}


def _one(condition: ColumnElement[bool], *, lock: bool = False) -> MonthlyFacts:
    wanted = select(MonthlyGift).where(condition)
    found = _facts(wanted.with_for_update() if lock else wanted)
    if not found:
        raise NotFound(_("We cannot find that monthly gift."))
    return found[0]


def _all(*conditions: ColumnElement[bool]) -> list[MonthlyFacts]:
    return _facts(select(MonthlyGift).where(*conditions).order_by(MonthlyGift.chosen_at.desc(), MonthlyGift.id))


def _facts(wanted: Select[Any]) -> list[MonthlyFacts]:
    """Two statements, however many there are."""
    rows: list[MonthlyGift] = list(session().scalars(wanted.execution_options(populate_existing=True)))
    shares = _shares([row.id for row in rows]) if rows else {}
    return [_fact(row, tuple(shares.get(row.id, ()))) for row in rows]


def _shares(gift_ids: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    columns = (MonthlyShare.gift_id, MonthlyShare.fund_id, MonthlyShare.weight)
    grouped: dict[str, list[tuple[int, int]]] = {}
    for gift_id, fund_id, weight in session().execute(
        select(*columns).where(MonthlyShare.gift_id.in_(gift_ids)).order_by(MonthlyShare.id)
    ):
        grouped.setdefault(gift_id, []).append((fund_id, weight))
    return grouped


def _fact(row: MonthlyGift, shares: tuple[tuple[int, int], ...]) -> MonthlyFacts:
    apart = ("terms", "shares")
    plain = {name: getattr(row, name) for name in MonthlyFacts.__struct_fields__ if name not in apart}
    terms = Terms(Money(row.amount_minor, row.currency), Money(row.fee_cover_minor, row.currency))
    return MonthlyFacts(terms=terms, shares=shares, **plain)
