"""Writes of payments. All assume an open transaction; all are safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import String, Update, cast, insert, select, update

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import insert_once, rows_changed, session, table
from shop.core.editions import next_edition
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.payments.models import CheckoutSession, Payment, Refund, RefundLine, StripeEvent, TillSettings
from shop.payments.queries import RefundLineFacts
from shop.payments.reports import Captured, EventReport
from shop.payments.rules import refund_states_before


def record_session(*, session_id: str, order_id: str, url: str, expires_at: datetime) -> None:
    """Keep the hosted page that was opened for an order."""
    insert_once(
        CheckoutSession,
        {
            "id": session_id,
            "order_id": order_id,
            "url": url,
            "state": "open",
            "opened_at": clock.now(),
            "expires_at": expires_at,
        },
    )


def note_session_state(session_id: str, state: str) -> None:
    """Keep what Stripe last said of a page; one that ended never opens again, whatever an older answer said."""
    _ended(session_id, state)


@prepared
def _ended(session_id: str, state: str) -> Update:
    row = update(table(CheckoutSession)).where(CheckoutSession.id == session_id, CheckoutSession.state == "open")
    return row.values(state=state)


def record_payment(order_id: str, captured: Captured) -> bool:
    """Keep money that was captured; False when it was known."""
    return insert_once(
        Payment,
        {
            "order_id": order_id,
            "intent_id": captured.intent_id,
            "charge_id": captured.charge_id,
            "amount_minor": captured.amount.minor,
            "fee_minor": captured.own_fee.minor if captured.own_fee else None,
            "currency": captured.amount.currency,
            "presented_minor": captured.presented.minor if captured.presented else None,
            "presented_currency": captured.presented.currency if captured.presented else None,
            "captured_at": clock.now(),
        },
    )


def note_fee(order_id: str, captured: Captured) -> bool:
    """Keep the fee once Stripe has booked it; False when it is not booked yet or was known."""
    fee = captured.own_fee
    unknown = update(Payment).where(Payment.order_id == order_id, Payment.fee_minor.is_(None))
    if fee is None:
        return False
    return rows_changed(session().execute(unknown.values(fee_minor=fee.minor, charge_id=captured.charge_id))) == 1


class NewRefund(Struct, frozen=True):
    """Money that will go back. `parts` names goods, discount, delivery, tax, gift and fee_cover in minor units; they
    make up the amount (CHECK).
    """

    id: str
    order_id: str
    payment_id: int
    amount: Money
    parts: Mapping[str, int]
    reason: str
    origin: str
    lines: Sequence[RefundLineFacts] = ()


def promise_refund(new: NewRefund) -> bool:
    """Write down that money will go back; False when this refund was promised before."""
    return _add_refund(new, {"state": "promised"})


def record_refund(new: NewRefund, *, state: str, stripe_id: str) -> bool:
    """Keep a refund that was made elsewhere; False when this refund of Stripe's was known."""
    return _add_refund(new, {"state": state, "stripe_id": stripe_id, "made_at": clock.now()})


def note_refund(refund_id: str, *, state: str, stripe_id: str | None, failure: str | None = None) -> bool:
    """Keep what came of a refund; False when it was known, or cannot follow what is known."""
    before = update(Refund).where(Refund.id == refund_id, Refund.state.in_(refund_states_before(state)))
    values = {"state": state, "made_at": clock.now(), "failure": failure and failure[:200]}
    told = values | ({"stripe_id": stripe_id} if stripe_id else {})
    changed = session().execute(before.values(**told).execution_options(synchronize_session=False))
    return rows_changed(changed) == 1


def ask_again(refund_id: str) -> bool:
    """Promise a failed refund once more, under a new idempotency key; False when it is not failed (any more)."""
    failed = update(Refund).where(Refund.id == refund_id, Refund.state == "failed")
    anew = failed.values(state="promised", stripe_id=None, failure=None, attempts=Refund.attempts + 1)
    return rows_changed(session().execute(anew.execution_options(synchronize_session=False))) == 1


def _add_refund(new: NewRefund, told: Json) -> bool:
    added = insert_once(
        Refund,
        {
            "id": new.id,
            "order_id": new.order_id,
            "payment_id": new.payment_id,
            "amount_minor": new.amount.minor,
            **{f"{part}_minor": minor for part, minor in new.parts.items()},
            "currency": new.amount.currency,
            "reason": new.reason[:200],
            "origin": new.origin,
            "attempts": 1,
            "promised_at": clock.now(),
            **told,
        },
    )
    if added and new.lines:
        session().execute(insert(RefundLine), [asdict(line) | {"refund_id": new.id} for line in new.lines])
    return added


def receive_event(event: EventReport) -> bool:
    """Put an event into the inbox; False when it is there already."""
    return insert_once(
        StripeEvent,
        {
            "id": event.id,
            "kind": event.kind,
            "object_id": event.object_id,
            "payload": event.payload,
            "received_at": clock.now(),
        },
    )


def note_handled(event_id: str) -> None:
    """The event changed what it had to change."""
    row = update(StripeEvent).where(StripeEvent.id == event_id, StripeEvent.handled_at.is_(None))
    session().execute(row.values(handled_at=clock.now()))


def pause_gifts(why: str) -> bool:
    """Take no gifts by themselves until `resume_gifts`; False when they are paused already."""
    _have_settings()
    row = update(TillSettings).where(TillSettings.id == 1, TillSettings.gifts_paused_at.is_(None))
    return rows_changed(session().execute(row.values(gifts_paused_at=clock.now(), paused_why=why))) == 1


def resume_gifts() -> bool:
    """Take gifts again; False when they are taken already."""
    row = update(TillSettings).where(TillSettings.id == 1, TillSettings.gifts_paused_at.is_not(None))
    return rows_changed(session().execute(row.values(gifts_paused_at=None, paused_why=""))) == 1


def set_adaptive_pricing(enabled: bool) -> None:
    """Whether pages opened from now on offer the visitor's own currency."""
    _have_settings()
    session().execute(update(TillSettings).where(TillSettings.id == 1).values(adaptive_pricing=enabled))
    next_edition()


def _have_settings() -> None:
    insert_once(TillSettings, {"id": 1, "gifts_paused_at": None, "paused_why": "", "adaptive_pricing": False})


def forget_payloads(*, before: datetime, most: int) -> int:
    """What Stripe told before then, once it was acted on, is forgotten; that it was told stays. Returns how many."""
    told = cast(StripeEvent.payload, String) != "{}"
    old = select(StripeEvent.id).where(StripeEvent.handled_at.is_not(None), StripeEvent.received_at < before, told)
    ids = list(session().execute(old.order_by(StripeEvent.received_at, StripeEvent.id).limit(most)).scalars())
    session().execute(update(StripeEvent).where(StripeEvent.id.in_(ids)).values(payload={}))
    return len(ids)
