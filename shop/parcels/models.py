"""Tables of parcels."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, TextKey, Word
from shop.core.database import Base

_OPEN = text("released_at IS NULL")


class Parcel(Base):
    """Units of one order that travel together; `carrier` and `tracking` may stay empty."""

    __tablename__ = "parcels"
    __table_args__ = (
        CheckConstraint("state IN ('packed', 'sent', 'opened')", name="state"),
        CheckConstraint("(sent_at IS NOT NULL) = (state = 'sent')", name="sent_when"),
        Index("ix_parcels_state", "state"),
    )

    id: Mapped[TextKey]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    state: Mapped[Word]
    carrier: Mapped[str] = mapped_column(String(80))
    tracking: Mapped[str] = mapped_column(String(80))
    packed_by: Mapped[Name]
    packed_at: Mapped[Stamp]
    sent_by: Mapped[Name | None]
    sent_at: Mapped[Stamp | None]


class ParcelLine(Base):
    """So many units of an order line in a parcel."""

    __tablename__ = "parcel_lines"
    __table_args__ = (
        UniqueConstraint("parcel_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: Mapped[Key]
    parcel_id: Mapped[str] = mapped_column(ForeignKey("parcels.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), index=True)
    quantity: Mapped[int]


class Hold(Base):
    """Why an order must not leave, until it is released."""

    __tablename__ = "order_holds"
    __table_args__ = (
        CheckConstraint("kind IN ('stock', 'question', 'address', 'payment', 'other')", name="kind"),
        Index("uq_order_holds_open", "order_id", unique=True, sqlite_where=_OPEN),
    )

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    kind: Mapped[Word]
    reason: Mapped[Name]
    placed_by: Mapped[Name]
    placed_at: Mapped[Stamp]
    released_by: Mapped[Name | None]
    released_at: Mapped[Stamp | None]


class ShelfPlace(Base):
    """Where a variant lies; no row means that nobody has said."""

    __tablename__ = "shelf_places"

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True, autoincrement=False)
    place: Mapped[str] = mapped_column(String(20))


class LabelSender(Base):
    """What stands on labels as the sender; `plain_name` takes the place of `name` on discreet parcels."""

    __tablename__ = "label_sender"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    name: Mapped[Name]
    plain_name: Mapped[Name]
    address: Mapped[str] = mapped_column(Text)
