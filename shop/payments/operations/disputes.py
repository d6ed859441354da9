"""Writes about disputes and fraud warnings. All assume an open transaction; all are safe to repeat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.payments.models import Dispute, FraudWarning
from shop.payments.reports import DisputeSeen
from shop.payments.rules import CLOSED


def note_dispute(order_id: str, charge_id: str, seen: DisputeSeen) -> str | None:
    """Keep how a dispute stands: "opened" or "changed", None when that was known.

    Older news never undo newer ones: what is closed stays closed, and money only moves on.
    """
    now = {
        "status": seen.status,
        "closed": seen.status in CLOSED,
        "due_by": seen.due_by,
        "withdrawn_minor": seen.withdrawn,
        "fee_minor": seen.fee,
        "moves": seen.moves,
    }
    fixed = {
        "id": seen.id,
        "order_id": order_id,
        "charge_id": charge_id,
        "amount_minor": seen.amount.minor,
        "currency": seen.amount.currency,
        "reason": seen.reason,
        "opened_at": seen.opened_at,
    }
    if insert_once(Dispute, fixed | now):
        return "opened"
    newer = update(Dispute).where(
        Dispute.id == seen.id,
        or_(Dispute.status != seen.status, Dispute.moves < seen.moves),
        Dispute.moves <= seen.moves,
        or_(Dispute.closed.is_(False), Dispute.moves < seen.moves),
    )
    changed = session().execute(newer.values(**now).execution_options(synchronize_session=False))
    return "changed" if rows_changed(changed) else None


def note_warning(*, warning_id: str, order_id: str, kind: str, warned_at: datetime) -> bool:
    """Keep a fraud warning; False when it was known."""
    return insert_once(FraudWarning, {"id": warning_id, "order_id": order_id, "kind": kind, "warned_at": warned_at})


def settle_warnings(order_id: str, *, actor: str) -> None:
    """Somebody has dealt with the warnings about an order."""
    open_ones = update(FraudWarning).where(FraudWarning.order_id == order_id, FraudWarning.settled_at.is_(None))
    dealt_with = open_ones.values(settled_at=clock.now(), settled_by=actor)
    session().execute(dealt_with.execution_options(synchronize_session=False))
