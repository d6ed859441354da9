"""R8: Stripe says things late, twice, in any order or never; the store ends the same every time."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.core.database import end_read
from shop.journeys.check_invariants import broken
from shop.payments.reports import EventReport
from tests.journeys.end_state import end_state
from tests.journeys.rewinding import Rewinding
from tests.support.factories import Shopper, open_shop
from tests.support.held_clock import START, HeldClock
from tests.support.till import Till

COPIES = (1, 1, 2, 3, 5, 20)


def five_orders(till: Till, clock: HeldClock) -> list[EventReport]:
    """One paid and partly given back in the dashboard, one with a gift that a bank contests, one slow that arrives, one
    slow that fails, one never paid; all there is to tell.
    """
    shoppers = [Shopper(till).puts("TEE-M", number + 1) for number in range(5)]
    for shopper in shoppers:
        (shopper.gives(500) if shopper is shoppers[1] else shopper).checks_out()
    for shopper in shoppers[:2]:
        shopper.pays()
    for shopper in shoppers[2:4]:
        shopper.pays_slowly()
    till.processor.slow_money_arrives(shoppers[2].session_id)
    till.processor.slow_money_fails(shoppers[3].session_id)
    till.processor.gives_back(shoppers[0].session_id, 700)
    till.processor.is_disputed(shoppers[1].session_id, 900)
    till.processor.decides(shoppers[1].session_id, won=False)
    clock.forward(minutes=41)
    return till.processor.told()


def told_in_some_way(events: list[EventReport], chance: random.Random) -> list[EventReport]:
    """Some are lost, the others come up to twenty times, some of those under another id; all in any order."""
    schedule: list[EventReport] = []
    for event in events:
        if chance.random() < 0.3:
            continue
        schedule += [event] * chance.choice(COPIES)
        if chance.random() < 0.5:
            schedule.append(replace(event, id=f"{event.id}_again"))
    chance.shuffle(schedule)
    return schedule


def live(seed: int, clock: HeldClock) -> dict[str, object]:
    """One life under the schedule of this seed."""
    chance, till = random.Random(seed), Till()
    clock.set_to(START)
    for event in told_in_some_way(five_orders(till, clock), chance):
        till.hears(event)
        if chance.random() < 0.3:
            till.works()
    till.works()
    clock.forward(minutes=5)
    till.sweeps()
    ended = end_state(till)
    assert broken() == []
    end_read()
    return ended


def undisturbed(clock: HeldClock) -> dict[str, object]:
    """Everything told once and in order."""
    till = Till()
    clock.set_to(START)
    till.hears(*five_orders(till, clock))
    till.works()
    return end_state(till)


@pytest.fixture
def rewinding(app: Flask) -> Rewinding:
    open_shop(stock=20)
    return Rewinding()


def ends_otherwise(seeds: range, rewinding: Rewinding, clock: HeldClock) -> dict[int, dict[str, object]]:
    """The seeds whose life did not end as the undisturbed one, with how it ended."""
    expected = undisturbed(clock)
    different = {}
    for seed in seeds:
        rewinding.back_to_the_start()
        if (ended := live(seed, clock)) != expected:
            different[seed] = ended
    return different


@pytest.mark.only_on("sqlite")
def test_six_schedules_end_in_the_same_state(rewinding: Rewinding, held_clock: HeldClock) -> None:
    assert ends_otherwise(range(6), rewinding, held_clock) == {}


@pytest.mark.soak(minutes=2)
@pytest.mark.only_on("sqlite")
def test_five_hundred_schedules_end_in_the_same_state(rewinding: Rewinding, held_clock: HeldClock) -> None:
    assert ends_otherwise(range(1_000, 1_500), rewinding, held_clock) == {}


def test_three_schedules_end_in_the_same_state_as_told_in_order(app: Flask, held_clock: HeldClock) -> None:
    """On both engines; each life adds to the one before, so the laws are what is compared."""
    open_shop(stock=60)
    for seed in range(3):
        live(seed, held_clock)
        held_clock.set_to(START)


@pytest.mark.only_on("sqlite")
def test_the_control_without_the_sweep_lost_news_stay_lost(
    rewinding: Rewinding, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Till, "sweeps", lambda _till: None)
    assert ends_otherwise(range(8), rewinding, held_clock) != {}
