"""Tables of payments."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import CurrencyCode, Document, Key, Minor, Name, Stamp, Word
from shop.core.database import Base


class CheckoutSession(Base):
    """The hosted page we opened for an order. `state` is what Stripe last said: open, complete or expired."""

    __tablename__ = "checkout_sessions"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'complete', 'expired')", name="state"),
        Index(
            "ix_checkout_sessions_open",
            "expires_at",
            sqlite_where=text("state = 'open'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), unique=True)
    url: Mapped[str] = mapped_column(Text)
    state: Mapped[Word]
    opened_at: Mapped[Stamp]
    expires_at: Mapped[Stamp]


class TillSettings(Base):
    """How payments are taken; one row, and none means the defaults. `gifts_paused_at` is set while gifts by themselves
    are not taken, `paused_why` says why; `adaptive_pricing` lets Stripe offer to pay in the visitor's own currency.
    """

    __tablename__ = "till_settings"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    gifts_paused_at: Mapped[Stamp | None]
    paused_why: Mapped[str] = mapped_column(Text)
    adaptive_pricing: Mapped[bool]


class Payment(Base):
    """Money captured for an order, with the fee Stripe kept of it (unknown until its balance transaction is)."""

    __tablename__ = "payments"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount"),)

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), unique=True)
    intent_id: Mapped[str] = mapped_column(String(120), unique=True)
    charge_id: Mapped[str | None] = mapped_column(String(120))
    amount_minor: Mapped[Minor]
    fee_minor: Mapped[Minor | None]
    currency: Mapped[CurrencyCode]
    presented_minor: Mapped[Minor | None]
    presented_currency: Mapped[CurrencyCode | None]
    captured_at: Mapped[Stamp]


class Refund(Base):
    """Money given back. Promised first (`stripe_id` empty), then made at Stripe with our id as idempotency key.

    `origin` says who decided it: staff, the customer, the system, or somebody in Stripe's dashboard. `attempts` counts
    how often it was asked of Stripe anew after it failed; `failure` is what Stripe then said.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint(
            "amount_minor = goods_minor - discount_minor + delivery_minor + tax_minor + gift_minor + fee_cover_minor",
            name="parts",
        ),
        CheckConstraint("state IN ('promised', 'pending', 'made', 'failed', 'paid_otherwise')", name="state"),
        CheckConstraint("attempts > 0", name="attempts"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    stripe_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    amount_minor: Mapped[Minor]
    goods_minor: Mapped[Minor]
    discount_minor: Mapped[Minor]
    delivery_minor: Mapped[Minor]
    tax_minor: Mapped[Minor]
    gift_minor: Mapped[Minor]
    fee_cover_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    reason: Mapped[Name]
    origin: Mapped[Word]
    state: Mapped[Word]
    attempts: Mapped[int]
    failure: Mapped[str | None] = mapped_column(String(200))
    promised_at: Mapped[Stamp]
    made_at: Mapped[Stamp | None]


@append_only
class RefundLine(Base):
    """Units of an order line that a refund gives back, with their share of discount, tax and pledge.

    `stock` says what became of them: freed (they had not been sent), restocked, damaged, or kept by the customer.
    """

    __tablename__ = "refund_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("stock IN ('freed', 'restocked', 'damaged', 'kept')", name="stock"),
    )

    id: Mapped[Key]
    refund_id: Mapped[str] = mapped_column(ForeignKey("refunds.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), index=True)
    quantity: Mapped[int]
    goods_minor: Mapped[Minor]
    discount_minor: Mapped[Minor]
    tax_minor: Mapped[Minor]
    pledge_minor: Mapped[Minor]
    stock: Mapped[Word]


class Dispute(Base):
    """A payment that its customer's bank contests, by Stripe's id.

    `withdrawn_minor` is what the bank has taken by now, less what it gave back; `moves` counts how often money moved,
    so that older news never undo newer ones. `closed` once nothing more can come.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("withdrawn_minor >= 0 AND fee_minor >= 0 AND moves >= 0", name="moved"),
    )

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    charge_id: Mapped[str] = mapped_column(String(120))
    amount_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    reason: Mapped[Word]
    status: Mapped[Word]
    closed: Mapped[bool]
    due_by: Mapped[Stamp | None]
    opened_at: Mapped[Stamp]
    withdrawn_minor: Mapped[Minor]
    fee_minor: Mapped[Minor]
    moves: Mapped[int]


class FraudWarning(Base):
    """A card's issuer suspects fraud; giving everything back at once spares the dispute and its fee."""

    __tablename__ = "fraud_warnings"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    kind: Mapped[Word]
    warned_at: Mapped[Stamp]
    settled_at: Mapped[Stamp | None]
    settled_by: Mapped[Name | None]


class StripeEvent(Base):
    """The inbox: one row per event id, whatever is sent twice."""

    __tablename__ = "stripe_events"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    object_id: Mapped[str] = mapped_column(String(120), index=True)
    payload: Mapped[Document]
    received_at: Mapped[Stamp]
    handled_at: Mapped[Stamp | None]
