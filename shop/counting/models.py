"""Tables of counting."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base


class StockTake(Base):
    """One count; `name` says of what, such as "Shelf 3"."""

    __tablename__ = "stock_takes"
    __table_args__ = (CheckConstraint("state IN ('open', 'posted', 'dropped')", name="state"),)

    id: Mapped[Key]
    name: Mapped[Name]
    state: Mapped[Word]
    begun_by: Mapped[Name]
    begun_at: Mapped[Stamp]
    ended_at: Mapped[Stamp | None]


class CountLine(Base):
    """So many of a variant were counted; `on_hand_then` is what the store believed at the last of them."""

    __tablename__ = "count_lines"
    __table_args__ = (UniqueConstraint("take_id", "variant_id"), CheckConstraint("counted >= 0", name="counted"))

    id: Mapped[Key]
    take_id: Mapped[int] = mapped_column(ForeignKey("stock_takes.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    counted: Mapped[int]
    on_hand_then: Mapped[int]
