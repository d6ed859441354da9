"""Subscriptions in the stand-in: begun on the page, billed each month, refused, tried again, changed and cancelled."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from shop.stripe_standin.billing.cycles import month_after
from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.conftest import a_month, client_of, gift

DAY = 24 * 60 * 60


def begun(standin: RunningStandIn, client: stripe.StripeClient) -> Any:
    paid = standin.pay(client.v1.checkout.sessions.create(a_month()).id)
    return client.v1.subscriptions.retrieve(paid["subscription"])


def invoices(client: stripe.StripeClient, subscription_id: str) -> list[tuple[str, int]]:
    found = client.v1.invoices.list({"subscription": subscription_id}).data
    return [(str(one.status), one.attempt_count) for one in reversed(found)]


def kinds(client: stripe.StripeClient) -> list[str]:
    return [event.type for event in reversed(client.v1.events.list({"limit": 100}).data)]


def test_paying_begins_it_and_pays_its_first_month(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    one = begun(standin, client)
    assert (one.status, one.metadata.to_dict()) == ("active", {"monthly": "gift-1"})
    assert invoices(client, one.id) == [("paid", 1)]
    paid = client.v1.invoice_payments.list({"invoice": str(one.latest_invoice), "status": "paid"}).data
    intent = client.v1.payment_intents.retrieve(str(paid[0].payment.payment_intent))
    assert (intent.amount_received, intent.metadata.to_dict()) == (1_000, {})
    told = {"customer.subscription.created", "invoice.paid", "checkout.session.completed"}
    assert told <= set(kinds(client))


def test_a_declined_card_begins_nothing(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    page = client.v1.checkout.sessions.create(a_month())
    assert standin.pay(page.id, way="decline")["status"] == "open"
    assert client.v1.subscriptions.list().data == []


def test_months_pass_with_the_clock(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    one = begun(standin, client)
    standin.hook("clock", advance=32 * DAY)
    standin.hook("clock", advance=31 * DAY)
    assert invoices(client, one.id) == [("paid", 1)] * 3


def test_a_refused_card_is_asked_again_and_given_up_at_last(
    standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    one = begun(standin, client)
    assert standin.hook(f"subscriptions/{one.id}/month", declines=True)["status"] == "past_due"
    standin.hook("clock", advance=4 * DAY)
    assert invoices(client, one.id)[-1] == ("open", 2)
    assert standin.hook(f"subscriptions/{one.id}/retry", declines=False)["status"] == "active"
    standin.hook(f"subscriptions/{one.id}/month", declines=True)
    for _try in range(3):
        standin.hook("clock", advance=4 * DAY)
    ended = client.v1.subscriptions.retrieve(one.id)
    assert ended.cancellation_details is not None
    assert (ended.status, ended.cancellation_details.reason) == ("canceled", "payment_failed")
    assert kinds(client)[-1] == "customer.subscription.deleted"


def test_another_price_counts_from_the_next_month_on(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    one = begun(standin, client)
    item = one["items"].data[0]
    price: Any = {
        "currency": "usd",
        "product": item.price.product,
        "recurring": {"interval": "month"},
        "unit_amount": 2_500,
    }
    wanted: Any = {"items": [{"id": item.id, "price_data": price}], "proration_behavior": "none"}
    client.v1.subscriptions.update(one.id, wanted)
    standin.hook(f"subscriptions/{one.id}/month")
    found = client.v1.invoices.list({"subscription": one.id}).data
    assert [invoice.total for invoice in found] == [2_500, 1_000]


def test_a_cancelled_one_is_gone(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    one = begun(standin, client)
    client.v1.subscriptions.cancel(one.id)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.subscriptions.cancel(one.id)
    assert client.v1.subscriptions.list().data == []
    assert len(client.v1.subscriptions.list({"status": "all"}).data) == 1


def test_what_belongs_to_the_other_mode_is_refused(client: stripe.StripeClient) -> None:
    for wrong in (
        {**a_month(), "payment_intent_data": {"description": "x"}},
        {**a_month(), "submit_type": "donate"},
        gift(subscription_data={"description": "x"}),
        {**a_month(), "mode": "payment", "subscription_data": None},
    ):
        with pytest.raises(stripe.InvalidRequestError):
            client.v1.checkout.sessions.create({name: value for name, value in wrong.items() if value is not None})  # type: ignore[arg-type]  # wrong on purpose


def test_months_end_on_the_day_they_began(standin: RunningStandIn) -> None:
    last_of_january, last_of_february = 1_769_860_800, 1_772_280_000  # 2026-01-31 and 2026-02-28, 12:00 UTC
    assert month_after(last_of_january, last_of_january) == last_of_february
    assert month_after(last_of_february, last_of_january) == 1_774_958_400  # 2026-03-31


def test_the_portal_takes_a_card_and_stops(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    one = begun(standin, client)
    standin.hook(f"subscriptions/{one.id}/month", declines=True)
    back = "http://shop.test/monthly/x"
    portal = client.v1.billing_portal.sessions.create({"customer": str(one.customer), "return_url": back})
    page = client_of(standin)
    assert page is not None
    for what in ("card", "stop"):
        pressed(standin, portal.url, subscription=one.id, what=what)
    after = client.v1.subscriptions.retrieve(one.id)
    assert (after.status, after.cancel_at_period_end) == ("active", True)
    standin.hook("clock", advance=70 * DAY)
    assert client.v1.subscriptions.retrieve(one.id).status == "canceled"


def pressed(standin: RunningStandIn, url: str, **form: str) -> None:
    import urllib.parse
    import urllib.request

    with urllib.request.urlopen(url, timeout=10) as page:
        assert "Your subscriptions" in page.read().decode()
    with urllib.request.urlopen(url, urllib.parse.urlencode(form).encode(), timeout=10) as after:
        assert after.status == 200
