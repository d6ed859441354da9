"""The Billing Portal at `/portal/<session id>`: the giver's card and the way to stop, marked as a test."""

from urllib.parse import urlsplit

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from shop.stripe_standin.billing.cycles import ask_card, open_invoice, set_declines
from shop.stripe_standin.events import record_event
from shop.stripe_standin.money import written
from shop.stripe_standin.pages import render
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record
from shop.stripe_standin.world import World


def respond(world: World, request: Request, session_id: str) -> Response:
    """GET shows the subscriptions of a customer; POST does what a button says, to one of them."""
    found = world.store.find(session_id, kind="billing_portal.session")
    if found is None:
        return render.message(404, "This page does not exist", "Ask the store for a new one.")
    if request.method == "POST":
        return _pressed(world, request, found.body)
    rows = [_row(record) for record in _subscriptions(world, found.body["customer"])]
    back = found.body["return_url"]
    parts = urlsplit(back or "")
    targets = (f"{parts.scheme}://{parts.netloc}",) if back else ()
    return render.page("portal.html", session=found.body, rows=rows, back=back, form_targets=targets)


def _pressed(world: World, request: Request, session: Json) -> Response:
    wanted = request.form.get("subscription", "")
    known = [one for one in _subscriptions(world, session["customer"]) if one.id == wanted]
    if not known or known[0].body["status"] == "canceled":
        return render.message(404, "There is nothing here", "This subscription does not exist, or has ended.")
    with world.store.writing():
        if request.form.get("what") == "card":
            set_declines(world, wanted, declines=False)
            if invoice_id := open_invoice(world, wanted):
                ask_card(world, invoice_id)
        else:
            body = world.store.save(known[0].body | {"cancel_at_period_end": True})
            record_event(world, "customer.subscription.updated", body)
    world.tell()
    return redirect(f"/portal/{session['id']}", code=303, Response=Response)


def _subscriptions(world: World, customer: str) -> list[Record]:
    where = "kind = 'subscription' AND json_extract(body, '$.customer') = ?"
    return world.store.select(where, (customer,), ascending=False, limit=20)


def _row(record: Record) -> Json:
    (item,) = record.body["items"]["data"]
    return {
        "id": record.id,
        "what": record.body["description"] or "Subscription",
        "amount": f"{written(item['price']['unit_amount'], record.body['currency'])} a month",
        "status": "stops with this month" if record.body["cancel_at_period_end"] else record.body["status"],
        "running": record.body["status"] != "canceled",
        "stops": record.body["cancel_at_period_end"],
    }
