"""Reads of receipts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from shop.core.database import session
from shop.receipts.models import Receipt
from shop.receipts.rules import Content, ReceiptFacts, printed_number


def receipts_of(order_id: str) -> list[ReceiptFacts]:
    """An order's receipts, newest first: an issued one, if there is one, stands before those it replaced."""
    return receipts_of_all([order_id]).get(order_id, [])


def receipts_of_all(order_ids: Iterable[str]) -> dict[str, list[ReceiptFacts]]:
    """The same by order id."""
    rows = session().scalars(select(Receipt).where(Receipt.order_id.in_(list(order_ids))).order_by(Receipt.id.desc()))
    grouped: dict[str, list[ReceiptFacts]] = {}
    for row in rows:
        grouped.setdefault(row.order_id, []).append(_facts(row))
    return grouped


def issued_for(order_id: str) -> ReceiptFacts | None:
    """The receipt that holds for an order now."""
    row = (
        session().scalars(select(Receipt).where(Receipt.order_id == order_id, Receipt.state == "issued")).one_or_none()
    )
    return None if row is None else _facts(row)


def _facts(row: Receipt) -> ReceiptFacts:
    return ReceiptFacts(
        id=row.id,
        order_id=row.order_id,
        name=printed_number(row.series, row.year, row.number),
        state=row.state,
        content=Content.unpacked(row.content),
        issued_at=row.issued_at,
        voided_at=row.voided_at,
        void_reason=row.void_reason or "",
    )
