"""Tables of the stock room."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base

_CHANGED = text("change_id IS NOT NULL")
_AWAITED = text("awaited > 0")
_GONE = text("on_hand - held - committed - unavailable = 0")


class StockLevel(Base):
    """The running totals of one variant. `product_id` is kept so that a shelf asks for many at once.

    Of what is unavailable, `quality_hold` and `safety_stock` are kept back on purpose; the rest is damaged.

    Of the units that are to come, `preorder_cap` may be promised and `preordered` are, until they are there or given
    back. While a pre-order is open, `ships_by` says when they leave at the latest, and they may be ordered until the
    end of `order_until`: days where the store is.
    """

    __tablename__ = "stock_levels"
    __table_args__ = (
        CheckConstraint("held >= 0 AND committed >= 0 AND unavailable >= 0", name="parts"),
        CheckConstraint("on_hand - held - committed - unavailable >= 0", name="available"),
        CheckConstraint(
            "quality_hold >= 0 AND safety_stock >= 0 AND unavailable >= quality_hold + safety_stock", name="kept"
        ),
        CheckConstraint("preordered BETWEEN 0 AND preorder_cap", name="preordered"),
        CheckConstraint("(ships_by IS NULL) = (order_until IS NULL)", name="preorder"),
        Index("ix_stock_levels_gone", "variant_id", sqlite_where=_GONE),
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    on_hand: Mapped[int]
    held: Mapped[int]
    committed: Mapped[int]
    unavailable: Mapped[int]
    quality_hold: Mapped[int] = mapped_column(server_default="0")
    safety_stock: Mapped[int] = mapped_column(server_default="0")
    preorder_cap: Mapped[int] = mapped_column(server_default="0")
    preordered: Mapped[int] = mapped_column(server_default="0")
    ships_by: Mapped[date | None]
    order_until: Mapped[date | None]


@append_only
class StockChange(Base):
    """What was changed together, by one person for one reason: a page of the sheet, a delivery, a count, an import.

    `about` says of what, such as "delivery 12"; `undoes` is the change that this one takes back.
    """

    __tablename__ = "stock_changes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('edited', 'received', 'counted', 'imported', 'returned', 'written_off', 'undone')", name="kind"
        ),
    )

    id: Mapped[Key]
    kind: Mapped[Word]
    about: Mapped[Word | None]
    reason: Mapped[Name]
    actor: Mapped[Name]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("stock_changes.id"), unique=True)
    made_at: Mapped[Stamp]


@append_only
class StockMovement(Base):
    """One change of a number, signed, with who, why and what it belongs to.

    `kept_as` says which part of what is unavailable `unavailable_change` is about; none means damaged.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('received', 'adjusted', 'sold', 'returned', 'damaged', 'counted', 'transferred')", name="kind"
        ),
        CheckConstraint("on_hand_change <> 0 OR unavailable_change <> 0", name="moves"),
        Index("ix_stock_movements_history", "variant_id", "id"),
        Index("ix_stock_movements_change", "change_id", sqlite_where=_CHANGED),
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
    kept_as: Mapped[Word | None]
    change_id: Mapped[int | None] = mapped_column(ForeignKey("stock_changes.id"))


class Reservation(Base):
    """So many of a variant kept for an order: held, then committed and shipped, or released.

    Of what is held or committed, `awaited` units are not there, and what comes next is theirs: `preordered` of them
    were sold as units that are to come, the others were lost after the sale.
    """

    __tablename__ = "stock_reservations"
    __table_args__ = (
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state IN ('held', 'committed', 'shipped', 'released')", name="state"),
        CheckConstraint("awaited BETWEEN 0 AND quantity", name="awaited"),
        CheckConstraint("preordered BETWEEN 0 AND awaited", name="preordered"),
        Index("ix_stock_reservations_variant", "variant_id", "state"),
        Index("ix_stock_reservations_awaited", "variant_id", sqlite_where=_AWAITED),
    )

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]
    state: Mapped[Word]
    expires_at: Mapped[Stamp]
    awaited: Mapped[int] = mapped_column(server_default="0")
    preordered: Mapped[int] = mapped_column(server_default="0")


class StockThreshold(Base):
    """From how many on a variant runs low, where it is not the store's own number.

    With `cover_days`, `low_at` is so many days of what was sold lately, and is renewed by the worker.
    """

    __tablename__ = "stock_thresholds"
    __table_args__ = (
        CheckConstraint("low_at >= 0", name="low_at"),
        CheckConstraint("cover_days > 0", name="cover_days"),
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    low_at: Mapped[int]
    cover_days: Mapped[int | None]


class LowAlert(Base):
    """A variant that ran low and was told about; gone once there is enough again, so each crossing is told once."""

    __tablename__ = "stock_low_alerts"

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    since: Mapped[Stamp]


class StockWatcher(Base):
    """Somebody of the staff who wants to know, at once or once a day."""

    __tablename__ = "stock_watchers"

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    at_once: Mapped[bool]
    daily: Mapped[bool]
