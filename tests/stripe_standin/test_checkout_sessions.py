"""Opening, reading and ending Checkout Sessions through the official library."""

import time
from typing import Any

import pytest
import stripe

from shop.stripe_standin.testing import RunningStandIn, running_standin
from tests.stripe_standin.conftest import client_of, delivery, gift, line, metadata_of, tee


def refused(client: stripe.StripeClient, **changes: Any) -> stripe.StripeError:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.create(tee(**changes))
    return caught.value


def test_a_session_adds_up_its_lines_and_the_first_delivery(client: stripe.StripeClient) -> None:
    wanted = tee(line_items=[line("Tee", 1_600, quantity=2), line("Gift", 750)])
    session = client.v1.checkout.sessions.create(wanted)
    assert (session.amount_subtotal, session.amount_total) == (3_950, 4_450)
    assert session.total_details is not None
    assert session.total_details.amount_shipping == 500
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert session.url is not None
    assert session.url.endswith(f"/pay/{session.id}")


def test_decimal_unit_amounts_are_rounded_once_a_line(client: stripe.StripeClient) -> None:
    price = {"currency": "usd", "unit_amount_decimal": "33.35", "product_data": {"name": "Sticker"}}
    session = client.v1.checkout.sessions.create(gift(line_items=[{"quantity": 10, "price_data": price}]))
    assert session.amount_total == 334


def test_a_session_is_found_again_with_its_lines_expanded(client: stripe.StripeClient) -> None:
    made = client.v1.checkout.sessions.create(tee())
    bare = client.v1.checkout.sessions.retrieve(made.id).to_dict()
    assert "line_items" not in bare
    found = client.v1.checkout.sessions.retrieve(made.id, {"expand": ["line_items.data.price.product"]})
    assert found.line_items is not None
    item = found.line_items.data[0]
    assert (item.description, item.quantity, item.amount_total) == ("Dignity tee", 2, 3_200)
    assert item.price is not None
    assert isinstance(item.price.product, stripe.Product)
    assert item.price.product.name == "Dignity tee"
    assert metadata_of(found) == {"order": "order-1"}


def test_line_items_come_in_pages(client: stripe.StripeClient) -> None:
    lines = [line(f"Tee {n}", 100) for n in range(5)]
    session = client.v1.checkout.sessions.create(gift(line_items=lines))
    first = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 2})
    assert ([item.description for item in first.data], first.has_more) == (["Tee 0", "Tee 1"], True)
    rest = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 5, "starting_after": first.data[1].id})
    assert ([item.description for item in rest.data], rest.has_more) == (["Tee 2", "Tee 3", "Tee 4"], False)


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),
        ({"surprise": "1"}, "surprise", "parameter_unknown"),
        ({"line_items": [{**line("Tee", 1_600), "colour": "red"}]}, "line_items[0][colour]", "parameter_unknown"),
        ({"mode": None}, "mode", "parameter_missing"),
        ({"success_url": None}, "success_url", "parameter_missing"),
        ({"line_items": None}, "line_items", "parameter_missing"),
        ({"line_items": [{"quantity": 1}]}, "line_items[0][price_data]", "parameter_missing"),
        ({"line_items": [{"price": "price_1", "quantity": 1}]}, "line_items[0][price]", "resource_missing"),
        ({"line_items": [line("Tee", 1_600, quantity=0)]}, "line_items[0][quantity]", "parameter_invalid_integer"),
        (
            {"line_items": [{**line("Tee", 1), "quantity": "two"}]},
            "line_items[0][quantity]",
            "parameter_invalid_integer",
        ),
        ({"line_items": [line("Tee", 1_600), line("Tee", 1, currency="eur")]}, "line_items", None),
        ({"customer_email": "nobody"}, "customer_email", "email_invalid"),
        ({"customer_email": ""}, "customer_email", "parameter_invalid_empty"),
        ({"success_url": "shop.test/thanks"}, "success_url", "url_invalid"),
        ({"client_reference_id": "x" * 201}, "client_reference_id", None),
        ({"metadata": {f"k{n}": "v" for n in range(51)}}, "metadata", None),
        ({"metadata": {"k" * 41: "v"}}, f"metadata[{'k' * 41}]", None),
        ({"metadata": {"k": "v" * 501}}, "metadata[k]", None),
        ({"shipping_address_collection": {"allowed_countries": ["XX"]}},
         "shipping_address_collection[allowed_countries][0]", None),
        ({"shipping_options": [delivery(f"Post {n}", n) for n in range(6)]}, "shipping_options", None),
        ({"shipping_options": [delivery("Post", 1, currency="eur")]},
         "shipping_options[0][shipping_rate_data][fixed_amount][currency]", None),
        ({"submit_type": "give"}, "submit_type", None),
        ({"locale": "xx"}, "locale", None),
        ({"custom_text": {"submit": {"message": "x" * 1_201}}}, "custom_text[submit][message]", None),
        ({"automatic_tax": {"enabled": "perhaps"}}, "automatic_tax[enabled]", None),
        ({"phone_number_collection": {}}, None, None),
        ({"discounts": [{"coupon": "c"}]}, "discounts", None),
        ({"mode": "setup"}, "mode=setup", None),
        ({"payment_intent_data": {"statement_descriptor_suffix": "x" * 23}},
         "payment_intent_data[statement_descriptor_suffix]", None),
    ],
)  # fmt: skip
def test_what_stripe_would_refuse_is_refused_by_name(
    client: stripe.StripeClient, changes: dict[str, Any], param: str | None, code: str | None
) -> None:
    if param is None:
        client.v1.checkout.sessions.create(tee(**changes))
        return
    error = refused(client, **changes)
    assert (error.http_status, getattr(error, "param", None), error.code) == (400, param, code)


