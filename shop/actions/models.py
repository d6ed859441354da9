"""Tables of appeals and signatures."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, TextKey, Word
from shop.core.database import Base


class Appeal(Base):
    """What one campaign asks people to do."""

    __tablename__ = "appeals"
    __table_args__ = (CheckConstraint("goal > 0", name="goal"),)

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), unique=True)
    ask: Mapped[str] = mapped_column(Text)
    goal: Mapped[int | None]
    open: Mapped[bool]
    opened_at: Mapped[Stamp]


class Signature(Base):
    """One address under an appeal. `network` is forgotten after a while; `token` opens the owner's page."""

    __tablename__ = "signatures"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'confirmed', 'invalidated')", name="state"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed"),
        CheckConstraint("(state = 'invalidated') = (reason IS NOT NULL)", name="invalidated"),
        Index("uq_signatures_appeal_id_address_key", "appeal_id", "address_key", unique=True),
        Index("ix_signatures_appeal_id_state", "appeal_id", "state"),
        Index("ix_signatures_address_key", "address_key"),
    )

    id: Mapped[TextKey]
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    email: Mapped[str] = mapped_column(String(254))
    address_key: Mapped[str] = mapped_column(String(64))
    domain: Mapped[str] = mapped_column(String(254))
    network: Mapped[Word | None]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[Word]
    reason: Mapped[Name | None]
    created_at: Mapped[Stamp]
    confirmed_at: Mapped[Stamp | None]
