"""Reads of payments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, select

from shop.core.columns import AnyRow, AnySelect, Json
from shop.core.database import session, table
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.core.read_once import read_once
from shop.payments.models import CheckoutSession, Dispute, Payment, Refund, RefundLine, StripeEvent
from shop.payments.rules import PARTS_OF_REFUND


class SessionFacts(Struct, frozen=True):
    """The hosted page of an order."""

    id: str
    order_id: str
    url: str
    state: str
    expires_at: datetime


class PaymentFacts(Struct, frozen=True):
    """Money captured for an order."""

    id: int
    order_id: str
    intent_id: str
    charge_id: str | None
    amount: Money
    fee: Money | None
    captured_at: datetime
    presented: Money | None = None


class RefundFacts(Struct, frozen=True):
    """Money given back, or promised to be; amounts in minor units of `amount.currency`."""

    id: str
    order_id: str
    amount: Money
    goods: int
    discount: int
    delivery: int
    tax: int
    gift: int
    fee_cover: int
    reason: str
    state: str
    stripe_id: str | None
    intent_id: str
    origin: str
    attempts: int
    failure: str | None
    promised_at: datetime

    def parts(self) -> dict[str, int]:
        """The parts in minor units, by name."""
        return {name: getattr(self, name) for name in PARTS_OF_REFUND}


class RefundLineFacts(Struct, frozen=True):
    """Units of an order line that a refund gives back, with their shares in minor units."""

    order_line_id: int
    quantity: int
    goods_minor: int
    discount_minor: int
    tax_minor: int
    pledge_minor: int
    stock: str


_REFUND: AnySelect = (
    select(table(Refund), Payment.intent_id)
    .join(table(Payment), Payment.id == Refund.payment_id)
    .order_by(Refund.promised_at, Refund.id)
)


def session_of(order_id: str) -> SessionFacts | None:
    """The hosted page opened for an order, if one was."""
    row = _page_of(order_id).one_or_none()
    return None if row is None else SessionFacts(row.id, row.order_id, row.url, row.state, row.expires_at)


def order_of_session(session_id: str) -> str | None:
    """Which order a hosted page was opened for."""
    found: str | None = _order_of(session_id).scalar_one_or_none()
    return found


@prepared
def _page_of(order_id: str) -> AnySelect:
    return select(table(CheckoutSession)).where(CheckoutSession.order_id == order_id)


@prepared
def _order_of(session_id: str) -> AnySelect:
    return select(CheckoutSession.order_id).where(CheckoutSession.id == session_id)


def open_sessions(*, limit: int = 500) -> list[SessionFacts]:
    """Pages that were open when we last heard, those that end first, first."""
    rows = session().scalars(
        select(CheckoutSession).where(CheckoutSession.state == "open").order_by(CheckoutSession.expires_at).limit(limit)
    )
    return [SessionFacts(row.id, row.order_id, row.url, row.state, row.expires_at) for row in rows]


@read_once
def payment_of(order_id: str) -> PaymentFacts | None:
    """The money captured for an order, if any was."""
    row = _payment_of(order_id).one_or_none()
    return None if row is None else _payment(row)


@prepared
def _payment_of(order_id: str) -> AnySelect:
    return select(table(Payment)).where(Payment.order_id == order_id)


def payments_without_fee(*, limit: int = 200) -> list[PaymentFacts]:
    """Payments whose fee Stripe had not booked when we last looked."""
    rows = session().scalars(select(Payment).where(Payment.fee_minor.is_(None)).order_by(Payment.id).limit(limit))
    return [_payment(row) for row in rows]


def without_fee(order_ids: Iterable[str]) -> set[str]:
    """Those of these orders whose payment's fee is not booked yet."""
    unknown = select(Payment.order_id).where(Payment.order_id.in_(list(order_ids)), Payment.fee_minor.is_(None))
    return set(session().scalars(unknown))


@read_once
def refunds_of(order_id: str) -> list[RefundFacts]:
    """Refunds of an order, oldest first."""
    return [_refund(row) for row in _refunds_of(order_id)]


@prepared
def _refunds_of(order_id: str) -> AnySelect:
    return _REFUND.where(Refund.order_id == order_id)


def refund(refund_id: str) -> RefundFacts | None:
    """One refund by our own id."""
    found = _refunds(Refund.id == refund_id)
    return found[0] if found else None


def refund_lines_of(refund_ids: Iterable[str]) -> dict[str, list[RefundLineFacts]]:
    """The units that refunds gave back, by refund id."""
    ids = list(refund_ids)
    if not ids:
        return {}
    columns = (getattr(RefundLine, name) for name in RefundLineFacts.__struct_fields__)
    rows = session().execute(
        select(RefundLine.refund_id, *columns).where(RefundLine.refund_id.in_(ids)).order_by(RefundLine.id)
    )
    grouped: dict[str, list[RefundLineFacts]] = {}
    for refund_id, *facts in rows:
        grouped.setdefault(refund_id, []).append(RefundLineFacts(*facts))
    return grouped


def promised_refunds() -> list[RefundFacts]:
    """Refunds that Stripe has not confirmed yet."""
    return _refunds(Refund.state == "promised")


def unfinished_charges(*, limit: int = 200) -> list[str]:
    """Charges of which something is still to come: a refund that a bank has not taken yet, an open dispute."""
    pending = select(Payment.charge_id).join(Refund, Refund.payment_id == Payment.id).where(Refund.state == "pending")
    contested = select(Dispute.charge_id).where(Dispute.closed.is_(False))
    found = {*session().scalars(pending.limit(limit)), *session().scalars(contested.limit(limit))}
    return sorted(charge_id for charge_id in found if charge_id)


def event_payload(event_id: str) -> Json | None:
    """An event from the inbox that was not handled yet; None when it was, or never came."""
    found = session().execute(
        select(StripeEvent.payload).where(StripeEvent.id == event_id, StripeEvent.handled_at.is_(None))
    )
    return found.scalar_one_or_none()


def _refunds(condition: ColumnElement[bool]) -> list[RefundFacts]:
    return [_refund(row) for row in session().execute(_REFUND.where(condition))]


def _presented(minor: int | None, currency: str | None) -> Money | None:
    return None if minor is None or currency is None else Money(minor, currency)


def _payment(row: Payment | AnyRow) -> PaymentFacts:
    return PaymentFacts(
        id=row.id,
        order_id=row.order_id,
        intent_id=row.intent_id,
        charge_id=row.charge_id,
        amount=Money(row.amount_minor, row.currency),
        fee=None if row.fee_minor is None else Money(row.fee_minor, row.currency),
        captured_at=row.captured_at,
        presented=_presented(row.presented_minor, row.presented_currency),
    )


def _refund(row: AnyRow) -> RefundFacts:
    return RefundFacts(
        id=row.id,
        order_id=row.order_id,
        amount=Money(row.amount_minor, row.currency),
        goods=row.goods_minor,
        discount=row.discount_minor,
        delivery=row.delivery_minor,
        tax=row.tax_minor,
        gift=row.gift_minor,
        fee_cover=row.fee_cover_minor,
        reason=row.reason,
        state=row.state,
        stripe_id=row.stripe_id,
        intent_id=row.intent_id,
        origin=row.origin,
        attempts=row.attempts,
        failure=row.failure,
        promised_at=row.promised_at,
    )
