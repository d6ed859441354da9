"""The remaining endpoints of Checkout Sessions: retrieve, list, update, line items."""

from shop.stripe_standin.errors import resource_missing
from shop.stripe_standin.lists import Query, listed, page, page_of
from shop.stripe_standin.objects.refunds import merged
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record
from shop.stripe_standin.world import Call


def retrieve_session(call: Call) -> Json:
    """GET /v1/checkout/sessions/{session}"""
    return _found(call).body


def list_sessions(call: Call) -> Json:
    """GET /v1/checkout/sessions"""
    asked = call.params
    query = Query("checkout.session").created(asked.get("created"))
    for name in ("status", "payment_intent", "customer", "payment_link", "subscription"):
        query.field(name, asked.get(name))
    query.field("customer_details.email", asked.get("customer_details", {}).get("email"))
    found, has_more = page(call.world.store, query, asked)
    return listed([record.body for record in found], url=call.path, has_more=has_more)


def update_session(call: Call) -> Json:
    """POST /v1/checkout/sessions/{session}: metadata."""
    session = _found(call).body
    session["metadata"] = merged(session["metadata"], call.params.get("metadata"))
    return call.world.store.save(session)


def list_line_items(call: Call) -> Json:
    """GET /v1/checkout/sessions/{session}/line_items"""
    data, has_more = page_of(_found(call).private["lines"], call.params)
    return listed(data, url=call.path, has_more=has_more)


def _found(call: Call) -> Record:
    record = call.world.store.find(call.ids["id"], kind="checkout.session")
    if record is None:
        raise resource_missing(noun="checkout.session", object_id=call.ids["id"], param="session", status=404)
    return record
