"""A subscription's life: begun on a payment page, billed each month, refused, tried again, cancelled."""

import calendar
from datetime import UTC, datetime

from shop.stripe_standin.billing import shapes
from shop.stripe_standin.events import record_event
from shop.stripe_standin.objects import payments
from shop.stripe_standin.objects.balance import make_due, record_charge
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World

TRIES = 4
PAUSE = 3 * 24 * 60 * 60
RENEW, RETRY = "renew", "retry_invoice"


def begin(world: World, session: Json, line: Json, data: Json, *, customer: str, method: Json) -> tuple[Json, Json]:
    """Start a subscription and pay its first invoice; returns both. Needs a transaction."""
    now = world.clock.now()
    body = shapes.subscription(
        customer=customer, method=method["id"], line=line, data=data, starts=now, ends=month_after(now, now)
    )
    world.store.insert(body, private={"declines": False})
    record_event(world, "customer.subscription.created", body)
    invoice = bill(world, body, reason="subscription_create")
    return body, invoice


def bill(world: World, body: Json, *, reason: str) -> Json:
    """Make the invoice of the current period and ask the card for it; returns it as it is after."""
    customer = world.store.find(body["customer"])
    email = customer.body["email"] if customer else None
    invoice = shapes.invoice(body, reason=reason, email=email, now=world.clock.now())
    wanted = {
        "amount_total": invoice["amount_due"],
        "currency": invoice["currency"],
        "customer": body["customer"],
        "payment_method_types": ["card"],
    }
    first = reason == "subscription_create"
    wishes = {"description": "Subscription creation" if first else "Subscription update"}
    intent = payments.payment_intent(
        wanted, wishes | ({"setup_future_usage": "off_session"} if first else {}), now=world.clock.now()
    )
    world.store.insert(invoice, private={"intent": intent["id"]})
    world.store.insert(intent)
    world.store.insert(shapes.invoice_payment(invoice, intent["id"], now=world.clock.now()))
    body["latest_invoice"] = invoice["id"]
    world.store.save(body)
    make_due(world.store, body["id"], RENEW, body["items"]["data"][0]["current_period_end"])
    for kind in ("invoice.created", "invoice.finalized"):
        record_event(world, kind, invoice)
    ask_card(world, invoice["id"])
    return _body(world, invoice["id"])


def renew(world: World, subscription_id: str) -> None:
    """A month is over: the next one is billed, or the subscription ends where that was asked for."""
    body = _body(world, subscription_id)
    if body["status"] == "canceled":
        return
    if body["cancel_at_period_end"]:
        cancel(world, body, reason="cancellation_requested")
        return
    (item,) = body["items"]["data"]
    now = world.clock.now()
    starts = min(item["current_period_end"], now)
    ends = month_after(starts, body["billing_cycle_anchor"])
    item |= {"current_period_start": starts, "current_period_end": max(ends, now + 1)}
    bill(world, body, reason="subscription_cycle")
    record_event(world, "customer.subscription.updated", _body(world, subscription_id))


def ask_card(world: World, invoice_id: str) -> None:
    """Try to take an open invoice's money; the last refusal cancels the subscription."""
    invoice = _body(world, invoice_id)
    if invoice["status"] != "open":
        return
    subscription_id = invoice["parent"]["subscription_details"]["subscription"]
    known = world.store.find(subscription_id)
    intent, method = _intent(world, invoice_id), _method(world, subscription_id)
    invoice |= {"attempted": True, "attempt_count": invoice["attempt_count"] + 1}
    if known is not None and known.private.get("declines"):
        _refused(world, invoice, intent, method, known.body)
    else:
        _paid(world, invoice, intent, method)
        if known is not None and known.body["status"] == "past_due":
            _status(world, known.body, "active")


def cancel(world: World, body: Json, *, reason: str) -> Json:
    """End a subscription now."""
    now = world.clock.now()
    details = body["cancellation_details"] | {"reason": reason}
    body |= {"status": "canceled", "canceled_at": now, "ended_at": now, "cancellation_details": details}
    world.store.save(body)
    world.store.run("DELETE FROM due WHERE object_id = ? AND action = ?", (body["id"], RENEW))
    record_event(world, "customer.subscription.deleted", body)
    return body


