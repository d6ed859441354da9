"""What Stripe's library sends for monthly gifts, and what becomes of its answers; spoken to a stand-in over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shop.core import clock
from shop.core.config import STANDIN_KEY
from shop.payments.gateway import ProcessorRefused
from shop.payments.monthly import MonthlyRequest, Split, SubscriptionChange, SubscriptionReport
from shop.payments.stripe_gateway import StripeGateway
from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.spec import FILE, Spec
from tests.support.factories import usd


@pytest.fixture
def gateway(standin: RunningStandIn) -> StripeGateway:
    return StripeGateway(key=STANDIN_KEY, secrets=[], api_base=standin.base_url)


def request_for(gift_id: str = "gift-1", **changes: Any) -> MonthlyRequest:
    wanted: dict[str, Any] = {
        "gift_id": gift_id,
        "name": "Monthly gift to Open Fund",
        "note": "$0.61 of it covers the card fee.",
        "gift": usd(1_000),
        "fee_cover": usd(61),
        "success_url": "http://shop.test/monthly/return?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/donate?resume=x",
        "expires_at": clock.now().replace(microsecond=0) + timedelta(minutes=40),
    }
    return MonthlyRequest(**(wanted | changes))


def begun(gateway: StripeGateway, standin: RunningStandIn) -> SubscriptionReport:
    page = gateway.open_monthly(request_for())
    standin.pay(page.id, email="robin@example.org")
    subscription_id = gateway.read_monthly_page(page.id).subscription_id
    assert subscription_id is not None
    return gateway.read_subscription(subscription_id)


def test_a_month_is_read_with_its_money(gateway: StripeGateway, standin: RunningStandIn) -> None:
    one = begun(gateway, standin)
    assert (one.gift_id, one.state, one.total, one.split) == ("gift-1", "active", usd(1_061), Split(1_000, 61))
    (seen,) = one.invoices
    assert (seen.subscription_id, seen.state, seen.email) == (one.id, "paid", "robin@example.org")
    paid = gateway.read_invoice(seen.id)
    assert paid.seen.split == Split(1_000, 61)
    assert paid.captured is not None
    assert (paid.captured.amount, paid.captured.fee) == (usd(1_061), usd(61))
    assert gateway.invoice_of_intent(paid.captured.intent_id) == seen.id
    assert gateway.invoice_of_intent("pi_other") is None


def test_the_same_page_again_is_the_same_page(gateway: StripeGateway) -> None:
    wanted = request_for()
    assert gateway.open_monthly(wanted) == gateway.open_monthly(wanted)


def test_another_amount_keeps_its_product_and_its_words(gateway: StripeGateway, standin: RunningStandIn) -> None:
    one = begun(gateway, standin)
    change = SubscriptionChange(one.id, usd(2_000), usd(91), "key-1")
    gateway.change_subscription(change)
    gateway.change_subscription(change)
    after = gateway.read_subscription(one.id)
    assert (after.total, after.split) == (usd(2_091), Split(2_000, 91))
    standin.hook(f"subscriptions/{one.id}/month", declines=True)
    refused = gateway.read_subscription(one.id)
    assert (refused.state, refused.invoices[-1].attempts) == ("past_due", 1)
    assert refused.invoices[-1].next_try is not None


def test_it_ends_once_and_says_why(gateway: StripeGateway, standin: RunningStandIn) -> None:
    one = begun(gateway, standin)
    assert gateway.open_portal(one.customer_id, return_url="http://shop.test/monthly/x", language="es").startswith(
        f"{standin.base_url}/portal/"
    )
    gateway.end_subscription(one.id)
    with pytest.raises(ProcessorRefused):
        gateway.end_subscription(one.id)
    after = gateway.read_subscription(one.id)
    assert (after.state, after.reason, after.next_on) == ("ended", "asked", None)


def test_a_connected_account_is_ready_when_stripe_asks_for_nothing(
    gateway: StripeGateway, standin: RunningStandIn
) -> None:
    account_id = standin.hook("accounts", ready=False)["id"]
    waiting = gateway.read_account(account_id)
    assert (waiting.ready, waiting.due[0]) == (False, "external_account")
    standin.hook("accounts", id=account_id, ready=True)
    assert gateway.read_account(account_id).ready
    with pytest.raises(ProcessorRefused):
        gateway.read_account("acct_none123")


def test_a_page_that_is_closed_cannot_be_paid_on(gateway: StripeGateway) -> None:
    page = gateway.open_monthly(request_for())
    gateway.expire_session(page.id)
    assert gateway.read_monthly_page(page.id).state == "expired"


@pytest.mark.skipif(not FILE.exists(), reason="Stripe's description is not at hand")
def test_all_that_is_sent_is_what_stripe_knows(gateway: StripeGateway, standin: RunningStandIn) -> None:
    one = begun(gateway, standin)
    gateway.change_subscription(SubscriptionChange(one.id, usd(2_000), usd(0), "key-2"))
    gateway.read_invoice(one.invoices[0].id)
    gateway.invoice_of_intent("pi_x")
    gateway.open_portal(one.customer_id, return_url="http://shop.test/", language="en")
    gateway.end_subscription(one.id)
    spec = Spec()
    for asked in standin.requests():
        assert spec.request_problems(asked["method"], asked["path"], asked["params"]) == [], asked["path"]
