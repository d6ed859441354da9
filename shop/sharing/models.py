"""Tables of passing on."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Name, Stamp, TextKey, Word
from shop.core.database import Base


class FriendLetterRow(Base):
    """A letter to a friend. `recipient` and `note` are emptied once it left; `token` opens *never mail me again*."""

    __tablename__ = "friend_letters"

    id: Mapped[TextKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    recipient: Mapped[str | None] = mapped_column(String(254))
    recipient_key: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    language: Mapped[Word]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    asked_at: Mapped[Stamp]
    sent_at: Mapped[Stamp | None]


class FriendAddress(Base):
    """An address by its hash: when we last promised it a letter, and since when it wants none."""

    __tablename__ = "friend_addresses"

    address_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_at: Mapped[Stamp | None]
    suppressed_at: Mapped[Stamp | None]


class OrderSource(Base):
    """Which source the link carried that led to an order's tees."""

    __tablename__ = "order_sources"

    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    source: Mapped[Word] = mapped_column(index=True)


class ShareSource(Base):
    """A word that links may carry into an order."""

    __tablename__ = "share_sources"

    code: Mapped[Word] = mapped_column(primary_key=True)
    label: Mapped[Name]
    added_at: Mapped[Stamp]
