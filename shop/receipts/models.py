"""Tables of receipts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Document, Key, Name, Stamp, Word
from shop.core.database import Base

ISSUED = text("state = 'issued'")


class ReceiptCounter(Base):
    """The last number of a series in a year; raised in the transaction that writes the receipt, so no gap is left."""

    __tablename__ = "receipt_counters"

    series: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Receipt(Base):
    """One receipt. `content` is what it says, as it was said; only its state ever changes, from issued to void.

    After the years that books are kept for, the address in it goes (`address_forgotten`), and nothing else.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint("state IN ('issued', 'void')", name="state"),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("series", "year", "number"),
        Index("uq_receipts_issued", "order_id", unique=True, sqlite_where=ISSUED),
        Index("ix_receipts_order_id", "order_id"),
    )

    id: Mapped[Key]
    series: Mapped[str] = mapped_column(String(8))
    year: Mapped[int]
    number: Mapped[int]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    state: Mapped[Word]
    content: Mapped[Document]
    issued_at: Mapped[Stamp]
    voided_at: Mapped[Stamp | None]
    void_reason: Mapped[Name | None]
    address_forgotten: Mapped[bool] = mapped_column(server_default=false())
