"""R4 with money after the sale: random lives in which staff, buyers, banks and the dashboard all give and take back.

The machine of `test_machine` with more rules; after every step each law holds, the books' among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from flask import Flask
from hypothesis import Phase
from hypothesis import strategies as some
from hypothesis.stateful import initialize, rule

from shop.core import codes
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, NotFound
from shop.journeys.cancel_order import cancel_order
from shop.journeys.refund_failed import try_refund_again
from shop.journeys.refund_order import give_part_back
from shop.journeys.refund_plan import Wish
from shop.orders.queries import lines_of
from shop.payments.queries import refunds_of
from tests.journeys.rewinding import Rewinding
from tests.journeys.test_machine import Life, live
from tests.support.factories import Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.hosted_page import Page
from tests.support.processor import charge_of
from tests.support.till import Till

WHO = some.integers(0, 2)
STATES = some.sampled_from(["made", "pending"])


class MoneyLife(Life):
    """A life in which money goes back in part, is contested, and is paid out.

    Two have bought before it begins, one of them with a gift: once for all lives (`bought`), as the database is.
    """

    bought: tuple[Till, list[Shopper]]

    @initialize()
    def opens(self) -> None:
        """With a copy of what there was at the start, inside and outside of the store."""
        Life.opens(self)
        lock = self.bought[0].processor._lock
        self.till, self.shoppers = deepcopy(self.bought, {id(lock): lock})

    @rule(who=WHO, units=some.integers(0, 2), delivery=some.sampled_from([0, 500]), gift=some.booleans())
    def gives_some_back(self, who: int, units: int, delivery: int, gift: bool) -> None:
        shopper = self.shoppers[who]
        if shopper.started is None:
            return
        lines = lines_of(shopper.order_id)
        end_read()
        wish = Wish(
            units={line.id: min(units, line.left) for line in lines},
            stock={line.id: "restocked" for line in lines},
            delivery=delivery,
            gift=100 if gift else 0,
        )
        try:
            give_part_back(order_id=shopper.order_id, wish=wish, key=codes.new_id(), reason="Torn", actor="robin")
        except (Conflict, Invalid):
            end_read()

    @rule(who=WHO, gift_back=some.booleans())
    def calls_off(self, who: int, gift_back: bool) -> None:
        shopper = self.shoppers[who]
        if shopper.started is not None:
            token = shopper.order.token
            try:
                cancel_order(token, gift_back=gift_back)
            except (Conflict, Invalid, NotFound):
                end_read()

    @rule(
        who=WHO,
        minor=some.sampled_from([100, 900, 9_000]),
        state=some.sampled_from(["made", "pending"]),
    )
    def somebody_gives_back_in_the_dashboard(self, who: int, minor: int, state: str) -> None:
        if (page := self.paid_page(self.shoppers[who])) and self.free(page) and not self.contested(page):
            self.till.processor.gives_back(page.id, min(minor, self.free(page)), state=state)

    @rule(who=WHO, won=some.booleans())
    def the_bank_speaks_of_a_refund(self, who: int, won: bool) -> None:
        if page := self.paid_page(self.shoppers[who]):
            for seen in self.till.processor.account.charges[charge_of(page)].refunds:
                if seen.report.state == "pending":
                    self.till.processor.bank_says(page.id, seen.stripe_id, "made" if won else "failed")
                    return

    @rule(who=WHO)
    def staff_try_again(self, who: int) -> None:
        if self.shoppers[who].started is not None:
            failed = [one.id for one in refunds_of(self.shoppers[who].order_id) if one.state == "failed"]
            end_read()
            for refund_id in failed:
                try_refund_again(refund_id=refund_id, actor="robin")

    @rule(who=WHO, part=some.sampled_from([1, 2]))
    def a_bank_contests(self, who: int, part: int) -> None:
        page = self.paid_page(self.shoppers[who])
        if page is not None and self.free(page) and not self.contested(page):
            self.till.processor.is_disputed(page.id, max(self.free(page) // part, 1))

    @rule(who=WHO, won=some.booleans())
    def a_bank_decides(self, who: int, won: bool) -> None:
        page = self.paid_page(self.shoppers[who])
        if page is not None and self.contested(page) == "needs_response":
            self.till.processor.decides(page.id, won=won)

    @rule()
    def stripe_pays_out(self) -> None:
        self.till.processor.account.pays_out()

    def paid_page(self, shopper: Shopper) -> Page | None:
        """The page on which this shopper's money arrived, its charge booked."""
        if shopper.started is None:
            return None
        page = self.till.processor.pages.get(f"cs_{shopper.order_id}")
        if page is None or page.money != "arrived" or page.amount is None:
            return None
        self.till.processor.read_charge(charge_of(page))
        return page

    def free(self, page: Page) -> int:
        """What is neither given back nor contested."""
        charge = self.till.processor.account.charges[charge_of(page)]
        return charge.left - sum(one.withdrawn for one in charge.disputes)

    def contested(self, page: Page) -> str:
        """How its dispute stands; empty without one."""
        found = self.till.processor.account.charges[charge_of(page)].disputes
        return found[0].status if found else ""


@pytest.fixture
def life(app: Flask, held_clock: HeldClock) -> Iterator[type[MoneyLife]]:
    """Machines that share this test's database and clock, four of each size on the shelf."""
    MoneyLife.shelf, MoneyLife.clock = open_shop(stock=4, cap=4000), held_clock
    shoppers = [Shopper(till := Till()), Shopper(till), Shopper(till)]
    shoppers[0].gives(700).buys("TEE-M", 2)
    shoppers[1].buys("TEE-S")
    MoneyLife.bought, MoneyLife.rewinding = (till, shoppers), Rewinding()
    yield MoneyLife
    MoneyLife.rewinding.back_to_the_start()


@pytest.mark.only_on("sqlite")
def test_money_goes_back_in_every_way_and_the_books_balance(life: type[MoneyLife]) -> None:
    live(life, lives=4, steps=20)


@pytest.mark.soak
@pytest.mark.only_on("sqlite")
def test_twenty_lives_of_money_balance(life: type[MoneyLife]) -> None:
    live(life, lives=20, steps=30)


@pytest.mark.night
@pytest.mark.only_on("sqlite")
def test_a_thousand_long_lives_of_money_balance(life: type[MoneyLife]) -> None:
    live(life, lives=1_000, steps=50)


@pytest.mark.only_on("sqlite")
@pytest.mark.breaks_invariants(
    "refunds that nobody posts are what this is about; whoever posts them later does so too late"
)
def test_the_control_a_store_that_forgets_to_post_refunds_is_found_out(
    life: type[MoneyLife], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.journeys.refund_order.settle", lambda *_given, **_named: False)
    with pytest.raises(AssertionError, match="I7"):
        live(life, lives=10, steps=15, phases=[Phase.generate])
