"""What Stripe tells us: into the inbox at once, acted on afterwards, as often as it is told."""

from __future__ import annotations

from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.outbox import promise
from shop.journeys.services import Services
from shop.journeys.settle_payment import settle_payment
from shop.payments.gateway import EventReport
from shop.payments.operations import note_handled, receive_event
from shop.payments.queries import event_payload

ABOUT_SESSIONS = "checkout.session."


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
    if str(told["type"]).startswith(ABOUT_SESSIONS):
        settle_payment(str(told["data"]["object"]["id"]), services)
    with transaction():
        note_handled(event_id)
