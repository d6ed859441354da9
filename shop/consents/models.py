"""The table of consents."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Key, Stamp, Word
from shop.core.database import Base


class RetentionPeriod(Base):
    """How many days something is kept where staff chose other than the usual; `key` is that of a `Period`."""

    __tablename__ = "retention_periods"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    days: Mapped[int]


@append_only
class ConsentEntry(Base):
    """One step: asked (a form was sent), given (confirmed), or withdrawn. `origin` is where it was taken."""

    __tablename__ = "consent_entries"
    __table_args__ = (
        CheckConstraint("step IN ('asked', 'given', 'withdrawn')", name="step"),
        Index("ix_consent_entries_subject", "subject", "purpose"),
    )

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[Word]
    step: Mapped[Word]
    wording: Mapped[str] = mapped_column(Text)
    origin: Mapped[Word]
    happened_at: Mapped[Stamp]
