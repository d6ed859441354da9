"""Stock runs low: told once for each crossing, to those who asked, and once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from shop.core.config import Settings
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.journeys.go_live import note_live
from shop.journeys.keep_stock import adjust_stock, receive_stock
from shop.journeys.watch_stock import promise_digest, set_stock_thresholds, set_stock_watchers, watch_stock
from shop.mail.queries import letters_to
from shop.orders.queries.counted import UNCOUNTED
from shop.stock.watching import Threshold, gone_since, set_thresholds, thresholds
from tests.admin.desk import hired
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Till


@pytest.fixture
def settings(held_clock: HeldClock, settings: Settings) -> Settings:
    """The clock comes before the store."""
    return settings


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(pledge=None)


@pytest.fixture
def ada(shelf: Shelf) -> int:
    """Ada wants to know at once, Kim daily."""
    ada, kim = hired(name="Ada"), hired(name="Kim")
    set_stock_watchers({ada: (True, False), kim: (False, True)}, actor="Ada")
    return ada


def loses(shelf: Shelf, sku: str, units: int) -> None:
    adjust_stock(variant_id=shelf.variants[sku], change=-units, reason="Lost", actor="Ada")


def mails(name: str) -> int:
    found = len(letters_to(f"{name}@example.org"))
    end_read()
    return found


def test_each_crossing_is_told_once_to_those_who_want_it_at_once(shelf: Shelf, ada: int, till: Till) -> None:
    assert watch_stock() == 0
    loses(shelf, "TEE-M", 5)
    assert (watch_stock(), watch_stock()) == (1, 0)
    loses(shelf, "TEE-M", 1)
    assert watch_stock() == 0
    till.works()
    assert (mails("ada"), mails("kim")) == (1, 0)
    receive_stock(variant_id=shelf.variants["TEE-M"], quantity=9, reason="Delivery", actor="Ada")
    watch_stock()
    loses(shelf, "TEE-M", 9)
    assert watch_stock() == 1
    till.works()
    assert mails("ada") == 2


def test_sweeps_at_once_tell_a_crossing_once(app: Flask, shelf: Shelf, ada: int) -> None:
    loses(shelf, "TEE-M", 6)
    assert sum(told for told in at_once(app, 6, lambda _: watch_stock()) if isinstance(told, int)) == 1


def test_a_digest_comes_once_a_day_in_the_morning(shelf: Shelf, ada: int, till: Till, held_clock: HeldClock) -> None:
    loses(shelf, "TEE-M", 6)
    for _ in range(3):
        promise_digest()
        till.works()
    assert (mails("kim"), mails("ada")) == (1, 0)
    held_clock.forward(hours=16)  # four in the morning
    promise_digest()
    till.works()
    assert mails("kim") == 1
    held_clock.forward(hours=3)
    promise_digest()
    till.works()
    assert mails("kim") == 2


def test_a_size_may_have_a_number_of_its_own_or_days(shelf: Shelf, ada: int, till: Till) -> None:
    medium, large = shelf.variants["TEE-M"], shelf.variants["TEE-L"]
    set_stock_thresholds(shelf.product_id, {medium: Threshold(10), large: Threshold(2)}, actor="Ada")
    loses(shelf, "TEE-L", 6)
    assert watch_stock() == 1
    set_stock_thresholds(shelf.product_id, {medium: None}, actor="Ada")
    watch_stock()
    assert watch_stock() == 0


def test_days_of_cover_follow_what_was_sent(shelf: Shelf, till: Till, shopper: Shopper) -> None:
    from shop.journeys.fulfil_order import fulfil_order

    medium = shelf.variants["TEE-M"]
    shopper.buys("TEE-M", 4)
    fulfil_order(order_id=shopper.order_id, actor="Ada")
    with transaction():
        set_thresholds({medium: Threshold(0, 30)}, uncounted=UNCOUNTED)
    assert thresholds([medium]) == {medium: Threshold(5, 30)}, "4 in 28 days are 4.3 in 30"
    note_live(live=True)
    watch_stock()
    assert thresholds([medium]) == {medium: Threshold(0, 30)}, "what was sold was a test"


@pytest.mark.parametrize("wrong", [Threshold(-1), Threshold(0, 366), Threshold(100_001)])
def test_thresholds_have_bounds(shelf: Shelf, wrong: Threshold) -> None:
    with pytest.raises(Invalid):
        set_stock_thresholds(shelf.product_id, {shelf.variants["TEE-M"]: wrong}, actor="Ada")


def test_how_long_a_size_was_gone_is_read_from_its_movements(shelf: Shelf, held_clock: HeldClock) -> None:
    begun = held_clock.now
    held_clock.forward(days=1)
    loses(shelf, "TEE-M", 10)
    held_clock.forward(days=3)
    receive_stock(variant_id=shelf.variants["TEE-M"], quantity=1, reason="Delivery", actor="Ada")
    loses(shelf, "TEE-L", 10)
    held_clock.forward(days=2)
    loses(shelf, "TEE-M", 1)
    held_clock.forward(days=1)
    gone = gone_since(begun)
    assert [(one.variant_id, one.time, one.stretches, one.now) for one in gone] == [
        (shelf.variants["TEE-M"], timedelta(days=4), 2, True),
        (shelf.variants["TEE-L"], timedelta(days=3), 1, True),
    ]
    assert gone_since(held_clock.now - timedelta(hours=12))[0].time == timedelta(hours=12)
