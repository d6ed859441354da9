"""Tables of the stock room."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base

_GONE = text("on_hand - held - committed - unavailable = 0")


class StockLevel(Base):
    """The running totals of one variant. `product_id` is kept so that a shelf asks for many at once."""

    __tablename__ = "stock_levels"
    __table_args__ = (
        CheckConstraint("held >= 0 AND committed >= 0 AND unavailable >= 0", name="parts"),
        CheckConstraint("on_hand - held - committed - unavailable >= 0", name="available"),
        Index("ix_stock_levels_gone", "variant_id", sqlite_where=_GONE, postgresql_where=_GONE),
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    on_hand: Mapped[int]
    held: Mapped[int]
    committed: Mapped[int]
    unavailable: Mapped[int]


@append_only
class StockMovement(Base):
    """One change of what is on hand, signed, with who, why and what it belongs to."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('received', 'adjusted', 'sold', 'returned', 'damaged', 'counted', 'transferred')", name="kind"
        ),
        CheckConstraint("on_hand_change <> 0 OR unavailable_change <> 0", name="moves"),
        Index("ix_stock_movements_history", "variant_id", "id"),
    )

    id: Mapped[Key]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    kind: Mapped[Word]
    on_hand_change: Mapped[int]
    unavailable_change: Mapped[int]
    reason: Mapped[Name]
    actor: Mapped[Name]
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"))
    moved_at: Mapped[Stamp]


class Reservation(Base):
    """So many of a variant kept for an order: held, then committed and shipped, or released."""

    __tablename__ = "stock_reservations"
    __table_args__ = (
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state IN ('held', 'committed', 'shipped', 'released')", name="state"),
        Index("ix_stock_reservations_variant", "variant_id", "state"),
    )

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]
    state: Mapped[Word]
    expires_at: Mapped[Stamp]
