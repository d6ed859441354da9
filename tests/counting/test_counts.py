"""Counts: blind, by two scanners at once, with sales in between, compared and posted once."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, NotFound
from shop.counting.queries import Counted, counted_in, take, takes
from shop.journeys.count_shelf import begin_count, correct_count, drop_count, post_count, scan
from shop.journeys.keep_stock import adjust_stock
from shop.stock.cells import CellsShort
from shop.stock.queries import history, levels
from tests.support.at_once import at_once
from tests.support.factories import Shelf, open_shop


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(pledge=None)


@pytest.fixture
def begun(shelf: Shelf) -> int:
    return begin_count(name=" Shelf  3 ", actor="Ada")


def on_hand(shelf: Shelf, sku: str) -> int:
    found = levels([shelf.variants[sku]])[shelf.variants[sku]].on_hand
    end_read()
    return found


def test_scans_add_up_by_sku_in_any_case(shelf: Shelf, begun: int) -> None:
    for _ in range(3):
        scan(begun, code="tee-m")
    scan(begun, code=" TEE-L ", units=4)
    assert [(line.variant_id, line.counted) for line in counted_in(begun)] == [
        (shelf.variants["TEE-M"], 3),
        (shelf.variants["TEE-L"], 4),
    ]
    assert (take(begun).name, take(begun).units, on_hand(shelf, "TEE-M")) == ("Shelf 3", 7, 10)


def test_two_scanners_at_once_lose_nothing(app: Flask, shelf: Shelf, begun: int) -> None:
    at_once(app, 12, lambda _: scan(begun, code="TEE-M"))
    assert counted_in(begun) == [Counted(shelf.variants["TEE-M"], 12, 10)]


def test_differences_are_posted_and_what_was_sold_meanwhile_stays(shelf: Shelf, begun: int) -> None:
    scan(begun, code="TEE-M", units=8)
    scan(begun, code="TEE-L", units=10)
    adjust_stock(variant_id=shelf.variants["TEE-M"], change=-1, reason="Given away", actor="Kim")
    change_id = post_count(begun, none_of=[shelf.variants["TEE-S"]], actor="Ada")
    assert (on_hand(shelf, "TEE-M"), on_hand(shelf, "TEE-L"), on_hand(shelf, "TEE-S")) == (7, 10, 0)
    newest = history(shelf.variants["TEE-M"])[0]
    assert (newest.kind, newest.reason, newest.about) == ("counted", "Count: Shelf 3", f"count {begun}")
    assert newest.change_id == change_id
    with pytest.raises(Conflict):
        post_count(begun, none_of=[], actor="Ada")
    with pytest.raises(Conflict):
        scan(begun, code="TEE-M")


def test_a_number_is_corrected_unless_somebody_counted_meanwhile(shelf: Shelf, begun: int) -> None:
    medium = shelf.variants["TEE-M"]
    scan(begun, code="TEE-M", units=8)
    correct_count(begun, {medium: (8, 9)})
    assert counted_in(begun)[0].counted == 9
    with pytest.raises(Conflict):
        correct_count(begun, {medium: (8, 7)})
    with pytest.raises(Invalid):
        correct_count(begun, {medium: (9, 100_001)})


def test_fewer_than_are_promised_cannot_be_posted(shelf: Shelf, begun: int) -> None:
    scan(begun, code="TEE-M", units=2)
    adjust_stock(variant_id=shelf.variants["TEE-M"], change=-7, reason="Lost", actor="Kim")
    with pytest.raises(CellsShort):
        post_count(begun, none_of=[], actor="Ada")
    assert take(begun).state == "open"


def test_a_dropped_count_changes_nothing(shelf: Shelf, begun: int) -> None:
    scan(begun, code="TEE-M")
    drop_count(begun, actor="Ada")
    assert on_hand(shelf, "TEE-M") == 10
    assert [one.state for one in takes(page=1, size=5)[0]] == ["dropped"]


def test_what_makes_no_sense_is_refused(shelf: Shelf, begun: int) -> None:
    with pytest.raises(NotFound):
        scan(begun, code="4006381333931")
    with pytest.raises(Invalid):
        scan(begun, code="TEE-M", units=0)
    with pytest.raises(Invalid):
        begin_count(name="  ", actor="Ada")
    with pytest.raises(NotFound):
        take(999)
