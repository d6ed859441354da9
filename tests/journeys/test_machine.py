"""R4: random lives of a store. After every step each law holds, and nothing was sold that was not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shop.core import clock, outbox
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, Unavailable
from shop.journeys import settle_payment as settling
from shop.journeys.check_invariants import broken, broken_laws
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.keep_preorders import close_preorder, open_preorder
from shop.journeys.keep_stock import adjust_stock, receive_stock
from shop.journeys.open_page import AlreadyPaid
from shop.journeys.refund_order import refund_order
from shop.journeys.settle_payment import settle_payment
from shop.payments.reports import EventReport
from shop.stock.queries import available_of
from tests.journeys.rewinding import Rewinding
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import START, HeldClock
from tests.support.snapshots import commits
from tests.support.till import Till

SKUS = some.sampled_from(["TEE-S", "TEE-M", "TEE-L"])
FAULTS = some.sampled_from(["before", "after", "refuses"])


class Life(RuleBasedStateMachine):
    """Three shoppers, a worker, staff, and a processor whose news come late, twice, or never."""

    rewinding: Rewinding
    shelf: Shelf
    clock: HeldClock
    asked: tuple[int, datetime] | None = None

    @initialize()
    def opens(self) -> None:
        self.rewinding.back_to_the_start()
        self.clock.set_to(START)
        self.till = Till()
        self.shoppers = [Shopper(self.till) for _ in range(3)]
        self.heard: list[EventReport] = []
        self.late: list[EventReport] = []

    # Shoppers

    @rule(who=some.integers(0, 2), sku=SKUS, quantity=some.integers(1, 3))
    def puts(self, who: int, sku: str, quantity: int) -> None:
        try:
            self.shoppers[who].puts(sku, quantity)
        except Invalid:
            assert self.shoppers[who].cart.units > 17

    @rule(who=some.integers(0, 2), cents=some.integers(100, 900))
    def gives(self, who: int, cents: int) -> None:
        self.shoppers[who].gives(cents)

    @rule(who=some.integers(0, 2), note=some.sampled_from(["", "Hello"]))
    def checks_out(self, who: int, note: str) -> None:
        try:
            self.shoppers[who].checks_out(note=note)
        except AlreadyPaid:
            self.shoppers[who] = Shopper(self.till)
        except (Conflict, Invalid, Unavailable):
            end_read()

    @rule(who=some.integers(0, 2), fault=FAULTS)
    def checks_out_while_the_processor_fails(self, who: int, fault: str) -> None:
        self.till.processor.fails("open_session", fault)  # type: ignore[arg-type]  # one of the three words
        self.checks_out(who, "Hello")
        self.till.processor.forget_faults()

    @rule(who=some.integers(0, 2), slowly=some.booleans())
    def pays(self, who: int, slowly: bool) -> None:
        shopper = self.shoppers[who]
        if shopper.started and self.till.processor.page_of(shopper.order_id).state == "open":
            shopper.pays_slowly() if slowly else shopper.pays()

    @rule(who=some.integers(0, 2))
    def comes_back(self, who: int) -> None:
        if self.shoppers[who].started:
            self.shoppers[who].comes_back()

    # Banks, time, and the news of both

    @rule(arrives=some.booleans())
    def slow_money_moves(self, arrives: bool) -> None:
        for page in self.till.processor.pages.values():
            if page.money == "moving":
                move = self.till.processor.slow_money_arrives if arrives else self.till.processor.slow_money_fails
                move(page.id)
                return

    @rule(minutes=some.sampled_from([1, 15, 39, 45]))
    def time_goes_by(self, minutes: int) -> None:
        """Never so long that the sweep, which comes every five minutes, would have been left out."""
        self.clock.forward(minutes=minutes)
        self.sweeps()

    @rule(data=some.data())
    def hears_some_news(self, data: some.DataObject) -> None:
        self.late += self.till.processor.told()
        if self.late:
            told = data.draw(some.sampled_from(self.late))
            self.late.remove(told)
            self.heard.append(told)
            self.till.hears(told)

    @precondition(lambda self: bool(getattr(self, "heard", None)))
    @rule(data=some.data(), again=some.integers(1, 4))
    def hears_old_news(self, data: some.DataObject, again: int) -> None:
        told = data.draw(some.sampled_from(self.heard))
        assert [self.till.hears(told) for _ in range(again)] == [0] * again
        if told.object_id in self.till.processor.pages:
            settle_payment(told.object_id, self.till.services)

    @rule()
    def loses_news(self) -> None:
        self.late.clear()
        self.till.processor.told()

    # The house

    @rule()
    def works(self) -> None:
        self.till.works()

    @rule()
    def sweeps(self) -> None:
        self.till.sweeps()

    @rule(who=some.integers(0, 2))
    def sends(self, who: int) -> None:
        self.attempt(lambda order_id: fulfil_order(order_id=order_id, actor="robin"), who)

    @rule(who=some.integers(0, 2))
    def gives_back(self, who: int) -> None:
        self.attempt(lambda order_id: refund_order(order_id=order_id, reason="Asked", actor="robin"), who)

    @rule(sku=SKUS, quantity=some.integers(1, 4))
    def receives(self, sku: str, quantity: int) -> None:
        receive_stock(variant_id=self.shelf.variants[sku], quantity=quantity, reason="Delivery", actor="robin")

    @rule(sku=SKUS, cap=some.integers(1, 4), days=some.integers(5, 40))
    def opens_a_preorder(self, sku: str, cap: int, days: int) -> None:
        """Or moves its day, or its cap, as far as that is not below what is promised."""
        try:
            open_preorder(
                self.shelf.product_id,
                {self.shelf.variants[sku]: cap},
                ships_by=clock.now().date() + timedelta(days=days),
                order_until=None,
                reason="A print run",
                actor="robin",
            )
        except Conflict:
            end_read()

    @rule(who=some.integers(0, 2), sku=SKUS, pays=some.booleans())
    def wants_one_more_than_there_are(self, who: int, sku: str, pays: bool) -> None:
        """Somebody new, of a size that may be pre-ordered."""
        self.opens_a_preorder(sku, 4, 20)
        left = available_of([self.shelf.variants[sku]])[self.shelf.variants[sku]]
        end_read()
        self.shoppers[who] = shopper = Shopper(self.till)
        try:
            shopper.puts(sku, max(left, 0) + 1).checks_out()
        except (Conflict, Invalid, Unavailable):
            end_read()
        if pays and shopper.started:
            shopper.pays().comes_back()

    @rule(sku=SKUS)
    def closes_a_preorder(self, sku: str) -> None:
        close_preorder(self.shelf.product_id, [self.shelf.variants[sku]], reason="Enough", actor="robin")

    @rule(sku=SKUS, change=some.integers(-3, -1))
    def loses_some(self, sku: str, change: int) -> None:
        try:
            adjust_stock(variant_id=self.shelf.variants[sku], change=change, reason="Wet", actor="robin")
        except Conflict:
            end_read()

    def attempt(self, deed: Callable[[str], object], who: int) -> None:
        shopper = self.shoppers[who]
        if shopper.started:
            try:
                deed(shopper.order_id)
            except Conflict:
                end_read()

    @invariant()
    def every_law_holds(self) -> None:
        """Asked after each step that wrote something or moved the clock; after the others there is no other answer.

        What cannot heal (the hash chains, the file) is asked at the end of each life.
        """
        now = commits(), clock.now()
        if hasattr(self, "till") and now != self.asked:
            self.asked = now
            assert broken_laws() == []

    @invariant()
    def nobody_is_charged_twice_for_a_cart(self) -> None:
        for page in getattr(self, "till", Till()).processor.pages.values():
            assert page.refunded <= (page.amount.minor if page.amount else 0)

    def teardown(self) -> None:
        """At the end all that was left over is settled by the sweep alone."""
        if not hasattr(self, "till"):
            return
        self.clock.forward(hours=2)
        for page in self.till.processor.pages.values():
            if page.money == "moving":
                page.money = "arrived"
        self.till.sweeps()
        if any(_unkept()):  # what failed once has its second try
            self.clock.forward(minutes=5)
            self.till.sweeps()
        assert (_unkept(), broken()) == ((0, 0), [])


def _unkept() -> tuple[int, int]:
    """Promises that wait, and dead ones."""
    found = outbox.waiting_and_dead()
    end_read()
    return found


@pytest.fixture
def life(app: Flask, held_clock: HeldClock) -> Iterator[type[Life]]:
    """Machines that share this test's database and clock, three of each size on the shelf."""
    Life.shelf, Life.clock = open_shop(stock=3, cap=4000), held_clock
    Life.rewinding = Rewinding()
    yield Life
    Life.rewinding.back_to_the_start()


@pytest.mark.only_on("sqlite")
def test_random_lives_break_no_law(life: type[Life]) -> None:
    live(life, lives=10, steps=30)


@pytest.mark.soak
@pytest.mark.only_on("sqlite")
def test_more_random_lives_break_no_law(life: type[Life]) -> None:
    live(life, lives=30, steps=40)


@pytest.mark.night
@pytest.mark.only_on("sqlite")
def test_a_thousand_long_lives_break_no_law(life: type[Life]) -> None:
    live(life, lives=1_000, steps=50)


@pytest.mark.only_on("sqlite")
def test_the_control_a_store_that_keeps_holds_for_ever_is_found_out(
    life: type[Life], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "release", lambda _order_id: True)
    with pytest.raises(AssertionError, match="I3"):
        live(life, lives=25, steps=30, phases=[Phase.generate])


def live(life: type[RuleBasedStateMachine], *, lives: int, steps: int, phases: Sequence[Phase] = tuple(Phase)) -> None:
    slow_is_fine = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=slow_is_fine,
            phases=phases,
        ),
    )
