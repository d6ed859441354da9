"""R1: many buyers, few units, over real HTTP. Exactly as many are sold as there were; every loser is told kindly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest

from shop.catalogue.queries import variants_in_cart
from shop.core import clock
from shop.core.database import end_read
from shop.journeys.keep_preorders import open_preorder
from shop.journeys.keep_stock import count_stock
from shop.stock.queries import available_of
from tests.support import backstage
from tests.support.servers import RunningStore
from tests.support.shopper import Crowd, Shopper, WireBrowser

pytestmark = pytest.mark.soak  # a whole store over real HTTP for each

TEE_M = 2  # the id of the variant that everybody wants


@dataclass(frozen=True)
class Race:
    """How it ended: who was led to a payment page, what the others were told, and how long it took."""

    winners: list[Shopper]
    losers: list[Shopper]
    seconds: float

    @property
    def told(self) -> set[int]:
        return {loser.page.status for loser in self.losers}


def run_race(store: RunningStore, crowd: Crowd, *, buyers: int, units: int) -> Race:
    """Everybody has one in the cart; then everybody presses the button at once."""
    with backstage.inside(store):
        seen = available_of([TEE_M])[TEE_M]
        count_stock(variant_id=TEE_M, counted=units, seen=seen, reason="race", actor="robin")
    people = [crowd.comes() for _ in range(buyers)]
    _all_at_once(people, lambda one: one.puts("tee"))
    assert {one.page.status for one in people} == {303}
    began = time.monotonic()
    _all_at_once(people, lambda one: one.checks_out(version=""))
    seconds = time.monotonic() - began
    return Race([one for one in people if one.at_payment], [one for one in people if not one.at_payment], seconds)


def assert_fair(store: RunningStore, race: Race, *, units: int) -> None:
    """Sold exactly what there was, and nobody was left without an answer in words."""
    assert len(race.winners) == units, f"{len(race.winners)} of {units} sold; the others were told {race.told}"
    assert race.told == {409}
    words = ("Somebody was faster", "Sold out in this size and colour", "is no longer")
    assert all(any(one in loser.page.text for one in words) for loser in race.losers)
    for winner in race.winners:
        winner.pays(store.standin).comes_back()
        assert winner.page.location.startswith("/orders/")
    backstage.works(store)
    end = backstage.end_of(store)
    assert dict(end.orders) == {"paid": units}
    assert (end.charges, end.mails, end.unfinished) == (units, units, 0)
    assert end.stock[TEE_M - 1] == (units, 0, units, 0)


def test_exactly_as_many_are_pre_ordered_as_there_are_places(store: RunningStore, crowd: Crowd) -> None:
    """The shelf has two, the pre-order five places; each wants one. Who saw one on the shelf that was gone by then is
    told so, and presses again where there are places left.
    """
    with backstage.inside(store):
        day = clock.now().date() + timedelta(days=20)
        tee = variants_in_cart([TEE_M])[TEE_M]
        end_read()
        open_preorder(tee.product_id, {TEE_M: 5}, ships_by=day, order_until=None, reason="race", actor="robin")
    race = run_race(store, crowd, buyers=40, units=2)
    assert 2 <= len(race.winners) <= 7
    assert race.told == {409}
    again = [one for one in race.losers if one.checks_out().at_payment]
    assert len(race.winners) + len(again) == 7
    found = backstage.rows(store, "SELECT held, preordered, preorder_cap FROM stock_levels WHERE variant_id = 2")
    assert found == [(2, 5, 5)]


def _all_at_once(people: Iterable[Shopper], act: Callable[[Shopper], object]) -> None:
    everyone = list(people)
    line = threading.Barrier(len(everyone))

    def ready(one: Shopper) -> None:
        line.wait()
        act(one)

    with ThreadPoolExecutor(len(everyone)) as pool:
        for done in [pool.submit(ready, one) for one in everyone]:
            done.result()


@pytest.mark.parametrize(("buyers", "units"), [(200, 1), (300, 20)])
def test_exactly_as_many_are_sold_as_there_were(
    store: RunningStore, crowd: Crowd, buyers: int, units: int, record_property: Callable[[str, object], None]
) -> None:
    race = run_race(store, crowd, buyers=buyers, units=units)
    record_property("seconds", round(race.seconds, 2))
    print(f"\n{buyers} buyers, {units} units: {len(race.winners)} sold in {race.seconds:.2f} s")  # noqa: T201
    assert_fair(store, race, units=units)


def test_without_the_guard_the_race_is_seen_to_oversell(broken_store: RunningStore, crowd: Crowd) -> None:
    """The negative control: if this one passed the check above, that check would prove nothing."""
    backstage.serve(broken_store, "tests.support.naive_store")
    race = run_race(broken_store, crowd, buyers=12, units=1)
    assert len(race.winners) > 1
    with pytest.raises(AssertionError, match="of 1 sold"):
        assert_fair(broken_store, race, units=1)
    assert backstage.breaches(broken_store)


def test_one_visitor_pressing_sixteen_times_at_once_makes_one_order(store: RunningStore, crowd: Crowd) -> None:
    first = crowd.comes().puts("tee", quantity=2).gives(500)
    assert isinstance(first.browser, WireBrowser)
    hands = [crowd.comes(first.browser.cookies) for _ in range(16)]
    _all_at_once(hands, lambda one: one.checks_out(version=""))
    assert {hand.page.status for hand in hands} <= {303, 503}
    sessions = {hand.session_id for hand in hands if hand.at_payment}
    assert len(sessions) == 1
    assert sum(hand.at_payment for hand in hands) == 16, [hand.page.status for hand in hands]
    assert backstage.rows(store, "SELECT COUNT(*) FROM orders") == [(1,)]
    assert backstage.rows(store, "SELECT held FROM stock_levels WHERE variant_id = 2") == [(2,)]
    assert len(store.standin.world.store.rows("SELECT id FROM object WHERE kind = 'checkout.session'")) == 1
