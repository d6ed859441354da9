"""Stolen cards are tried here in vain: pages are limited, and many declines pause gifts and alarm the staff."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.core.rates import UsedUp
from shop.journeys.card_testing import DECLINES, Visitor, count_page
from shop.journeys.start_checkout import start_checkout
from shop.payments.queries.till import till as settings
from shop.payments.reports import EventReport
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Till

FAR = "203.0.113.7"


def _opens(shopper: Shopper, till: Till, *, note: str, address: str = FAR) -> None:
    """Another page, because the note is another."""
    start_checkout(shopper.cart, country="US", note=note, services=till.services, address=address)


def test_a_browser_opens_five_pages_in_ten_minutes_and_keeps_its_cart(
    shopper: Shopper, till: Till, held_clock: HeldClock
) -> None:
    shopper.puts("TEE-M")
    for number in range(5):
        _opens(shopper, till, note=str(number))
    with pytest.raises(UsedUp) as told:
        _opens(shopper, till, note="one more")
    assert told.value.wait.total_seconds() <= 600
    held_clock.forward(minutes=10)
    _opens(shopper, till, note="later")


def test_the_same_page_again_costs_nothing(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M")
    for _ in range(12):
        _opens(shopper, till, note="same")


def test_twenty_pages_a_day(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M")
    for number in range(20):
        _opens(shopper, till, note=str(number))
        held_clock.forward(minutes=10)
    with pytest.raises(UsedUp):
        _opens(shopper, till, note="one more")


def test_a_network_that_drops_its_cookies_is_limited_too(app: Flask, till: Till) -> None:
    open_shop(stock=99)
    for number in range(30):
        _opens(Shopper(till).puts("TEE-M"), till, note=str(number))
    with pytest.raises(UsedUp):
        _opens(Shopper(till).puts("TEE-M"), till, note="")
    _opens(Shopper(till).puts("TEE-M"), till, note="", address="198.51.100.9")
    _opens(Shopper(till).puts("TEE-L"), till, note="", address="127.0.0.1")


def test_many_at_once_do_not_slip_through(app: Flask, shopper: Shopper, till: Till) -> None:
    carts = [Shopper(till).puts("TEE-M").cart for _ in range(9)]
    mark = carts[0].browser

    def press(one: int) -> object:
        cart = replace(carts[one], browser=mark)
        return start_checkout(cart, country="US", note="", services=till.services, address=FAR)

    answers = at_once(app, 9, press)
    assert sum(not isinstance(answer, Exception) for answer in answers) == 5
    assert {type(answer) for answer in answers if isinstance(answer, Exception)} == {UsedUp}


def test_without_the_count_they_do(
    app: Flask, shopper: Shopper, till: Till, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr("shop.core.rates.use", lambda _rates: None)
    shopper.puts("TEE-M")
    for number in range(8):
        _opens(shopper, till, note=str(number))


def _declined(number: int) -> EventReport:
    told = {"id": f"evt_{number}", "type": "payment_intent.payment_failed", "data": {"object": {"id": f"pi_{number}"}}}
    return EventReport(f"evt_{number}", "payment_intent.payment_failed", f"pi_{number}", told)


def test_many_declines_pause_gifts_and_alarm_the_staff_once(shopper: Shopper, till: Till) -> None:
    till.hears(*map(_declined, range(DECLINES)))
    till.works()
    assert settings().gifts_paused_at is None
    till.hears(*map(_declined, range(DECLINES, DECLINES + 5)))
    till.works()
    till.works()
    assert settings().gifts_paused_at is not None
    assert till.post.subjects == ["Gifts by themselves are paused"]


def test_declines_spread_over_days_alarm_nobody(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    for day in range(4):
        till.hears(*map(_declined, range(day * 10, day * 10 + 10)))
        till.works()
        held_clock.forward(hours=6)
    assert settings().gifts_paused_at is None


def test_nobody_s_address_is_counted_without_a_visitor(app: Flask) -> None:
    count_page(None)
    assert Visitor("203.0.113.7", "").browser == ""
