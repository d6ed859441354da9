"""Holding, committing, sending: guarded, all or none, and once however often it is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from shop.core.database import end_read, session, transaction
from shop.stock import sending
from shop.stock.models import Reservation
from shop.stock.operations import OutOfStock
from shop.stock.operations import reservations as stock
from shop.stock.queries import available_of, held_for, history, levels
from shop.stock.rules import Level, availability_words
from tests.support.at_once import at_once

Placed = Callable[[dict[int, int]], str]
pytestmark = pytest.mark.breaks_invariants("these orders are moved by one room alone, without payments and books")


def level(variant_id: int) -> Level:
    found = levels([variant_id])[variant_id]
    end_read()
    return found


def test_a_hold_makes_units_unavailable_to_others(medium: int, placed: Placed) -> None:
    order_id = placed({medium: 3})
    assert (level(medium).held, level(medium).available, level(medium).on_hand) == (3, 7, 10)
    assert held_for(order_id) == {medium: (3, 0)}


def test_the_very_last_unit_can_be_held(medium: int, placed: Placed) -> None:
    placed({medium: 10})
    assert level(medium).available == 0


def test_more_than_there_is_cannot_be_held(medium: int) -> None:
    with pytest.raises(OutOfStock) as told, transaction():
        stock.hold({medium: 11})
    assert told.value.variant_id == medium


def test_a_hold_is_all_or_none(medium: int, large: int) -> None:
    with pytest.raises(OutOfStock), transaction():
        stock.hold({medium: 1, large: 11})
    assert (level(medium).held, level(large).held) == (0, 0)


def test_a_variant_that_is_not_counted_cannot_be_held(app: Flask) -> None:
    with pytest.raises(OutOfStock), transaction():
        stock.hold({999: 1})


@pytest.mark.parametrize(
    ("deeds", "after"),
    [
        (["release"], Level(0, 10, 0, 0, 0)),
        (["commit"], Level(0, 10, 0, 3, 0)),
        (["commit", "ship"], Level(0, 7, 0, 0, 0)),
        (["release", "commit_again"], Level(0, 10, 0, 3, 0)),
        (["release", "commit_again", "ship"], Level(0, 7, 0, 0, 0)),
    ],
    ids=str,
)
def test_each_deed_done_twice_counts_once(medium: int, placed: Placed, deeds: list[str], after: Level) -> None:
    order_id = placed({medium: 3})
    for deed in deeds:
        for _ in range(2):
            with transaction():
                do(deed, order_id)
    now = level(medium)
    assert (now.on_hand, now.held, now.committed) == (after.on_hand, after.held, after.committed)


@pytest.mark.parametrize("deed", ["release", "commit", "ship"])
def test_an_order_that_has_no_such_units_is_told_so(medium: int, placed: Placed, deed: str) -> None:
    order_id = placed({medium: 3})
    with transaction():
        first = do(deed, order_id)
    with transaction():
        assert do(deed, order_id) is False
    assert first is (deed in ("release", "commit"))


def test_units_given_back_are_taken_again_only_while_they_are_free(medium: int, placed: Placed) -> None:
    late = placed({medium: 6})
    with transaction():
        stock.release(late)
    placed({medium: 5})
    with pytest.raises(OutOfStock), transaction():
        stock.commit_again(late)
    assert (level(medium).held, level(medium).committed) == (5, 0)


def test_sending_writes_a_movement_for_the_order(medium: int, placed: Placed) -> None:
    order_id = placed({medium: 3})
    with transaction():
        stock.commit(order_id)
        sending.ship(order_id, units={medium: 3}, actor="robin")
    newest = history(medium)[0]
    assert (newest.kind, newest.on_hand_change, newest.order_id, newest.actor) == ("sold", -3, order_id, "robin")


def test_forty_hands_on_ten_units_get_ten(app: Flask, medium: int) -> None:
    def take(_: int) -> bool:
        with transaction():
            stock.hold({medium: 1})
        return True

    answers = at_once(app, 40, take)
    assert [isinstance(answer, OutOfStock) for answer in answers].count(True) == 30
    assert (answers.count(True), level(medium).held) == (10, 10)


def test_two_carts_with_the_same_tees_never_wait_for_each_other(app: Flask, medium: int, large: int) -> None:
    orders = [{medium: 1, large: 1}, {large: 1, medium: 1}]

    def take(number: int) -> bool:
        with transaction():
            stock.hold(orders[number % 2])
        return True

    assert at_once(app, 10, take) == [True] * 10


def test_the_race_is_lost_without_the_guard(app: Flask, medium: int) -> None:
    """The control: whoever looks first and takes afterwards takes what is no longer there."""
    everybody_looked = threading.Barrier(12)

    def take(_: int) -> bool:
        seen = available_of([medium])[medium]
        end_read()
        everybody_looked.wait(timeout=30)
        return seen >= 1

    assert at_once(app, 12, take).count(True) == 12


@pytest.mark.parametrize(
    ("left", "words"), [(-1, "Sold out"), (0, "Sold out"), (1, "Only 1 left"), (5, "Only 5 left"), (6, "In stock")]
)
def test_how_many_are_left_is_said_when_it_matters(left: int, words: str) -> None:
    assert availability_words(left) == words


@given(some.integers(0, 99), some.integers(0, 9), some.integers(0, 9), some.integers(0, 9))
def test_a_level_adds_up(available: int, held: int, committed: int, unavailable: int) -> None:
    on_hand = available + held + committed + unavailable
    assert Level(1, on_hand, held, committed, unavailable).available == available


def do(deed: str, order_id: str) -> object:
    if deed == "ship":
        try:
            sending.ship(order_id, units={variant_of(order_id): 3}, actor="robin")
        except OutOfStock:
            return False
        return True
    return stock.commit(order_id) is not None if deed == "commit" else getattr(stock, deed)(order_id)


def variant_of(order_id: str) -> int:
    """The variant that is kept for an order of one kind of tee."""
    kept = select(Reservation.variant_id).where(Reservation.order_id == order_id)
    return int(session().execute(kept).scalar_one())
