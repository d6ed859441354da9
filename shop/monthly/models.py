"""Tables of monthly gifts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import CurrencyCode, Key, Minor, Name, Stamp, TextKey, Word
from shop.core.database import Base

ONE_OPEN = text("state = 'awaiting_payment'")


class MonthlyGift(Base):
    """What somebody wants to give each month. `form_key` and `fingerprint` say from which form, filled in how.

    `token` opens its page. `session_id`, `page_url` and `pay_by` are of the payment page that starts it;
    `subscription_id` and `customer_id` are Stripe's, once it runs. `next_on` is when Stripe asks the card next,
    `stops_on` when it will end by itself. `cover` adds the card fee, which is `fee_cover_minor` now.
    """

    __tablename__ = "monthly_gifts"
    __table_args__ = (
        CheckConstraint("state IN ('awaiting_payment', 'active', 'past_due', 'ended', 'abandoned')", name="state"),
        CheckConstraint("amount_minor > 0 AND fee_cover_minor >= 0", name="amounts"),
        CheckConstraint(
            "state NOT IN ('active', 'past_due') OR (subscription_id IS NOT NULL AND started_at IS NOT NULL)",
            name="runs",
        ),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        Index("uq_monthly_gifts_open_form", "form_key", unique=True, sqlite_where=ONE_OPEN),
        Index("ix_monthly_gifts_email", "email"),
        Index("ix_monthly_gifts_next", "state", "next_on"),
    )

    id: Mapped[TextKey]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    form_key: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[Word]
    currency: Mapped[CurrencyCode]
    amount_minor: Mapped[Minor]
    fee_cover_minor: Mapped[Minor]
    cover: Mapped[bool]
    origin: Mapped[Word]
    thank_publicly: Mapped[bool]
    tell_partner: Mapped[bool]
    campaign_slug: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8))
    email: Mapped[str | None] = mapped_column(String(254))
    session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    page_url: Mapped[str | None] = mapped_column(Text)
    pay_by: Mapped[Stamp]
    subscription_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    customer_id: Mapped[str | None] = mapped_column(String(120))
    chosen_at: Mapped[Stamp]
    started_at: Mapped[Stamp | None]
    next_on: Mapped[Stamp | None]
    stops_on: Mapped[Stamp | None]
    ended_at: Mapped[Stamp | None]
    end_reason: Mapped[Word | None]


class MonthlyShare(Base):
    """A fund that shares in a monthly gift, by weight."""

    __tablename__ = "monthly_shares"
    __table_args__ = (CheckConstraint("weight > 0", name="weight"), UniqueConstraint("gift_id", "fund_id"))

    id: Mapped[Key]
    gift_id: Mapped[str] = mapped_column(ForeignKey("monthly_gifts.id"))
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    weight: Mapped[int]


@append_only
class MonthlyPayment(Base):
    """A paid invoice of Stripe's and the order that it became: the row that makes a month count once."""

    __tablename__ = "monthly_payments"

    invoice_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    gift_id: Mapped[str] = mapped_column(ForeignKey("monthly_gifts.id"), index=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), unique=True)
    kept_at: Mapped[Stamp]


@append_only
class MonthlyEvent(Base):
    """Something that happened to a monthly gift. `actor` is customer, stripe, system or a staff name."""

    __tablename__ = "monthly_events"

    id: Mapped[Key]
    gift_id: Mapped[str] = mapped_column(ForeignKey("monthly_gifts.id"), index=True)
    kind: Mapped[Word]
    sentence: Mapped[str] = mapped_column(Text)
    actor: Mapped[Name]
    happened_at: Mapped[Stamp]
