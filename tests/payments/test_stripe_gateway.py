"""What Stripe's own library sends for us, and what becomes of its answers; spoken to a stand-in over HTTP."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from shop.core import clock
from shop.core.config import STANDIN_KEY, STANDIN_SECRET
from shop.core.database import NetworkInsideTransaction, transaction
from shop.core.money import Money
from shop.payments.gateway import (
    Delivery,
    Item,
    ProcessorBusy,
    ProcessorDown,
    ProcessorRefused,
    RefundRequest,
    SessionRequest,
)
from shop.payments.reports import SessionReport
from shop.payments.stripe_gateway import StripeGateway
from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.spec import FILE, Spec
from tests.support.factories import usd

SESSIONS, REFUNDS = "/v1/checkout/sessions", "/v1/refunds"


@pytest.fixture
def gateway(standin: RunningStandIn) -> StripeGateway:
    return StripeGateway(key=STANDIN_KEY, secrets=[STANDIN_SECRET, "whsec_next"], api_base=standin.base_url)


def request_for(order_id: str = "order-1", **changes: Any) -> SessionRequest:
    wanted: dict[str, Any] = {
        "order_id": order_id,
        "number": "K7M-4QF9",
        "items": [Item("Tee, Ink, M", usd(2500), 2), Item("Your gift", usd(700), 1, taxable=False)],
        "delivery": Delivery("Delivery: Home", usd(500), "US"),
        "success_url": "http://shop.test/checkout/return?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/checkout",
        "expires_at": clock.now().replace(microsecond=0) + timedelta(minutes=40),
    }
    return SessionRequest(**(wanted | changes))


REQUEST = request_for()


def sent(standin: RunningStandIn, path: str) -> list[dict[str, Any]]:
    """What the API was asked at this path."""
    return [asked for asked in standin.requests() if asked["method"] == "POST" and asked["path"] == path]


def paid(gateway: StripeGateway, standin: RunningStandIn) -> SessionReport:
    page = gateway.open_session(REQUEST)
    standin.pay(page.id, email="robin@example.org")
    return gateway.read_session(page.id)


def test_a_page_says_whose_it_is_and_where_it_is(gateway: StripeGateway) -> None:
    page = gateway.open_session(REQUEST)
    assert (page.order_id, page.state, page.settled, page.captured) == ("order-1", "open", False, None)
    assert page.url is not None


def test_a_page_is_asked_for_under_the_order_s_own_key(gateway: StripeGateway, standin: RunningStandIn) -> None:
    gateway.open_session(REQUEST)
    (asked,) = sent(standin, SESSIONS)
    assert asked["idempotency_key"] == "session-order-1"


def test_a_page_carries_the_order_its_lines_and_its_end(gateway: StripeGateway, standin: RunningStandIn) -> None:
    gateway.open_session(REQUEST)
    told = sent(standin, SESSIONS)[0]["params"]
    assert told["client_reference_id"] == told["metadata"]["order"] == "order-1"
    assert told["payment_intent_data"]["metadata"]["order"] == "order-1"
    assert str(told["expires_at"]) == str(int(REQUEST.expires_at.timestamp()))
    assert told["cancel_url"] == "http://shop.test/checkout"
    assert "payment_method_types" not in told


def test_a_gift_is_not_taxable(gateway: StripeGateway, standin: RunningStandIn) -> None:
    gateway.open_session(REQUEST)
    lines = sent(standin, SESSIONS)[0]["params"]["line_items"]
    rows = list(lines.values()) if isinstance(lines, dict) else lines
    assert [row["price_data"]["product_data"].get("tax_code") for row in rows] == [None, "txcd_00000000"]


def test_a_gift_by_itself_is_donated_and_sent_nowhere(gateway: StripeGateway, standin: RunningStandIn) -> None:
    gateway.open_session(request_for(delivery=None, items=[Item("Gift to Open Fund", usd(700), 1, taxable=False)]))
    told = sent(standin, SESSIONS)[0]["params"]
    assert told["submit_type"] == "donate"
    assert not {"shipping_options", "shipping_address_collection"} & told.keys()


def test_the_same_page_again_is_the_same_page(gateway: StripeGateway) -> None:
    assert gateway.open_session(REQUEST) == gateway.open_session(REQUEST)


def test_another_page_for_the_same_order_is_refused(gateway: StripeGateway) -> None:
    gateway.open_session(REQUEST)
    with pytest.raises(ProcessorRefused):
        gateway.open_session(request_for(delivery=None, expires_at=REQUEST.expires_at))


def test_a_page_that_would_end_too_soon_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(ProcessorRefused):
        gateway.open_session(request_for(expires_at=clock.now() + timedelta(minutes=10)))


def test_a_payment_comes_with_its_amount_fee_and_customer(gateway: StripeGateway, standin: RunningStandIn) -> None:
    report = paid(gateway, standin)
    assert (report.state, report.settled, report.email) == ("complete", True, "robin@example.org")
    assert report.captured is not None
    assert (report.captured.amount, report.captured.fee) == (usd(6200), usd(210))
    assert report.ship_to is not None
    assert report.ship_to["address"]["country"] == "US"


@pytest.mark.parametrize(("way", "failed"), [("delayed_arrives", False), ("delayed_fails", True)])
def test_a_slow_payment_waits_then_arrives_or_fails(
    gateway: StripeGateway, standin: RunningStandIn, way: str, failed: bool
) -> None:
    page = gateway.open_session(REQUEST)
    standin.pay(page.id, way=way)
    waiting = gateway.read_session(page.id)
    assert (waiting.state, waiting.settled, waiting.failed) == ("complete", False, False)
    standin.hook(f"sessions/{page.id}/settle")
    ended = gateway.read_session(page.id)
    assert (ended.settled, ended.failed) == (not failed, failed)


def test_an_open_page_can_be_closed_once(gateway: StripeGateway) -> None:
    page = gateway.open_session(REQUEST)
    assert gateway.expire_session(page.id).state == "expired"
    with pytest.raises(ProcessorRefused):
        gateway.expire_session(page.id)


def test_a_paid_page_cannot_be_closed(gateway: StripeGateway, standin: RunningStandIn) -> None:
    with pytest.raises(ProcessorRefused):
        gateway.expire_session(paid(gateway, standin).id)


def test_a_page_that_does_not_exist_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(ProcessorRefused) as refused:
        gateway.read_session("cs_test_nobody")
    assert refused.value.code == "resource_missing"


def refund_of(report: SessionReport, amount: Money, refund_id: str = "refund-1") -> RefundRequest:
    assert report.captured is not None
    return RefundRequest(refund_id, "order-1", report.captured.intent_id, amount)


def test_a_refund_is_made_once_under_our_own_id(gateway: StripeGateway, standin: RunningStandIn) -> None:
    asked = refund_of(paid(gateway, standin), usd(6200))
    assert gateway.refund(asked) == gateway.refund(asked)
    assert gateway.refund(asked).state == "made"
    assert {one["idempotency_key"] for one in sent(standin, REFUNDS)} == {"refund-refund-1"}


def test_more_than_was_paid_is_not_given_back(gateway: StripeGateway, standin: RunningStandIn) -> None:
    with pytest.raises(ProcessorRefused):
        gateway.refund(refund_of(paid(gateway, standin), usd(6201)))


@pytest.mark.parametrize("kind", ["error_before", "error_after", "reset_before", "reset_after"])
def test_a_hiccup_is_tried_again_with_the_same_key(gateway: StripeGateway, standin: RunningStandIn, kind: str) -> None:
    standin.hook("faults", kind=kind, method="POST", path=SESSIONS, count=1)
    if kind == "error_after":  # Stripe keeps a 500 and repeats it
        with pytest.raises(ProcessorDown):
            gateway.open_session(REQUEST)
    else:
        assert gateway.open_session(REQUEST).order_id == "order-1"
    keys = [one["idempotency_key"] for one in sent(standin, SESSIONS)]
    assert len(keys) >= 2 or kind.endswith("before")
    assert set(keys) == {"session-order-1"}


@pytest.mark.parametrize("kind", ["error_before", "rate_limit", "reset_before"])
def test_a_processor_that_stays_down_is_told(gateway: StripeGateway, standin: RunningStandIn, kind: str) -> None:
    standin.hook("faults", kind=kind, method="POST", path=SESSIONS, count=9)
    with pytest.raises(ProcessorDown):
        gateway.open_session(REQUEST)


def test_an_answer_that_takes_too_long_is_a_processor_that_is_down(
    standin: RunningStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.payments.stripe_gateway.TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr("shop.payments.stripe_gateway.RETRIES", 0)
    hasty = StripeGateway(key=STANDIN_KEY, secrets=[], api_base=standin.base_url)
    standin.hook("faults", kind="slow", method="POST", path=SESSIONS, count=1, delay=1.0)
    with pytest.raises(ProcessorDown):
        hasty.open_session(REQUEST)


def test_a_request_that_is_being_answered_already_is_busy_and_not_down(
    standin: RunningStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.payments.stripe_gateway.RETRIES", 0)
    first, second = (StripeGateway(key=STANDIN_KEY, secrets=[], api_base=standin.base_url) for _ in range(2))
    standin.hook("faults", kind="slow", method="POST", path=SESSIONS, count=1, delay=0.8)
    opening = threading.Thread(target=first.open_session, args=(REQUEST,))
    opening.start()
    while not sent(standin, SESSIONS):
        time.sleep(0.01)
    with pytest.raises(ProcessorBusy):
        second.open_session(REQUEST)
    opening.join()


def test_a_processor_that_is_not_there_is_down() -> None:
    with pytest.raises(ProcessorDown):
        StripeGateway(key=STANDIN_KEY, secrets=[], api_base="http://127.0.0.1:9").holdings()


def test_nobody_is_spoken_to_while_a_transaction_is_open(app: Flask, gateway: StripeGateway) -> None:
    with pytest.raises(NetworkInsideTransaction), transaction():
        gateway.holdings()


@pytest.mark.skipif(not FILE.exists(), reason="Stripe's description is not at hand")
def test_stripe_knows_everything_that_we_send(gateway: StripeGateway, standin: RunningStandIn) -> None:
    gateway.refund(refund_of(paid(gateway, standin), usd(6200)))
    problems = [
        problem
        for asked in standin.requests()
        if asked["path"] in (SESSIONS, REFUNDS)
        for problem in Spec().request_problems(asked["method"], asked["path"], asked["params"])
    ]
    assert problems == []


def test_stripe_s_tax_is_told_by_item_and_delivery(gateway: StripeGateway, standin: RunningStandIn) -> None:
    request = request_for("order-tax", reckon_tax=True)
    page = gateway.open_session(request)
    standin.pay(page.id, email="robin@example.org")
    paid_page = gateway.read_session(page.id)
    assert paid_page.taxed is not None
    assert (paid_page.taxed.items, paid_page.taxed.delivery) == ((500, 0), 50)
    assert paid_page.captured is not None
    assert paid_page.captured.amount == usd(5000 + 700 + 500 + 550)


def test_stripe_s_tax_within_prices_adds_nothing(gateway: StripeGateway, standin: RunningStandIn) -> None:
    page = gateway.open_session(request_for("order-tax", reckon_tax=True, tax_inclusive=True))
    standin.pay(page.id, email="robin@example.org")
    paid_page = gateway.read_session(page.id)
    assert paid_page.taxed is not None
    assert (paid_page.taxed.items, paid_page.taxed.delivery) == ((455, 0), 45)
    assert paid_page.captured is not None
    assert paid_page.captured.amount == usd(6200)


@pytest.mark.skipif(not FILE.exists(), reason="Stripe's description is not at hand")
def test_pages_with_tax_and_without_delivery_conform(gateway: StripeGateway, standin: RunningStandIn) -> None:
    gateway.open_session(request_for("taxed", reckon_tax=True, tax_inclusive=True))
    gateway.open_session(request_for("picked-up", delivery=Delivery("Pick-up", usd(0), "")))
    for asked in sent(standin, SESSIONS):
        assert Spec().request_problems("POST", SESSIONS, asked["params"]) == []
    assert "shipping_options" not in sent(standin, SESSIONS)[1]["params"]
