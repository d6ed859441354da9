"""Every answer of the stand-in has Stripe's shape, and what it accepts is what Stripe accepts."""

import json
import re
import urllib.request
from typing import Any

import pytest
import stripe

from shop.stripe_standin.parameters import checkout, reads
from shop.stripe_standin.parameters.kinds import Fields, ListOf
from shop.stripe_standin.routing import ENDPOINTS
from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.conftest import a_month, gift, line, tee
from tests.stripe_standin.spec import Spec

RICH = {
    "line_items": [{**line("Tee", 1_600, quantity=2), "metadata": {"sku": "t"}}, line("Gift", 750)],
    "automatic_tax": {"enabled": True},
    "consent_collection": {"terms_of_service": "required", "promotions": "auto"},
    "custom_text": {"submit": {"message": "Thank you."}},
    "customer_creation": "always",
    "customer_email": "supporter@example.org",
    "locale": "en",
    "payment_intent_data": {"description": "Order 1", "metadata": {"order": "1"}, "receipt_email": "a@example.org"},
    "phone_number_collection": {"enabled": True},
    "submit_type": "pay",
}


def fetch(standin: RunningStandIn, path: str) -> Any:
    request = urllib.request.Request(standin.base_url + path, headers={"Authorization": "Bearer sk_test_x"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def a_busy_day(standin: RunningStandIn, client: stripe.StripeClient) -> dict[str, str]:
    """Sessions in every state, and an id of each kind of object."""
    client.v1.checkout.sessions.create(tee())
    expired = client.v1.checkout.sessions.create(tee())
    client.v1.checkout.sessions.expire(expired.id)
    for way in ("decline", "delayed_arrives", "delayed_fails"):
        session_id = client.v1.checkout.sessions.create(gift()).id
        standin.pay(session_id, way=way)
        if way == "delayed_fails":
            standin.hook("clock", advance=6)
    paid = standin.pay(client.v1.checkout.sessions.create(tee(**RICH)).id, phone="+1 555 0100")
    refund = client.v1.refunds.create({"payment_intent": paid["payment_intent"], "amount": 500})
    charge = client.v1.charges.retrieve(str(refund.charge))
    (payout_id,) = standin.hook("payouts", pending=True)["payouts"]
    monthly = standin.pay(client.v1.checkout.sessions.create(a_month()).id)
    standin.hook(f"subscriptions/{monthly['subscription']}/month", declines=True)
    client.v1.subscriptions.update(monthly["subscription"], {"metadata": {"a": "1"}})
    lapsing = standin.pay(client.v1.checkout.sessions.create(a_month()).id)
    client.v1.subscriptions.cancel(lapsing["subscription"])
    return {
        "/v1/accounts": standin.hook("accounts", ready=False)["id"],
        "/v1/subscriptions": monthly["subscription"],
        "/v1/invoices": monthly["invoice"],
        "/v1/checkout/sessions": paid["id"],
        "/v1/payment_intents": paid["payment_intent"],
        "/v1/charges": charge.id,
        "/v1/balance_transactions": str(charge.balance_transaction),
        "/v1/refunds": refund.id,
        "/v1/disputes": standin.hook(f"charges/{charge.id}/dispute")["id"],
        "/v1/payouts": payout_id,
        "/v1/events": client.v1.events.list().data[0].id,
        "/v1/customers": paid["customer"],
        "/v1/payment_methods": str(charge.payment_method),
        "/v1/products": fetch(standin, f"/v1/checkout/sessions/{paid['id']}/line_items")["data"][0]["price"]["product"],
        "/v1/shipping_rates": paid["shipping_cost"]["shipping_rate"],
    }


def test_every_reading_endpoint_answers_in_stripes_shape(
    spec: Spec, standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    ids = a_busy_day(standin, client)
    checked = 0
    for endpoint in ENDPOINTS:
        if endpoint.method == "GET":
            folder = endpoint.path.split("/<id>")[0]
            path = endpoint.path.replace("<id>", ids.get(folder, ""))
            query = "" if "<id>" in endpoint.path or path == "/v1/balance" else "?limit=100"
            if path.startswith("/v1/products/"):
                assert spec.object_problems(fetch(standin, path)) == [], path
            else:
                assert spec.answer_problems("GET", path, fetch(standin, path + query)) == [], path
            checked += 1
    assert checked >= 21


def test_every_writing_endpoint_answers_in_stripes_shape(
    spec: Spec, standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    opened = client.v1.checkout.sessions.create(tee(**RICH))
    updated = client.v1.checkout.sessions.update(opened.id, {"metadata": {"a": "1"}})
    expired = client.v1.checkout.sessions.expire(opened.id)
    intent = standin.pay(client.v1.checkout.sessions.create(gift()).id)["payment_intent"]
    refund = client.v1.refunds.create({"payment_intent": intent})
    changed = client.v1.refunds.update(refund.id, {"metadata": {"a": "1"}})
    monthly = standin.pay(client.v1.checkout.sessions.create(a_month()).id)
    portal = client.v1.billing_portal.sessions.create({"customer": monthly["customer"]})
    standing = client.v1.subscriptions.update(monthly["subscription"], {"cancel_at_period_end": True})
    ended = client.v1.subscriptions.cancel(monthly["subscription"])
    for answer in (opened, updated, expired, refund, changed, portal, standing, ended):
        assert spec.object_problems(raw(answer)) == []


def raw(answer: stripe.StripeObject) -> Any:
    """The answer as it came over the wire, before the library turns decimals into Decimal."""
    assert answer.last_response is not None
    return json.loads(answer.last_response.body)


def test_expanded_answers_keep_their_shape(spec: Spec, standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session_id = a_busy_day(standin, client)["/v1/checkout/sessions"]
    paths = [
        "line_items.data.price.product", "customer", "shipping_cost.shipping_rate", "shipping_options.shipping_rate",
        "payment_intent.payment_method", "payment_intent.latest_charge.balance_transaction",
        "payment_intent.latest_charge.refunds",
    ]  # fmt: skip
    query = "&".join(f"expand[]={path}" for path in paths)
    assert spec.object_problems(fetch(standin, f"/v1/checkout/sessions/{session_id}?{query}")) == []


def test_every_event_has_a_type_and_an_object_that_stripe_knows(
    spec: Spec, standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    a_busy_day(standin, client)
    events = fetch(standin, "/v1/events?limit=100")["data"]
    assert {event["type"] for event in events} <= spec.event_types()
    assert len({event["type"] for event in events}) >= 14
    for event in events:
        assert spec.object_problems(event["data"]["object"]) == [], event["type"]


def test_the_requests_of_these_tests_are_themselves_in_shape(
    spec: Spec, standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    a_busy_day(standin, client)
    seen = standin.requests()
    assert len(seen) >= 8
    for request in seen:
        assert spec.request_problems(request["method"], request["path"], request["params"]) == []
    bad = {"mode": "payment", "payment_method_types": ["card"], "surprise": "1", "expires_at": "soon"}
    assert len(spec.request_problems("POST", "/v1/checkout/sessions", bad)) == 3


@pytest.mark.parametrize(
    "endpoint",
    [end for end in ENDPOINTS if not end.path.startswith("/v1/products")],
    ids=lambda end: f"{end.method} {end.path}",
)
def test_no_parameter_is_accepted_that_stripe_lacks(spec: Spec, endpoint: Any) -> None:
    schema = spec.operation(endpoint.method, re.sub("<id>", "x", endpoint.path))["x-params"]
    assert surplus(endpoint.parameters, schema, "") == []


def surplus(fields: Fields, schema: Any, at: str) -> list[str]:
    """Names that the stand-in declares and Stripe's description does not."""
    group: dict[str, Any] = next((one for one in schema.get("anyOf", [schema]) if "properties" in one), {})
    known: dict[str, Any] = group.get("properties", {})
    found = [f"{at}.{name}" for name in (*fields.kinds, *fields.not_yet) if name not in known]
    for name, kind in fields.kinds.items():
        below = known.get(name, {})
        inner = kind.entry if isinstance(kind, ListOf) else kind
        below = below.get("items") if isinstance(kind, ListOf) else below
        if isinstance(inner, Fields) and below:
            found += surplus(inner, below, f"{at}.{name}")
    return found


def test_every_parameter_of_a_session_is_either_read_or_named_as_missing(spec: Spec) -> None:
    known = spec.operation("POST", "/v1/checkout/sessions")["x-params"]["properties"].keys()
    declared = {*checkout.CREATE_SESSION.kinds, *checkout.CREATE_SESSION.not_yet}
    assert known - declared == {"payment_method_types"}
    refunds = spec.operation("POST", "/v1/refunds")["x-params"]["properties"].keys()
    assert refunds - {*reads.CREATE_REFUND.kinds, *reads.CREATE_REFUND.not_yet} == set()
