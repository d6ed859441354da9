"""Tables of returns."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Key, Name, Stamp, TextKey, Word
from shop.core.database import Base


class Return(Base):
    """A request or a withdrawal. `order_id` is empty where a withdrawal names an order that we do not find.

    `number`, `name`, `email` and `words` are as they were given; `everything` says that it is about the whole order,
    otherwise `words` or its lines say which part. `gift_back` asks for the gift too. `answer` is what staff wrote back.
    """

    __tablename__ = "returns"
    __table_args__ = (
        CheckConstraint("kind IN ('request', 'withdrawal')", name="kind"),
        CheckConstraint("state IN ('asked', 'approved', 'refused', 'refunded')", name="state"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[TextKey]
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
    kind: Mapped[Word]
    state: Mapped[Word]
    number: Mapped[str] = mapped_column(String(40))
    name: Mapped[Name]
    email: Mapped[str] = mapped_column(String(254))
    words: Mapped[str] = mapped_column(Text)
    everything: Mapped[bool]
    gift_back: Mapped[bool]
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[Stamp]
    decided_at: Mapped[Stamp | None]
    decided_by: Mapped[Name | None]
    answer: Mapped[str] = mapped_column(Text)


@append_only
class ReturnLine(Base):
    """Units of an order line that a request is about, and why."""

    __tablename__ = "return_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"), UniqueConstraint("return_id", "order_line_id"))

    id: Mapped[Key]
    return_id: Mapped[str] = mapped_column(ForeignKey("returns.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    quantity: Mapped[int]
    reason: Mapped[Word]


@append_only
class Delay(Base):
    """A buyer was told that an order leaves later than promised, by which day, and why."""

    __tablename__ = "order_delays"

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    leaves_by: Mapped[date]
    reason: Mapped[Name]
    told_by: Mapped[Name]
    told_at: Mapped[Stamp]
