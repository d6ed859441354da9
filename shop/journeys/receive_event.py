"""What Stripe tells us: into the inbox at once, acted on afterwards, as often as it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.outbox import promise
from shop.journeys.card_testing import note_decline
from shop.journeys.keep_giving import settle_account
from shop.journeys.services import Services
from shop.journeys.settle_charge import settle_charge, take_warning
from shop.journeys.settle_monthly import settle_invoice, settle_monthly, settle_subscription
from shop.journeys.settle_payment import settle_payment
from shop.journeys.stripe_account import keep_account
from shop.monthly.queries import of_page
from shop.payments.operations import note_handled, receive_event
from shop.payments.queries import event_payload
from shop.payments.reports import EventReport

ABOUT_CHARGES = ("refund.", "charge.refund.", "charge.dispute.")
WARNING = "radar.early_fraud_warning.created"
DECLINED = "payment_intent.payment_failed"


@again
def take_in(event: EventReport) -> bool:
    """Keep an event whose signature was right, and promise to act on it; False when we had it."""
    with transaction():
        if new := receive_event(event):
            promise("event", key=event.id, payload={"event": event.id})
    return new


def act_on(payload: Json, services: Services) -> None:
    """Keep the promise of `take_in`. Events come unordered, so what they say is never believed: Stripe is asked."""
    event_id = str(payload["event"])
    told = event_payload(event_id)
    end_read()
    if told is None:
        return
    _act(str(told["type"]), told["data"]["object"], services)
    _note_handled(event_id)


@again
def _note_handled(event_id: str) -> None:
    with transaction():
        note_handled(event_id)


def _act(kind: str, about: Json, services: Services) -> None:
    for beginning, settle in _SETTLERS:
        if kind.startswith(beginning):
            settle(str(about["id"]), services)
            return
    if kind.startswith(ABOUT_CHARGES) and about.get("charge"):
        settle_charge(str(about["charge"]), services)
    elif kind == DECLINED and not _is_renewal(about):
        note_decline(services)
    elif kind == WARNING:
        warned_at = datetime.fromtimestamp(about.get("created") or clock.now().timestamp(), UTC)
        take_warning(
            warning_id=str(about["id"]),
            charge_id=str(about["charge"]),
            kind=str(about.get("fraud_type") or "misc")[:40],
            warned_at=warned_at,
            services=services,
        )


def _settle_page(session_id: str, services: Services) -> None:
    """A payment page of an order, or one that starts a monthly gift."""
    gift_id = of_page(session_id)
    end_read()
    if gift_id is None:
        settle_payment(session_id, services)
    else:
        settle_monthly(gift_id, services)


def _is_renewal(intent: Json) -> bool:
    """A month that Stripe asked a known card for, with nobody there: no sign of anybody trying cards.

    Intents of our pages carry our metadata; the first of a subscription is to be used again (`setup_future_usage`).
    """
    ours = (intent.get("metadata") or {}).get("order")
    return bool(intent.get("customer")) and not ours and not intent.get("setup_future_usage")


# By the beginning of an event's name: what is asked about the object that it is about.
_SETTLERS: tuple[tuple[str, Callable[[str, Services], object]], ...] = (
    ("checkout.session.", _settle_page),
    ("invoice.", settle_invoice),
    ("customer.subscription.", settle_subscription),
    ("account.updated", settle_account),
    ("charge.refunded", settle_charge),
    ("payout.", lambda _payout_id, services: keep_account(services)),
)
