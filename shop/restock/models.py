"""Tables of who waits."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Stamp, TextKey, Word
from shop.core.database import Base

_OPEN = text("state IN ('asked', 'waiting', 'told')")
_TOLD = text("state = 'told'")
_WAITING = text("state = 'waiting'")


class RestockRequest(Base):
    """One address that asks for one variant; `token` opens its owner's page."""

    __tablename__ = "restock_requests"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'waiting', 'told', 'taken', 'lapsed')", name="state"),
        CheckConstraint("state NOT IN ('asked', 'waiting') OR email IS NOT NULL", name="reachable"),
        CheckConstraint(
            "state NOT IN ('taken', 'lapsed') OR (email IS NULL AND address_key IS NULL)", name="forgotten"
        ),
        CheckConstraint("state NOT IN ('told', 'taken') OR ends_at IS NOT NULL", name="claim"),
        Index(
            "uq_restock_requests_once",
            "variant_id",
            "address_key",
            unique=True,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_restock_requests_line",
            "variant_id",
            "confirmed_at",
            "id",
            sqlite_where=_WAITING,
        ),
        Index("ix_restock_requests_claims", "ends_at", sqlite_where=_TOLD),
    )

    id: Mapped[TextKey]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    email: Mapped[str | None] = mapped_column(String(254))
    address_key: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[Word]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[Word]
    asked_at: Mapped[Stamp]
    confirmed_at: Mapped[Stamp | None]
    ends_at: Mapped[Stamp | None]
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
