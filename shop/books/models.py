"""Tables of the books."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import CurrencyCode, Key, Minor, Name, Stamp, Word
from shop.core.database import Base


@append_only
class JournalEntry(Base):
    """One balanced set of postings. `position` counts from 1 without a gap; `hash` covers it and `previous_hash`."""

    __tablename__ = "journal_entries"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), index=True)
    memo: Mapped[Name]
    actor: Mapped[Name]
    posted_at: Mapped[Stamp]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


@append_only
class Posting(Base):
    """A signed amount on one account; `party` is the slug of the partner or fund that the account is kept for."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("amount_minor <> 0", name="amount"),
        Index("ix_postings_account", "account", "party"),
    )

    id: Mapped[Key]
    entry_position: Mapped[int] = mapped_column(ForeignKey("journal_entries.position"), index=True)
    account: Mapped[Word]
    party: Mapped[str] = mapped_column(String(80))
    amount_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]


@append_only
class EntryOfTest(Base):
    """An entry about money that never moved: posted for an order of Stripe's test mode, or by hand before there was
    any other. The chain goes through it; sums leave it out once the store is live.
    """

    __tablename__ = "test_entries"

    position: Mapped[int] = mapped_column(ForeignKey("journal_entries.position"), primary_key=True, autoincrement=False)


class JournalHead(Base):
    """The end of the chain: one row, locked by whoever appends."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    position: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
