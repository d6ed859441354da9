"""Tables of purchasing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base


class PurchaseOrder(Base):
    """What was ordered together from a supplier. `reference` is what the supplier calls it, empty for nothing."""

    __tablename__ = "purchase_orders"
    __table_args__ = (CheckConstraint("state IN ('ordered', 'closed')", name="state"),)

    id: Mapped[Key]
    supplier: Mapped[Name]
    reference: Mapped[Name]
    expected_on: Mapped[date | None]
    state: Mapped[Word]
    placed_by: Mapped[Name]
    placed_at: Mapped[Stamp]
    closed_at: Mapped[Stamp | None]


class PurchaseLine(Base):
    """A variant of it. `received` counts the `damaged` ones too; `ordered` is 0 for what nobody had asked for."""

    __tablename__ = "purchase_lines"
    __table_args__ = (
        UniqueConstraint("purchase_id", "variant_id"),
        CheckConstraint("ordered >= 0 AND damaged >= 0 AND received >= damaged", name="units"),
    )

    id: Mapped[Key]
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase_orders.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    ordered: Mapped[int]
    received: Mapped[int]
    damaged: Mapped[int]
