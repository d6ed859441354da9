"""Reads about disputes and fraud warnings."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, select

from shop.core.database import session
from shop.core.money import Money
from shop.core.read_once import read_once
from shop.payments.models import Dispute, FraudWarning

TO_ANSWER: ColumnElement[bool] = Dispute.status.in_(("needs_response", "warning_needs_response"))


class DisputeFacts(Struct, frozen=True):
    """A contested payment as it stands; `withdrawn` and `fee` in minor units of its currency."""

    id: str
    order_id: str
    amount: Money
    reason: str
    status: str
    closed: bool
    due_by: datetime | None
    opened_at: datetime
    withdrawn: int
    fee: int


class WarningFacts(Struct, frozen=True):
    """A fraud warning; `settled_at` is empty while nobody has dealt with it."""

    id: str
    order_id: str
    kind: str
    warned_at: datetime
    settled_at: datetime | None
    settled_by: str | None


@read_once
def disputes_of(order_id: str) -> list[DisputeFacts]:
    """The disputes of an order, oldest first."""
    return _disputes(Dispute.order_id == order_id)


def disputes(*, closed: bool) -> list[DisputeFacts]:
    """Disputes that are open, those that must be answered first, first; or those that are closed."""
    found = _disputes(Dispute.closed.is_(closed))
    return sorted(found, key=lambda one: (one.due_by is None, one.due_by or one.opened_at))


def open_warnings() -> list[WarningFacts]:
    """Fraud warnings that nobody has dealt with yet."""
    return _warnings(FraudWarning.settled_at.is_(None))


def _disputes(condition: ColumnElement[bool]) -> list[DisputeFacts]:
    rows = session().scalars(select(Dispute).where(condition).order_by(Dispute.opened_at, Dispute.id))
    return [
        DisputeFacts(
            id=row.id,
            order_id=row.order_id,
            amount=Money(row.amount_minor, row.currency),
            reason=row.reason,
            status=row.status,
            closed=row.closed,
            due_by=row.due_by,
            opened_at=row.opened_at,
            withdrawn=row.withdrawn_minor,
            fee=row.fee_minor,
        )
        for row in rows
    ]


def _warnings(condition: ColumnElement[bool]) -> list[WarningFacts]:
    rows = session().scalars(select(FraudWarning).where(condition).order_by(FraudWarning.warned_at, FraudWarning.id))
    names = WarningFacts.__struct_fields__
    return [WarningFacts(**{name: getattr(row, name) for name in names}) for row in rows]
