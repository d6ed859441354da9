"""What pressing *Pay* does: intent, charge, balance transaction, session and events in one transaction."""

from shop.stripe_standin.billing.cycles import begin
from shop.stripe_standin.checkout.opening import totals
from shop.stripe_standin.checkout.payer import ARRIVES, CARD, DECLINE, FAILS, Payer
from shop.stripe_standin.events import record_event
from shop.stripe_standin.objects import payments
from shop.stripe_standin.objects.balance import make_due, record_charge
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record
from shop.stripe_standin.world import World


class SessionNotOpenError(Exception):
    """The session was paid or ended before; `status` is complete or expired."""

    def __init__(self, session: Json) -> None:
        super().__init__(f"This session is {session['status']}.")
        self.session = session


def pay(world: World, *, session_id: str, payer: Payer, way: str) -> Json:
    """Try to pay an open session in one of `payer.WAYS`; returns the session as it is after.

    Needs a transaction. Raises LookupError for an unknown session and SessionNotOpenError when it was
    completed or expired, so that a second press changes nothing.
    """
    record = world.store.find(session_id, kind="checkout.session")
    if record is None:
        raise LookupError(session_id)
    if record.body["status"] != "open":
        raise SessionNotOpenError(record.body)
    session = _with_choices(world, record, payer, way)
    if session["mode"] == "subscription":
        return _subscribe(world, record, session, payer, way)
    if session["amount_total"] == 0:
        return _complete(world, session, payer, payment_status="no_payment_required")
    intent, method = _intent(world, record, session, payer), _method(world, session, payer, way)
    if way == DECLINE:
        return _decline(world, session, intent, method)
    if way in (ARRIVES, FAILS):
        return _wait_for_money(world, session, intent, method, payer, way)
    return _succeed(world, session, intent, method, payer)


def _subscribe(world: World, record: Record, session: Json, payer: Payer, way: str) -> Json:
    """By card alone. A declined one leaves the page open, its intent apart from the session's."""
    method = _method(world, session, payer, CARD)
    if way == DECLINE:
        intent = payments.payment_intent(session, {"setup_future_usage": "off_session"}, now=world.clock.now())
        return _decline(world, session, world.store.insert(intent), method)
    (line,) = record.private["lines"]
    subscription, invoice = begin(
        world, session, line, record.private["subscription_data"], customer=session["customer"], method=method
    )
    session |= {"subscription": subscription["id"], "invoice": invoice["id"]}
    return _complete(world, session, payer, payment_status="paid")


def _with_choices(world: World, record: Record, payer: Payer, way: str) -> Json:
    """The session with the chosen delivery added up, and a customer when one was asked for."""
    session = record.body
    chosen = [opt for opt in session["shipping_options"] if opt["shipping_rate"] == payer.shipping_rate]
    if chosen:
        session |= totals(world.store, record.private["lines"], chosen[0], taxed=session["automatic_tax"]["enabled"])
    declined = session["mode"] == "subscription" and way == DECLINE
    if session["customer_creation"] == "always" and session["customer"] is None and not declined:
        customer = payments.customer(
            email=payer.email, name=payer.name, phone=payer.phone, address=payer.address, now=world.clock.now()
        )
        world.store.insert(customer)
        record_event(world, "customer.created", customer)
        session["customer"] = customer["id"]
    return session


def _intent(world: World, record: Record, session: Json, payer: Payer) -> Json:
    """The session's intent: made at the first try, kept through declines."""
    found = world.store.find(session["payment_intent"]) if session["payment_intent"] else None
    if found is not None:
        intent = found.body | {"amount": session["amount_total"], "customer": session["customer"]}
    else:
        wishes = record.private["payment_intent_data"]
        intent = payments.payment_intent(session, wishes, now=world.clock.now())
        world.store.insert(intent)
        record_event(world, "payment_intent.created", intent)
        session["payment_intent"] = intent["id"]
    if session["shipping_address_collection"]:
        intent["shipping"] = payer.shipping_details() | {
            "carrier": None,
            "phone": payer.phone,
            "tracking_number": None,
        }
    return intent


def delayed_method(session: Json) -> str | None:
    """The delayed method this session would use; None when it allows none."""
    return next((kind for kind in session["payment_method_types"] if kind in payments.DELAYED_METHODS), None)


def _method(world: World, session: Json, payer: Payer, way: str) -> Json:
    kind = (delayed_method(session) or "us_bank_account") if way in (ARRIVES, FAILS) else "card"
    return world.store.insert(
        payments.payment_method(kind, payer.billing_details(), customer=session["customer"], now=world.clock.now())
    )


def _decline(world: World, session: Json, intent: Json, method: Json) -> Json:
    charge = payments.declined(intent, method, now=world.clock.now())
    world.store.insert(charge)
    world.store.save(intent)
    record_event(world, "charge.failed", charge)
    record_event(world, "payment_intent.payment_failed", intent)
    return world.store.save(session)


def _succeed(world: World, session: Json, intent: Json, method: Json, payer: Payer) -> Json:
    charge = payments.charge(intent, method, status="succeeded", now=world.clock.now())
    charge["balance_transaction"] = record_charge(world, charge)["id"]
    world.store.insert(charge)
    intent |= {
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "payment_method": method["id"],
        "status": "succeeded",
    }
    world.store.save(intent)
    record_event(world, "charge.succeeded", charge)
    record_event(world, "payment_intent.succeeded", intent)
    return _complete(world, session, payer, payment_status="paid")


def _wait_for_money(world: World, session: Json, intent: Json, method: Json, payer: Payer, way: str) -> Json:
    charge = world.store.insert(payments.charge(intent, method, status="pending", now=world.clock.now()))
    intent |= {
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "payment_method": method["id"],
        "status": "processing",
    }
    world.store.save(intent)
    make_due(world.store, session["id"], way, world.clock.exact() + world.settings.delayed_after)
    record_event(world, "charge.pending", charge)
    record_event(world, "payment_intent.processing", intent)
    return _complete(world, session, payer, payment_status="unpaid")


def _complete(world: World, session: Json, payer: Payer, *, payment_status: str) -> Json:
    session |= {
        "status": "complete",
        "payment_status": payment_status,
        "url": None,
        "customer_details": payer.customer_details(),
        "collected_information": _collected(session, payer),
        "consent": _consent(session["consent_collection"], payer),
    }
    if session["automatic_tax"]["enabled"]:
        session["automatic_tax"]["status"] = "complete"
    world.store.save(session)
    world.store.run("DELETE FROM due WHERE object_id = ? AND action = 'expire'", (session["id"],))
    record_event(world, "checkout.session.completed", session)
    return session


def _collected(session: Json, payer: Payer) -> Json | None:
    if not session["shipping_address_collection"]:
        return None
    return {"business_name": None, "individual_name": None, "shipping_details": payer.shipping_details()}


def _consent(asked: Json | None, payer: Payer) -> Json | None:
    if not asked:
        return None
    promotions = ("opt_in" if payer.promotions else "opt_out") if asked.get("promotions") == "auto" else None
    return {"promotions": promotions, "terms_of_service": "accepted" if payer.terms else None}
