"""The hosted payment page, used as a browser without scripts would use it."""

import http.client
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import stripe

from shop.stripe_standin.testing import RunningStandIn, running_standin
from tests.stripe_standin.conftest import Receiver, client_of, gift, line, tee


@dataclass(frozen=True)
class Page:
    """What came back: status, headers and text."""

    status: int
    headers: dict[str, str]
    text: str

    def fields(self) -> dict[str, str]:
        """The form as it would be sent untouched; ticked boxes and chosen radios only."""
        found = {}
        for tag in re.findall(r"<input[^>]*>", self.text):
            named = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if named["type"] not in ("radio", "checkbox") or " checked" in tag:
                found[named["name"]] = unescape(named["value"])
        chosen = re.search(r'<option value="(\w+)" selected', self.text)
        return found | ({"country": chosen.group(1)} if chosen else {})


def fetch(url: str, form: dict[str, str] | None = None) -> Page:
    """GET, or POST of a form; redirects are not followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
    body = urlencode(form) if form is not None else None
    connection.request("GET" if form is None else "POST", parts.path or "/", body, headers)
    answer = connection.getresponse()
    page = Page(answer.status, dict(answer.headers.items()), answer.read().decode())
    connection.close()
    return page


def send(url: str, way: str = "card", **changes: str) -> Page:
    """Open the page, change some fields and press a button."""
    return fetch(url, fetch(url).fields() | {"way": way} | changes)


def opened(client: stripe.StripeClient, **changes: Any) -> stripe.checkout.Session:
    return client.v1.checkout.sessions.create(tee(**changes))


def url_of(session: stripe.checkout.Session) -> str:
    assert session.url is not None
    return session.url


def test_the_page_says_that_no_money_moves_and_shows_the_sum(client: stripe.StripeClient) -> None:
    page = fetch(url_of(opened(client)))
    assert page.status == 200
    for said in (
        "Test page",
        "No money moves",
        "Dignity tee",
        "2 × $16.00",
        "$32.00",
        "$5.00",
        "Pay $37.00",
        "Courier",
    ):
        assert said in page.text
    assert 'href="http://shop.test/cart"' in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("form-action 'self' http://shop.test")


def test_what_the_store_says_of_an_item_stands_below_its_name(client: stripe.StripeClient) -> None:
    item = line("Dignity tee", 1_600)
    item["price_data"]["product_data"]["description"] = "Pre-order: ships by 24 December"
    assert "<small>Pre-order: ships by 24 December</small>" in fetch(url_of(opened(client, line_items=[item]))).text


def test_paying_forwards_to_the_store_with_the_sessions_id(client: stripe.StripeClient) -> None:
    session = opened(client)
    page = send(url_of(session), email="reader@example.org", name="A Reader", city="Ottawa", country="CA")
    assert page.status == 303
    assert page.headers["Location"] == f"http://shop.test/thanks?session={session.id}"
    found = client.v1.checkout.sessions.retrieve(session.id).to_dict()
    assert found["payment_status"] == "paid"
    assert found["customer_details"]["email"] == "reader@example.org"
    shipping = found["collected_information"]["shipping_details"]
    assert (shipping["name"], shipping["address"]["city"], shipping["address"]["country"]) == (
        "A Reader",
        "Ottawa",
        "CA",
    )


def test_the_button_speaks_of_what_it_does(client: stripe.StripeClient) -> None:
    page = fetch(url_of(client.v1.checkout.sessions.create(gift(2_500, submit_type="donate"))))
    assert "Donate $25.00" in page.text
    assert "Delivery address" not in page.text


def test_pressing_twice_pays_once(client: stripe.StripeClient) -> None:
    session = opened(client)
    form = fetch(url_of(session)).fields() | {"way": "card"}
    pages: list[Page] = []
    threads = [threading.Thread(target=lambda: pages.append(fetch(url_of(session), form))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {page.status for page in pages} == {303}
    assert len(client.v1.charges.list().data) == 1
    assert fetch(url_of(session)).headers["Location"].startswith("http://shop.test/thanks")


def test_a_declined_card_returns_to_the_page_with_kind_words(client: stripe.StripeClient) -> None:
    session = opened(client)
    page = send(url_of(session), "decline", name="Kept as entered")
    assert page.status == 402
    assert "The card was declined, and nothing was charged." in page.text
    assert page.fields()["name"] == "Kept as entered"
    assert client.v1.events.list().data[0].type == "payment_intent.payment_failed"
    assert send(url_of(session)).status == 303


@pytest.mark.parametrize(("way", "after"), [("delayed_arrives", "paid"), ("delayed_fails", "unpaid")])
def test_delayed_methods_forward_before_the_money_is_known(
    standin: RunningStandIn, client: stripe.StripeClient, way: str, after: str
) -> None:
    session = opened(client)
    assert send(url_of(session), way).status == 303
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    standin.hook("clock", advance=6)
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == after


def test_another_delivery_is_paid_only_after_its_total_was_seen(client: stripe.StripeClient) -> None:
    session = opened(client)
    page = fetch(url_of(session))
    courier = re.findall(r'name="shipping_rate" value="(\w+)"', page.text)[1]
    page = fetch(url_of(session), page.fields() | {"way": "card", "shipping_rate": courier})
    assert page.status == 200
    assert "Pay $47.00" in page.text
    assert fetch(url_of(session), page.fields() | {"way": "card"}).status == 303
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert found.amount_total == 4_700
    assert found.shipping_cost is not None
    assert found.shipping_cost.shipping_rate == courier


def test_the_total_can_be_seen_before_anything_else_is_filled_in(client: stripe.StripeClient) -> None:
    page = send(url_of(opened(client)), "update", email="", name="")
    assert page.status == 200
    assert "Nothing has been paid yet" in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"), ("email", ""), ("name", ""), ("name", "x" * 256), ("line1", ""), ("city", ""),
        ("postal_code", ""), ("country", "DE"), ("country", ""), ("shipping_rate", "shr_none"), ("phone", ""),
        ("terms", ""), ("city", "<script>" * 40),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named_and_nothing_is_paid(client: stripe.StripeClient, field: str, value: str) -> None:
    session = opened(
        client, phone_number_collection={"enabled": True}, consent_collection={"terms_of_service": "required"}
    )
    page = send(url_of(session), **{"terms": "yes", field: value})
    assert page.status == 422
    assert f'href="#{field}"' in page.text
    assert "<script" not in page.text
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert client.v1.events.list().data == []


def test_a_given_email_and_agreed_consent_are_taken_over(client: stripe.StripeClient) -> None:
    session = opened(
        client,
        customer_email="known@example.org",
        consent_collection={"terms_of_service": "required", "promotions": "auto"},
    )
    assert send(url_of(session), terms="yes").status == 303
    found = client.v1.checkout.sessions.retrieve(session.id).to_dict()
    assert found["customer_details"]["email"] == "known@example.org"
    assert found["consent"] == {"promotions": "opt_out", "terms_of_service": "accepted"}


def test_expired_and_unknown_sessions_have_their_own_pages(
    standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    session = opened(client)
    form = fetch(url_of(session)).fields() | {"way": "card"}
    client.v1.checkout.sessions.expire(session.id)
    for page in (fetch(url_of(session)), fetch(url_of(session), form)):
        assert page.status == 410
        assert "has expired" in page.text
        assert "http://shop.test/cart" in page.text
    assert fetch(f"{standin.base_url}/pay/cs_test_none").status == 404
    assert fetch(f"{standin.base_url}/nothing").status == 404
    assert client.v1.charges.list().data == []


def test_pages_bring_their_stylesheet_and_nothing_else(standin: RunningStandIn) -> None:
    sheet = fetch(f"{standin.base_url}/static/standin.css")
    assert (sheet.status, sheet.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert fetch(f"{standin.base_url}/static/mark.svg").status == 200
    assert fetch(f"{standin.base_url}/static/..%2fsettings.py").status == 404


@pytest.fixture
def delivering(receiver: Receiver) -> Iterator[RunningStandIn]:
    """A stand-in whose webhooks go to the receiver."""
    with running_standin(webhook_url=receiver.url) as running:
        yield running


def test_the_store_hears_of_the_payment_before_its_buyer_is_back(
    delivering: RunningStandIn, receiver: Receiver
) -> None:
    session = opened(client_of(delivering))
    assert send(url_of(session)).status == 303
    assert any(b'"checkout.session.completed"' in body for body, _ in receiver.taken)


def test_the_dashboard_lists_what_happened_and_names_nobody(delivering: RunningStandIn, receiver: Receiver) -> None:
    client = client_of(delivering)
    session = opened(client)
    send(url_of(session), name="A Private Person")
    receiver.wait_for(4)
    page = fetch(f"{delivering.base_url}/")
    assert page.status == 200
    for said in (session.id, "checkout.session.completed", "delivered", "order-1", "$37.00"):
        assert said in page.text
    assert "Private" not in page.text
