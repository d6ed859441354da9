"""What is on hand, and the movements that say why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shop.core.database import end_read, session, transaction
from shop.core.errors import Invalid, NotFound
from shop.stock import operations as stock
from shop.stock.operations import Opening, OutOfStock, StaleCount
from shop.stock.queries import available_of, history, levels
from shop.stock.watching import running_low
from tests.support.factories import Shelf


def on_hand(variant_id: int) -> int:
    found = levels([variant_id])[variant_id].on_hand
    end_read()
    return found


def test_what_arrives_is_on_hand(medium: int) -> None:
    with transaction():
        stock.receive(variant_id=medium, quantity=5, reason="Second delivery", actor="robin")
    assert on_hand(medium) == 15


@pytest.mark.parametrize("change", [3, -10])
def test_a_correction_goes_up_or_down(medium: int, change: int) -> None:
    with transaction():
        stock.adjust(variant_id=medium, change=change, reason="Found", actor="robin")
    assert on_hand(medium) == 10 + change


def test_what_is_promised_cannot_be_corrected_away(medium: int, placed: Callable[..., str]) -> None:
    placed({medium: 4})
    with pytest.raises(OutOfStock), transaction():
        stock.adjust(variant_id=medium, change=-7, reason="Wet", actor="robin")
    assert on_hand(medium) == 10


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_what_arrives_has_bounds(medium: int, quantity: int) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        stock.receive(variant_id=medium, quantity=quantity, reason="x", actor="robin")
    assert refused.value.field == "quantity"


@pytest.mark.parametrize("change", [0, 100_001, -100_001])
def test_a_correction_has_bounds(medium: int, change: int) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        stock.adjust(variant_id=medium, change=change, reason="x", actor="robin")
    assert refused.value.field == "change"


@pytest.mark.parametrize("counted", [-1, 100_001])
def test_a_count_has_bounds(medium: int, counted: int) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        stock.count(variant_id=medium, counted=counted, seen=10, reason="x", actor="robin")
    assert refused.value.field == "counted"


@pytest.mark.parametrize("quantity", [-1, 100_001])
def test_an_opening_has_bounds(shelf: Shelf, quantity: int) -> None:
    with pytest.raises(Invalid), transaction():
        stock.open_levels([Opening(1, shelf.product_id, quantity)], reason="x", actor="robin")


@pytest.mark.parametrize("counted", [0, 8, 12])
def test_a_count_sets_what_is_on_hand(medium: int, counted: int) -> None:
    with transaction():
        stock.count(variant_id=medium, counted=counted, seen=10, reason="Inventory", actor="robin")
    assert on_hand(medium) == counted


def test_a_count_that_finds_what_was_known_writes_nothing(medium: int) -> None:
    with transaction():
        stock.count(variant_id=medium, counted=10, seen=10, reason="Inventory", actor="robin")
    assert len(history(medium)) == 1


def test_a_count_of_a_number_that_changed_meanwhile_is_stale(medium: int) -> None:
    with transaction():
        stock.receive(variant_id=medium, quantity=2, reason="Delivery", actor="ada")
    with pytest.raises(StaleCount) as told, transaction():
        stock.count(variant_id=medium, counted=9, seen=10, reason="Inventory", actor="robin")
    assert (told.value.on_hand, on_hand(medium)) == (12, 12)


def test_what_is_promised_cannot_be_counted_away(medium: int, placed: Callable[..., str]) -> None:
    placed({medium: 4})
    with pytest.raises(OutOfStock), transaction():
        stock.count(variant_id=medium, counted=3, seen=10, reason="Inventory", actor="robin")


@pytest.mark.parametrize("deed", ["receive", "adjust", "count"])
def test_a_variant_that_does_not_exist_is_told(app: Flask, deed: str) -> None:
    amount = {"receive": {"quantity": 1}, "adjust": {"change": 1}, "count": {"counted": 1, "seen": 1}}[deed]
    with pytest.raises(NotFound), transaction():
        getattr(stock, deed)(variant_id=999, reason="x", actor="robin", **amount)


def test_the_history_is_newest_first_with_the_running_total(medium: int) -> None:
    with transaction():
        stock.receive(variant_id=medium, quantity=5, reason="Delivery", actor="ada")
    with transaction():
        stock.adjust(variant_id=medium, change=-3, reason="Wet", actor="robin")
    assert [(line.kind, line.on_hand_change, line.on_hand_after, line.actor) for line in history(medium)] == [
        ("adjusted", -3, 12, "robin"),
        ("received", 5, 15, "ada"),
        ("received", 10, 10, "robin"),
    ]


def test_a_shortened_history_still_has_the_right_totals(medium: int) -> None:
    with transaction():
        stock.receive(variant_id=medium, quantity=5, reason="Delivery", actor="ada")
    assert [line.on_hand_after for line in history(medium, limit=1)] == [15]


def test_availability_is_asked_for_many_at_once(medium: int, large: int) -> None:
    assert available_of([medium, large, 999]) == {medium: 10, large: 10}


def test_low_levels_come_lowest_first(medium: int, large: int) -> None:
    with transaction():
        stock.adjust(variant_id=medium, change=-8, reason="Wet", actor="robin")
        stock.adjust(variant_id=large, change=-10, reason="Wet", actor="robin")
    assert [(low.variant_id, low.available) for low in running_low(limit=9)] == [(large, 0), (medium, 2)]


def test_a_level_is_opened_empty(app: Flask, shelf: Shelf, medium: int) -> None:
    with pytest.raises(IntegrityError), transaction():
        stock.open_level(variant_id=medium, product_id=shelf.product_id)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE stock_levels SET held = -1",
        "UPDATE stock_levels SET committed = -1",
        "UPDATE stock_levels SET unavailable = -1",
        "UPDATE stock_levels SET held = on_hand + 1",
        "UPDATE stock_levels SET on_hand = -1",
        "UPDATE stock_levels SET held = 6, committed = 6",
    ],
)
def test_the_database_itself_refuses_impossible_levels(shelf: Shelf, damage: str) -> None:
    with pytest.raises(IntegrityError), transaction():
        session().execute(text(damage))


@pytest.mark.parametrize("change", ["quantity = 0", "quantity = -1", "state = 'lost'"])
def test_the_database_itself_refuses_impossible_reservations(
    medium: int, placed: Callable[..., str], change: str
) -> None:
    placed({medium: 1})
    with pytest.raises(IntegrityError), transaction():
        session().execute(text(f"UPDATE stock_reservations SET {change}"))
