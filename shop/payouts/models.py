"""Tables of payouts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import CurrencyCode, Key, Minor, Name, Stamp, TextKey, Word
from shop.core.database import Base


@append_only
class Document(Base):
    """A proof, named by the SHA-256 of its content. In the database, so that a backup has it."""

    __tablename__ = "documents"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[Word]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_by: Mapped[Name]
    added_at: Mapped[Stamp]


class PartnerPayout(Base):
    """A transfer to a partner (`kind` pledges) or for a fund (`kind` gifts); `fee_minor` is what our bank took for it.

    `token` opens the page where the partner confirms; `confirmed_by` is for staff alone and never shown in public. A
    payout that was entered by mistake is voided: its entry is reversed and its shares no longer count.
    """

    __tablename__ = "partner_payouts"
    __table_args__ = (
        CheckConstraint("kind IN ('pledges', 'gifts')", name="kind"),
        CheckConstraint("amount_minor > 0 AND fee_minor >= 0", name="amount"),
    )

    id: Mapped[TextKey]
    party: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[Word]
    amount_minor: Mapped[Minor]
    fee_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    paid_on: Mapped[date]
    reference: Mapped[Name]
    document: Mapped[str | None] = mapped_column(ForeignKey("documents.sha256"))
    contact: Mapped[str | None] = mapped_column(String(254))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    entry_position: Mapped[int] = mapped_column(ForeignKey("journal_entries.position"), unique=True)
    recorded_by: Mapped[Name]
    recorded_at: Mapped[Stamp]
    confirmed_at: Mapped[Stamp | None]
    confirmed_by: Mapped[Name | None]
    voided_at: Mapped[Stamp | None]
    void_reason: Mapped[Name | None]


@append_only
class PayoutShare(Base):
    """What of a payout pays for one order; negative where an order that was paid for came back and is set off."""

    __tablename__ = "payout_shares"
    __table_args__ = (CheckConstraint("amount_minor <> 0", name="amount"),)

    id: Mapped[Key]
    payout_id: Mapped[str] = mapped_column(ForeignKey("partner_payouts.id"), index=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    amount_minor: Mapped[Minor]
