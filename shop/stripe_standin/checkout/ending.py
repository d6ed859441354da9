"""How open matters end: sessions expire, delayed money arrives or does not."""

from shop.stripe_standin.errors import ApiError, resource_missing
from shop.stripe_standin.events import record_event
from shop.stripe_standin.objects.balance import record_charge
from shop.stripe_standin.objects.payments import BOUNCED, outcome
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import Call, World


def expire_session(call: Call) -> Json:
    """POST /v1/checkout/sessions/{session}/expire; raises ApiError (400) unless the session is open."""
    found = call.world.store.find(call.ids["id"], kind="checkout.session")
    if found is None:
        raise resource_missing(noun="checkout.session", object_id=call.ids["id"], param="session", status=404)
    if found.body["status"] != "open":
        raise ApiError(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"`{found.body['status']}`."
        )
    return end_session(call.world, found.body, origin=call.origin)


def end_session(world: World, session: Json, *, origin: Json | None = None) -> Json:
    """Close an open session for good, and the intent of a declined try with it. Needs a transaction."""
    session |= {"status": "expired", "url": None}
    world.store.save(session)
    world.store.run("DELETE FROM due WHERE object_id = ? AND action = 'expire'", (session["id"],))
    intent = world.store.find(session["payment_intent"]) if session["payment_intent"] else None
    if intent is not None:
        canceled = intent.body | {
            "status": "canceled",
            "canceled_at": world.clock.now(),
            "cancellation_reason": "expired",
        }
        record_event(world, "payment_intent.canceled", world.store.save(canceled), origin=origin)
    record_event(world, "checkout.session.expired", session, origin=origin)
    return session


def expire_when_open(world: World, session_id: str) -> None:
    """What the ticker does at `expires_at`."""
    found = world.store.find(session_id, kind="checkout.session")
    if found is not None and found.body["status"] == "open":
        end_session(world, found.body)


def money_arrived(world: World, session_id: str) -> None:
    """A delayed payment came through: the session is paid at last."""
    session, intent, charge = _waiting(world, session_id)
    charge |= {"status": "succeeded", "paid": True}
    charge["balance_transaction"] = record_charge(world, charge)["id"]
    intent |= {"status": "succeeded", "amount_received": intent["amount"]}
    session["payment_status"] = "paid"
    for body in (charge, intent, session):
        world.store.save(body)
    record_event(world, "charge.succeeded", charge)
    record_event(world, "payment_intent.succeeded", intent)
    record_event(world, "checkout.session.async_payment_succeeded", session)


def money_failed(world: World, session_id: str) -> None:
    """A delayed payment bounced: the session stays complete and unpaid."""
    session, intent, charge = _waiting(world, session_id)
    charge |= {
        "status": "failed",
        "captured": False,
        "amount_captured": 0,
        "failure_code": BOUNCED["code"],
        "failure_message": BOUNCED["message"],
        "outcome": outcome(failed=True),
    }
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": {**BOUNCED, "charge": charge["id"]},
    }
    for body in (charge, intent):
        world.store.save(body)
    record_event(world, "charge.failed", charge)
    record_event(world, "payment_intent.payment_failed", intent)
    record_event(world, "checkout.session.async_payment_failed", session)


def _waiting(world: World, session_id: str) -> tuple[Json, Json, Json]:
    """The session, its intent and its pending charge; a due row exists only for a session that has all three."""
    session = world.store.find(session_id)
    intent = world.store.find(session.body["payment_intent"]) if session else None
    charge = world.store.find(intent.body["latest_charge"]) if intent else None
    if session is None or intent is None or charge is None:
        raise LookupError(f"{session_id} has no payment under way.")
    return session.body, intent.body, charge.body
