"""Tables of mail."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base


class Letter(Base):
    """A mail as it goes out."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        CheckConstraint("state IN ('written', 'sent')", name="state"),
        Index("ix_letters_recipient", "recipient", "written_at"),
    )

    id: Mapped[Key]
    kind: Mapped[Word]
    key: Mapped[str] = mapped_column(String(120))
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[Name]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    unsubscribe_url: Mapped[str | None] = mapped_column(Text)
    state: Mapped[Word]
    written_at: Mapped[Stamp]
    sent_at: Mapped[Stamp | None]


class LetterWords(Base):
    """What staff add to letters of a kind in a language; no row where they add nothing."""

    __tablename__ = "letter_words"

    kind: Mapped[Word] = mapped_column(primary_key=True)
    language: Mapped[Word] = mapped_column(primary_key=True)
    opening: Mapped[str] = mapped_column(Text)
    closing: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    changed_by: Mapped[Name]
    changed_at: Mapped[Stamp]