def set_declines(world: World, subscription_id: str, *, declines: bool) -> Json:
    """Whether its card is refused from now on."""
    found = world.store.find(subscription_id, kind="subscription")
    if found is None:
        raise LookupError("There is no such subscription.")
    return world.store.save(found.body, private={**found.private, "declines": declines})


def open_invoice(world: World, subscription_id: str) -> str | None:
    """Its invoice that waits for money, if one does."""
    body = _body(world, subscription_id)
    latest = world.store.find(body["latest_invoice"]) if body["latest_invoice"] else None
    return latest.id if latest is not None and latest.body["status"] == "open" else None


def month_after(moment: int, anchor: int) -> int:
    """The same day of the next month as the anchor's, or the month's last; in Unix seconds."""
    day = datetime.fromtimestamp(moment, UTC)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    wanted = min(datetime.fromtimestamp(anchor, UTC).day, calendar.monthrange(year, month)[1])
    return int(day.replace(year=year, month=month, day=wanted).timestamp())


def _paid(world: World, invoice: Json, intent: Json, method: Json) -> None:
    now = world.clock.now()
    charge = payments.charge(intent, method, status="succeeded", now=now)
    charge["balance_transaction"] = record_charge(world, charge)["id"]
    world.store.insert(charge)
    intent |= {
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "payment_method": method["id"],
        "status": "succeeded",
    }
    invoice |= {
        "amount_paid": invoice["amount_due"],
        "amount_remaining": 0,
        "auto_advance": False,
        "next_payment_attempt": None,
        "status": "paid",
        "status_transitions": invoice["status_transitions"] | {"paid_at": now},
    }
    link = _link(world, invoice["id"])
    link |= {
        "amount_paid": invoice["amount_paid"],
        "status": "paid",
        "status_transitions": {"canceled_at": None, "paid_at": now},
    }
    for body in (intent, invoice, link):
        world.store.save(body)
    world.store.run("DELETE FROM due WHERE object_id = ? AND action = ?", (invoice["id"], RETRY))
    for kind, about in (
        ("charge.succeeded", charge),
        ("payment_intent.succeeded", intent),
        ("invoice.paid", invoice),
        ("invoice.payment_succeeded", invoice),
        ("invoice_payment.paid", link),
    ):
        record_event(world, kind, about)


def _refused(world: World, invoice: Json, intent: Json, method: Json, body: Json) -> None:
    now, last = world.clock.now(), invoice["attempt_count"] >= TRIES
    charge = payments.declined(intent, method, now=now)
    world.store.insert(charge)
    invoice["next_payment_attempt"] = None if last else now + PAUSE
    for saved in (intent, invoice):
        world.store.save(saved)
    for kind, about in (
        ("charge.failed", charge),
        ("payment_intent.payment_failed", intent),
        ("invoice.payment_failed", invoice),
    ):
        record_event(world, kind, about)
    if last:
        cancel(world, body, reason="payment_failed")
        return
    make_due(world.store, invoice["id"], RETRY, now + PAUSE)
    if body["status"] == "active":
        _status(world, body, "past_due")


def _status(world: World, body: Json, status: str) -> None:
    before = body["status"]
    body["status"] = status
    world.store.save(body)
    record_event(world, "customer.subscription.updated", body, previous={"status": before})


def _body(world: World, object_id: str) -> Json:
    found = world.store.find(object_id)
    if found is None:
        raise LookupError(f"There is no {object_id}.")
    return found.body


def _intent(world: World, invoice_id: str) -> Json:
    found = world.store.find(invoice_id)
    return _body(world, found.private["intent"] if found else "")


def _method(world: World, subscription_id: str) -> Json:
    return _body(world, _body(world, subscription_id)["default_payment_method"])


def _link(world: World, invoice_id: str) -> Json:
    where = "kind = 'invoice_payment' AND json_extract(body, '$.invoice') = ?"
    return world.store.select(where, (invoice_id,), ascending=True, limit=1)[0].body
