"""The endpoints of subscriptions, invoice payments and the Billing Portal."""

from shop.stripe_standin.billing.cycles import cancel
from shop.stripe_standin.errors import ApiError, not_yet, resource_missing
from shop.stripe_standin.events import record_event
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.lists import Query, listed, page
from shop.stripe_standin.objects.line_items import recurring_price
from shop.stripe_standin.objects.refunds import merged
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import Call


def list_subscriptions(call: Call) -> Json:
    """GET /v1/subscriptions: those not canceled, unless a status or all are asked for."""
    asked = call.params
    query = Query("subscription").created(asked.get("created")).field("customer", asked.get("customer"))
    status = asked.get("status")
    if status is None:
        query.where("json_extract(body, '$.status') <> 'canceled'")
    elif status != "all":
        query.field("status", status)
    found, has_more = page(call.world.store, query, asked)
    return listed([record.body for record in found], url=call.path, has_more=has_more)


def update_subscription(call: Call) -> Json:
    """POST /v1/subscriptions/{id}: another price from the next month on, metadata, an end with the period."""
    body, asked, store = _running(call), call.params, call.world.store
    before = {"metadata": dict(body["metadata"]), "cancel_at_period_end": body["cancel_at_period_end"]}
    if "items" in asked:
        if asked.get("proration_behavior") != "none":
            raise not_yet("items without proration_behavior=none")
        _reprice(call, body, asked["items"])
    body["metadata"] = merged(body["metadata"], asked.get("metadata"))
    if "cancel_at_period_end" in asked:
        body["cancel_at_period_end"] = asked["cancel_at_period_end"]
    store.save(body)
    record_event(call.world, "customer.subscription.updated", body, origin=call.origin, previous=before)
    return body


def cancel_subscription(call: Call) -> Json:
    """DELETE /v1/subscriptions/{id}: at once."""
    return cancel(call.world, _running(call), reason="cancellation_requested")


def list_invoices(call: Call) -> Json:
    """GET /v1/invoices"""
    asked = call.params
    query = Query("invoice").created(asked.get("created"))
    query.field("status", asked.get("status")).field("customer", asked.get("customer"))
    query.field("parent.subscription_details.subscription", asked.get("subscription"))
    found, has_more = page(call.world.store, query, asked)
    return listed([record.body for record in found], url=call.path, has_more=has_more)


def list_invoice_payments(call: Call) -> Json:
    """GET /v1/invoice_payments: by invoice, status, or the intent that paid."""
    asked = call.params
    query = Query("invoice_payment").created(asked.get("created"))
    query.field("status", asked.get("status")).field("invoice", asked.get("invoice"))
    query.field("payment.payment_intent", asked.get("payment", {}).get("payment_intent"))
    found, has_more = page(call.world.store, query, asked)
    return listed([record.body for record in found], url=call.path, has_more=has_more)


def open_portal(call: Call) -> Json:
    """POST /v1/billing_portal/sessions"""
    asked = call.params
    if "customer" not in asked or call.world.store.find(asked["customer"], kind="customer") is None:
        raise resource_missing(noun="customer", object_id=asked.get("customer", ""), param="customer")
    session_id = new_id("bps")
    return call.world.store.insert(
        {
            "id": session_id,
            "object": "billing_portal.session",
            "configuration": "bpc_standin",
            "created": call.world.clock.now(),
            "customer": asked["customer"],
            "customer_account": None,
            "flow": None,
            "livemode": False,
            "locale": asked.get("locale"),
            "on_behalf_of": None,
            "return_url": asked.get("return_url"),
            "url": f"{call.world.settings.base_url}/portal/{session_id}",
        }
    )


def _running(call: Call) -> Json:
    found = call.world.store.find(call.ids["id"], kind="subscription")
    if found is None or found.body["status"] == "canceled":
        raise resource_missing(noun="subscription", object_id=call.ids["id"], param="id", status=404)
    return found.body


def _reprice(call: Call, body: Json, items: list[Json]) -> None:
    (item,) = body["items"]["data"]
    if len(items) != 1 or items[0].get("id") != item["id"] or "price_data" not in items[0]:
        raise ApiError("This stand-in changes the price of the one item there is.", param="items")
    data = items[0]["price_data"]
    if data["product"] != item["price"]["product"]:
        raise resource_missing(noun="product", object_id=data["product"], param="items[0][price_data][product]")
    item["price"] = recurring_price(data, product_id=data["product"], now=call.world.clock.now())
