"""Writes of receipts. All assume an open transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.receipts.models import Receipt, ReceiptCounter
from shop.receipts.rules import SERIES, Content


def issue(order_id: str, content: Content) -> None:
    """Write the next receipt of this year. The database refuses a second issued one for an order (IntegrityError)."""
    moment = clock.now()
    session().execute(
        insert(Receipt).values(
            series=SERIES,
            year=moment.year,
            number=_next_number(SERIES, moment.year),
            order_id=order_id,
            state="issued",
            content=content.packed(),
            issued_at=moment,
        )
    )


def void(receipt_id: int, *, reason: str) -> bool:
    """It holds no longer; False when it was void already."""
    issued = update(Receipt).where(Receipt.id == receipt_id, Receipt.state == "issued")
    values = {"state": "void", "voided_at": clock.now(), "void_reason": reason[:200]}
    done = session().execute(issued.values(**values).execution_options(synchronize_session=False))
    return rows_changed(done) == 1


def forget_addresses(*, before: datetime, most: int) -> int:
    """Receipts issued before then stay without the address they went to; returns how many were changed."""
    old = select(Receipt.id, Receipt.content).where(Receipt.issued_at < before, Receipt.address_forgotten.is_(False))
    rows = session().execute(old.order_by(Receipt.id).limit(most)).all()
    for receipt_id, content in rows:
        without = content | {"email": ""}
        changed = update(Receipt).where(Receipt.id == receipt_id)
        session().execute(changed.values(content=without, address_forgotten=True))
    return len(rows)


def _next_number(series: str, year: int) -> int:
    """The guard: one statement raises the counter and answers; whoever else wants a number waits for us to end."""
    insert_once(ReceiptCounter, {"series": series, "year": year, "last": 0})
    ours = update(ReceiptCounter).where(ReceiptCounter.series == series, ReceiptCounter.year == year)
    raised = ours.values(last=ReceiptCounter.last + 1).returning(ReceiptCounter.last)
    return session().execute(raised.execution_options(synchronize_session=False)).scalar_one()
