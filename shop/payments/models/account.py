"""Tables of our account at Stripe: what moved there, what explains it, and what was paid out to our bank."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import CurrencyCode, Minor, Name, Stamp, Word
from shop.core.database import Base


@append_only
class BalanceTransaction(Base):
    """Money that moved in our account at Stripe, exactly as Stripe tells it; net = amount - fee.

    `charge_id` is the charge behind it, where there is one: through its payment an order explains it.
    """

    __tablename__ = "balance_transactions"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[Word]
    category: Mapped[Word]
    amount_minor: Mapped[Minor]
    fee_minor: Mapped[Minor]
    net_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    source: Mapped[str] = mapped_column(String(120))
    charge_id: Mapped[str | None] = mapped_column(String(120), index=True)
    description: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Stamp] = mapped_column(index=True)
    available_at: Mapped[Stamp]


@append_only
class MoveOfTest(Base):
    """A transaction that was read with a key of Stripe's test mode: no money moved. Sums leave it out once the store is
    live (decision 52).
    """

    __tablename__ = "test_moves"

    transaction_id: Mapped[str] = mapped_column(ForeignKey("balance_transactions.id"), primary_key=True)


@append_only
class Explanation(Base):
    """Which journal entry posted a transaction that no order explains, why, and who says so."""

    __tablename__ = "explanations"

    transaction_id: Mapped[str] = mapped_column(ForeignKey("balance_transactions.id"), primary_key=True)
    entry_position: Mapped[int] = mapped_column(ForeignKey("journal_entries.position"), index=True)
    reason: Mapped[Name]
    actor: Mapped[Name]
    explained_at: Mapped[Stamp]


class StripePayout(Base):
    """Money that Stripe sent to our bank, by Stripe's id; `status` as Stripe last said, `failure` why it came back."""

    __tablename__ = "stripe_payouts"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    amount_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    status: Mapped[Word]
    arrives_on: Mapped[date]
    failure: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Stamp]


@append_only
class PayoutLine(Base):
    """A transaction that a payout carried to the bank; its own, which takes the sum out, is among them."""

    __tablename__ = "payout_lines"

    transaction_id: Mapped[str] = mapped_column(ForeignKey("balance_transactions.id"), primary_key=True)
    payout_id: Mapped[str] = mapped_column(ForeignKey("stripe_payouts.id"), index=True)
    kept_at: Mapped[Stamp]
