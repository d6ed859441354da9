"""Deliveries: partial, over, short and damaged, entered by two at once, and undone."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import true

from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, NotFound
from shop.journeys.change_stock import undo_stock_change
from shop.journeys.receive_delivery import expect_delivery, order_delivery, receive_delivery
from shop.purchasing import operations as purchasing
from shop.purchasing.operations import Arrival, ReceivedMeanwhile, Wanted
from shop.purchasing.queries import LineRow, expected_for, incoming, incoming_by_product, lines_of, purchase, purchases
from shop.stock.queries import history, levels
from tests.support.factories import Shelf, open_shop


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(pledge=None)


@pytest.fixture
def ordered(shelf: Shelf) -> int:
    """Twelve of M and six of L, expected on 3 December."""
    wanted = [
        Wanted(shelf.variants["TEE-M"], shelf.product_id, 12),
        Wanted(shelf.variants["TEE-L"], shelf.product_id, 6),
    ]
    return order_delivery(
        supplier="Cotton Mill", reference="PO 7", expected_on=date(2026, 12, 3), wanted=wanted, actor="Ada"
    )


def arrives(
    shelf: Shelf, purchase_id: int, sku: str, good: int, damaged: int = 0, *, seen: int = 0, close: bool = False
) -> int:
    one = Arrival(shelf.variants[sku], shelf.product_id, good, damaged, seen)
    return receive_delivery(purchase_id, [one], note="", close=close, actor="Kim") or 0


def counts(shelf: Shelf, sku: str) -> tuple[int, int]:
    level = levels([shelf.variants[sku]])[shelf.variants[sku]]
    end_read()
    return level.on_hand, level.damaged


def test_what_was_ordered_is_incoming_until_it_arrives(shelf: Shelf, ordered: int) -> None:
    medium, large = shelf.variants["TEE-M"], shelf.variants["TEE-L"]
    assert incoming([medium, large]) == {medium: 12, large: 6}
    assert incoming_by_product([shelf.product_id]) == {shelf.product_id: 18}
    assert [(one.units, one.supplier) for one in expected_for(medium)] == [(12, "Cotton Mill")]
    arrives(shelf, ordered, "TEE-M", 5)
    assert incoming([medium, large]) == {medium: 7, large: 6}
    assert counts(shelf, "TEE-M") == (15, 0)


def test_damaged_ones_are_on_hand_and_kept_aside(shelf: Shelf, ordered: int) -> None:
    arrives(shelf, ordered, "TEE-M", 9, 2)
    assert counts(shelf, "TEE-M") == (21, 2)
    newest = history(shelf.variants["TEE-M"])[0]
    assert (newest.about, newest.actor, newest.reason) == (f"delivery {ordered}", "Kim", "Cotton Mill PO 7")
    assert lines_of(ordered)[0] == LineRow(shelf.variants["TEE-M"], 12, 11, 2)


def test_more_and_what_nobody_ordered_may_come(shelf: Shelf, ordered: int) -> None:
    arrives(shelf, ordered, "TEE-M", 15)
    arrives(shelf, ordered, "TEE-S", 2)
    assert [(line.ordered, line.received) for line in lines_of(ordered)] == [(12, 15), (6, 0), (0, 2)]
    assert incoming([shelf.variants["TEE-M"]]) == {}


def test_a_short_delivery_is_closed_and_nothing_more_is_awaited(shelf: Shelf, ordered: int) -> None:
    arrives(shelf, ordered, "TEE-M", 10, close=True)
    assert purchase(ordered).state == "closed"
    assert incoming(shelf.variants.values()) == {}
    assert purchases(state="ordered", page=1, size=10) == ([], False)
    with pytest.raises(Conflict):
        arrives(shelf, ordered, "TEE-M", 2, seen=10)
    with pytest.raises(Conflict):
        expect_delivery(ordered, expected_on=None, actor="Ada")


def test_a_line_that_somebody_else_entered_meanwhile_is_told_and_nothing_is_doubled(shelf: Shelf, ordered: int) -> None:
    arrives(shelf, ordered, "TEE-M", 12)
    with pytest.raises(ReceivedMeanwhile):
        arrives(shelf, ordered, "TEE-M", 12)
    assert counts(shelf, "TEE-M") == (22, 0)


def test_without_the_guard_a_second_press_would_double_it(
    shelf: Shelf, ordered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives(shelf, ordered, "TEE-M", 12)
    monkeypatch.setattr(purchasing, "_seen", lambda _one: true())
    arrives(shelf, ordered, "TEE-M", 12)
    assert counts(shelf, "TEE-M") == (34, 0)


def test_an_undone_receipt_is_awaited_again(shelf: Shelf, ordered: int) -> None:
    change_id = arrives(shelf, ordered, "TEE-M", 9, 2, close=True)
    undo_stock_change(change_id, actor="Ada")
    assert counts(shelf, "TEE-M") == (10, 0)
    assert incoming([shelf.variants["TEE-M"]]) == {shelf.variants["TEE-M"]: 12}
    assert purchase(ordered).state == "ordered"


@pytest.mark.parametrize("units", [0, -1, 100_001])
def test_an_order_has_bounds(shelf: Shelf, units: int) -> None:
    with pytest.raises(Invalid), transaction():
        wanted = [Wanted(shelf.variants["TEE-M"], shelf.product_id, units)]
        purchasing.place(supplier="Mill", reference="", expected_on=None, wanted=wanted, actor="Ada")


def test_what_makes_no_sense_is_refused(shelf: Shelf, ordered: int) -> None:
    with pytest.raises(Invalid):
        receive_delivery(ordered, [], note="", close=False, actor="Ada")
    with pytest.raises(Invalid):
        arrives(shelf, ordered, "TEE-M", -1, 2)
    with pytest.raises(NotFound):
        arrives(shelf, 999, "TEE-M", 1)
    wanted = [Wanted(shelf.variants["TEE-M"], shelf.product_id, 1)] * 2
    with pytest.raises(Invalid):
        order_delivery(supplier="Mill", reference="", expected_on=None, wanted=wanted, actor="Ada")
    expect_delivery(ordered, expected_on=date(2026, 12, 9), actor="Ada")
    assert purchase(ordered).expected_on == date(2026, 12, 9)
