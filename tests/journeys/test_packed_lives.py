"""Random lives of a store in which orders leave in parts, are held, swapped, given back in parts: each law holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from hypothesis import Phase
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shop.core import codes
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid
from shop.journeys.check_invariants import broken
from shop.journeys.fulfil_order import fulfil_order, pack_order, send_parcel, unpack
from shop.journeys.keep_orders import hold_order, release_order, swap_size
from shop.journeys.refund_order import give_part_back
from shop.journeys.refund_plan import Wish
from shop.orders import packing
from shop.orders.queries import lines_of
from shop.parcels.queries import parcels_of
from tests.journeys.rewinding import Rewinding
from tests.journeys.test_machine import SKUS, live
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import START, HeldClock
from tests.support.till import Till

WHO = some.integers(0, 2)
pytestmark = [pytest.mark.soak, pytest.mark.only_on("sqlite")]


class PackedLife(RuleBasedStateMachine):
    """Three paid orders and everything that happens at the packing table."""

    rewinding: Rewinding
    shelf: Shelf
    clock: HeldClock

    @initialize()
    def opens(self) -> None:
        self.rewinding.back_to_the_start()
        self.clock.set_to(START)
        self.till = Till()
        self.shoppers = [Shopper(self.till).puts("TEE-M", 1 + at).puts("TEE-S", 1).checks_out() for at in range(3)]
        for shopper in self.shoppers:
            shopper.pays().comes_back()

    @rule(who=WHO, units=some.integers(1, 3))
    def packs_a_part(self, who: int, units: int) -> None:
        self.attempt(
            lambda order_id: pack_order(order_id=order_id, units={lines_of(order_id)[0].id: units}, actor="robin"), who
        )

    @rule(who=WHO)
    def sends_a_parcel(self, who: int) -> None:
        self.attempt(lambda order_id: [send_parcel(parcel_id=one, actor="robin") for one in packed(order_id)[:1]], who)

    @rule(who=WHO)
    def opens_a_parcel(self, who: int) -> None:
        self.attempt(lambda order_id: [unpack(parcel_id=one, actor="robin") for one in packed(order_id)[:1]], who)

    @rule(who=WHO, release=some.booleans())
    def holds_or_releases(self, who: int, release: bool) -> None:
        if release:
            self.attempt(lambda order_id: release_order(order_id=order_id, actor="robin"), who)
        else:
            self.attempt(
                lambda order_id: hold_order(order_id=order_id, kind="other", reason="Wait", actor="robin"), who
            )

    @rule(who=WHO, sku=SKUS)
    def swaps(self, who: int, sku: str) -> None:
        self.attempt(lambda order_id: self._swap(order_id, sku), who)

    @rule(who=WHO, units=some.integers(1, 2), price=some.sampled_from([0, 100]))
    def gives_a_part_back(self, who: int, units: int, price: int) -> None:
        def back(order_id: str) -> None:
            wish = Wish(units={lines_of(order_id)[-1].id: units}, price=price)
            end_read()
            give_part_back(order_id=order_id, wish=wish, key=codes.new_id(), reason="Asked", actor="robin")

        self.attempt(back, who)

    @rule(who=WHO)
    def sends_the_rest(self, who: int) -> None:
        self.attempt(lambda order_id: fulfil_order(order_id=order_id, actor="robin"), who)

    @rule()
    def works(self) -> None:
        self.till.works()

    @invariant()
    def every_law_holds(self) -> None:
        if hasattr(self, "till"):
            assert broken() == []

    def attempt(self, deed: Callable[[str], object], who: int) -> None:
        with suppress(Conflict, Invalid):
            deed(self.shoppers[who].order_id)
        end_read()

    def _swap(self, order_id: str, sku: str) -> None:
        line = lines_of(order_id)[0]
        end_read()
        swap_size(
            order_id=order_id,
            line_id=line.id,
            variant_id=self.shelf.variants[sku],
            seen=line.variant_id,
            settle="waive",
            may_refund=True,
            actor="robin",
        )


@pytest.fixture
def life(app: Flask, held_clock: HeldClock) -> Iterator[type[PackedLife]]:
    PackedLife.shelf, PackedLife.clock = open_shop(stock=12, cap=40_000), held_clock
    PackedLife.rewinding = Rewinding()
    yield PackedLife
    PackedLife.rewinding.back_to_the_start()


def packed(order_id: str) -> list[str]:
    found = [parcel.id for parcel in parcels_of(order_id) if parcel.state == "packed"]
    end_read()
    return found


def test_random_lives_at_the_packing_table_break_no_law(life: type[PackedLife]) -> None:
    live(life, lives=25, steps=25)


def test_the_control_parcels_that_are_opened_without_taking_their_units_out_are_found_out(
    life: type[PackedLife], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "unpack_units", lambda _units: None)
    with pytest.raises(AssertionError, match="I3f"):
        live(life, lives=25, steps=25, phases=[Phase.generate])
