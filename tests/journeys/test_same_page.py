"""The same key asks for the same page, whatever words staff change between two tries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from shop.cart.rules import GiftChoice
from shop.catalogue.said import COLOURS
from shop.core import codes
from shop.core.config import STANDIN_KEY
from shop.core.database import end_read, transaction
from shop.core.errors import Unavailable
from shop.core.languages import SPANISH, speaking
from shop.giving.queries import FUNDS
from shop.journeys.keep_phrases import say_phrases
from shop.journeys.open_page import Started
from shop.journeys.services import Services
from shop.journeys.start_checkout import start_checkout
from shop.journeys.start_gift import NewGift
from shop.journeys.start_monthly import start_monthly
from shop.journeys.tidy_up import tidy_up
from shop.payments.asked import KEPT_FOR, keep_request, kept_request
from shop.payments.gateway import Delivery, SessionRequest
from shop.payments.reports import SessionReport
from shop.payments.stripe_gateway import StripeGateway
from shop.stripe_standin.testing import RunningStandIn
from tests.support.factories import Shopper, open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.till import Till


def says(shelf: str, english: str, spanish: str, *, seen: int) -> None:
    say_phrases(shelf, "es", {english: spanish}, seen=seen, actor="robin")


def fails_once(shopper: Shopper) -> None:
    """The page was opened, and the answer got lost; what the order held is free again."""
    shopper.till.processor.fails("open_session", "after")
    with speaking(SPANISH), pytest.raises(Unavailable):
        shopper.puts("TEE-M").gives(500).checks_out()


def test_a_lost_page_is_closed_after_its_words_were_changed(shopper: Shopper, till: Till) -> None:
    says(COLOURS, "Ink", "Tinta", seen=0)
    fails_once(shopper)
    says(COLOURS, "Ink", "Azul tinta", seen=1)
    till.works()
    (page,) = till.processor.pages.values()
    assert "Tinta" in page.request.items[0].name
    assert page.state == "expired"


def test_without_what_was_kept_the_lost_page_stays_open(
    shopper: Shopper, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the words of today are refused under yesterday's key."""
    monkeypatch.setattr("shop.journeys.payment_page.kept_request", lambda _order_id, _kind: None)
    says(COLOURS, "Ink", "Tinta", seen=0)
    fails_once(shopper)
    says(COLOURS, "Ink", "Azul tinta", seen=1)
    till.works()
    (page,) = till.processor.pages.values()
    assert page.state == "open"


class Dying(StripeGateway):
    """Opens a page and dies before it can say so."""

    def open_session(self, request: SessionRequest) -> SessionReport:
        super().open_session(request)
        raise KeyboardInterrupt


def test_stripe_answers_a_second_try_with_the_first_page(
    shopper: Shopper, till: Till, standin: RunningStandIn, held_clock: HeldClock
) -> None:
    """The process died between Stripe's answer and keeping it; the button is pressed again in a new one."""
    held_clock.set_to(datetime.now(UTC))  # as the stand-in has it
    dying, alive = (
        Services(made(key=STANDIN_KEY, secrets=(), api_base=standin.base_url), till.post, base, "hello@shop.test")
        for made, base in ((Dying, "http://shop.test"), (StripeGateway, "http://moved.test"))
    )
    says(COLOURS, "Ink", "Tinta", seen=0)
    shopper.puts("TEE-M", 2).gives(500)
    with pytest.raises(KeyboardInterrupt):
        goes_to_pay(shopper, dying)
    says(COLOURS, "Ink", "Azul tinta", seen=1)
    started = goes_to_pay(shopper, alive)
    assert started.url.startswith(standin.base_url)
    asked = [one["idempotency_key"] for one in standin.requests() if one["path"] == "/v1/checkout/sessions"]
    assert asked == [f"session-{started.order_id}"] * 2


def goes_to_pay(shopper: Shopper, services: Services) -> Started:
    with speaking(SPANISH):
        return start_checkout(shopper.cart, country="US", note="", services=services)


def test_a_monthly_gift_is_asked_for_twice_in_the_words_of_the_first_time(app: Flask, till: Till) -> None:
    open_shop()
    form = NewGift(codes.new_token(), GiftChoice("own", 1_000))
    says(FUNDS, "Open Fund", "Fondo abierto", seen=0)
    till.processor.watch = dies_after("open_monthly")
    with speaking(SPANISH):
        with pytest.raises(KeyboardInterrupt):
            start_monthly(form, services=till.services)
        end_read()
        till.processor.watch = lambda _moment: None
        says(FUNDS, "Open Fund", "El fondo abierto", seen=1)
        assert start_monthly(form, services=till.services)
    assert len(till.processor.monthly_pages) == 1


def dies_after(name: str) -> Callable[[str], None]:
    def watch(moment: str) -> None:
        if moment == f"{name}:after":
            raise KeyboardInterrupt

    return watch


def test_what_was_asked_for_is_forgotten_after_days(app: Flask, held_clock: HeldClock) -> None:
    delivery = Delivery("Delivery: Home", usd(500), "US")
    with transaction():
        keep_request("of an order", delivery)
    for step, left in ((KEPT_FOR, delivery), (timedelta(seconds=1), None)):
        held_clock.forward(step)
        tidy_up()
        assert kept_request("of an order", Delivery) == left
        end_read()
