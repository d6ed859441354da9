"""Tables of news."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, TextKey, Word
from shop.core.database import Base


class NewsSubscription(Base):
    """One address that asked for news; `token` opens its owner's page."""

    __tablename__ = "news_subscriptions"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'confirmed')", name="state"),
        Index("ix_news_subscriptions_state", "state", "language"),
    )

    id: Mapped[TextKey]
    email: Mapped[str] = mapped_column(String(254))
    address_key: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[Word]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[Word]
    asked_at: Mapped[Stamp]
    confirmed_at: Mapped[Stamp | None]


class NewsIssue(Base):
    """One letter of news."""

    __tablename__ = "news_issues"

    id: Mapped[Key]
    subject: Mapped[Name]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[Word]
    written_at: Mapped[Stamp]
    sent_at: Mapped[Stamp | None]