def test_less_than_the_smallest_charge_is_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.create(gift(49))
    assert caught.value.code == "amount_too_small"
    assert client.v1.checkout.sessions.create(gift(50)).amount_total == 50


@pytest.mark.parametrize(
    ("ahead", "allowed"), [(1_790, False), (1_805, True), (86_390, True), (86_410, False), (-60, False)]
)
def test_a_session_stays_open_between_half_an_hour_and_a_day(
    client: stripe.StripeClient, ahead: int, allowed: bool
) -> None:
    expires_at = int(time.time()) + ahead
    if allowed:
        assert client.v1.checkout.sessions.create(tee(expires_at=expires_at)).expires_at == expires_at
    else:
        assert getattr(refused(client, expires_at=expires_at), "param", None) == "expires_at"


def test_a_session_expires_by_itself(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(tee(expires_at=int(time.time()) + 1_900))
    standin.hook("clock", advance=1_901)
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert (found.status, found.url) == ("expired", None)
    assert [event.type for event in client.v1.events.list().data] == ["checkout.session.expired"]


def test_only_open_sessions_can_be_expired(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(tee())
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.expire(session.id)
    paid = client.v1.checkout.sessions.create(tee())
    standin.pay(paid.id)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.expire(paid.id)


def test_metadata_can_be_added_and_taken_away(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(tee(metadata={"a": "1", "b": "2"}))
    updated = client.v1.checkout.sessions.update(session.id, {"metadata": {"a": "", "c": "3"}})
    assert metadata_of(updated) == {"b": "2", "c": "3"}


def test_unknown_objects_and_addresses_answer_404(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.retrieve("cs_test_none")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.coupons.list()
    assert caught.value.http_status == 404


@pytest.mark.parametrize("key", ["sk_live_x", "rk_live_x", "pk_test_x", "sk_test_other"])
def test_a_wrong_key_answers_401(key: str) -> None:
    with running_standin(api_key="sk_test_right") as standin:
        with pytest.raises(stripe.AuthenticationError):
            client_of(standin, key).v1.checkout.sessions.list()
        client_of(standin, "sk_test_right").v1.checkout.sessions.list()


def test_only_what_can_be_expanded_is_expanded(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(tee())
    for path in ("amount_total", "nothing", "line_items.data.quantity", "a.b.c.d.e"):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.checkout.sessions.retrieve(session.id, {"expand": [path]})
        assert getattr(caught.value, "param", None) == "expand[0]"


def test_lists_are_paged_newest_first(client: stripe.StripeClient) -> None:
    made = [client.v1.checkout.sessions.create(gift()).id for _ in range(5)]
    first = client.v1.checkout.sessions.list({"limit": 2})
    assert ([one.id for one in first.data], first.has_more) == (made[:2:-1], True)
    second = client.v1.checkout.sessions.list({"limit": 3, "starting_after": first.data[-1].id})
    assert ([one.id for one in second.data], second.has_more) == (made[2::-1], False)
    back = client.v1.checkout.sessions.list({"limit": 2, "ending_before": made[2]})
    assert ([one.id for one in back.data], back.has_more) == (made[:2:-1], False)
    assert [one.id for one in first.auto_paging_iter()] == made[::-1]


def test_lists_are_filtered(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    opened, paid = (client.v1.checkout.sessions.create(gift()).id for _ in range(2))
    intent = standin.pay(paid)["payment_intent"]
    sessions = client.v1.checkout.sessions
    assert [one.id for one in sessions.list({"status": "open"}).data] == [opened]
    assert [one.id for one in sessions.list({"payment_intent": intent}).data] == [paid]
    assert sessions.list({"created": {"gt": int(time.time()) + 60}}).data == []
    assert len(sessions.list({"created": {"gte": int(time.time()) - 60}}).data) == 2
