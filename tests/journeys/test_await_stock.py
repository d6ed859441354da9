"""Sold units that are not there: their orders wait by themselves, the last buyer first, the first comes back first."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from shop.admin.reads.board import LISTS, board
from shop.core.database import end_read, session, transaction
from shop.core.errors import Conflict
from shop.journeys.await_stock import keep_waiting
from shop.journeys.change_stock import change_stock_cells, move_units, undo_stock_change
from shop.journeys.count_shelf import begin_count, post_count, scan
from shop.journeys.fulfil_order import fulfil_order, pack_order, send_parcel
from shop.journeys.keep_stock import receive_stock
from shop.journeys.refund_order import give_part_back, refund_order
from shop.journeys.refund_plan import Wish
from shop.orders.queries import events_of, lines_of
from shop.stock import awaiting
from shop.stock.awaiting import awaited_by
from shop.stock.cells import CellsShort, Edit
from shop.stock.models import StockLevel
from shop.stock.queries import levels
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper
from tests.support.till import Till


def counts(shelf: Shelf, units: int, sku: str = "TEE-M") -> int | None:
    """A blind count of one size finds so many."""
    take = begin_count(name="Shelf", actor="kim")
    scan(take, code=sku, units=units)
    return post_count(take, none_of=[], actor="kim")


def missing(shopper: Shopper) -> int:
    found = sum(awaited_by([shopper.order_id]).get(shopper.order_id, {}).values())
    end_read()
    return found


def shown(name: str) -> list[str]:
    """The orders on a list of the board."""
    found = [row.order.id for row in board(name=name, search="", page=1, member_id=0).rows]
    end_read()
    return found


def numbers(shelf: Shelf) -> tuple[int, int, int]:
    """On hand, committed, available."""
    found = levels([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]]
    end_read()
    return found.on_hand, found.committed, found.available


@pytest.fixture
def three(till: Till, shelf: Shelf) -> list[Shopper]:
    """Three buyers, in this order, of 4, 3 and 2 of the ten."""
    return [Shopper(till).buys("TEE-M", units) for units in (4, 3, 2)]


def test_a_count_below_what_was_sold_lets_the_newest_order_wait_and_a_delivery_brings_it_back(
    three: list[Shopper], shelf: Shelf
) -> None:
    counts(shelf, 6)
    assert [missing(one) for one in three] == [0, 1, 2], "the last buyer first"
    assert numbers(shelf) == (6, 6, 0)
    assert set(shown("stock")) == {one.order_id for one in three[1:]}
    assert shown("to_pack") == [three[0].order_id]
    assert events_of(three[2].order_id)[-1].sentence == "Waits for stock: 2 × Tee, Ink M."
    with pytest.raises(Conflict, match="waits for stock: 2 ×"):
        fulfil_order(order_id=three[2].order_id, actor="robin")
    receive_stock(variant_id=shelf.variants["TEE-M"], quantity=2, reason="Delivery", actor="kim")
    assert [missing(one) for one in three] == [0, 0, 1], "the first buyer first"
    assert [one.kind for one in events_of(three[1].order_id) if one.for_staff][-1] == "stock_came"
    receive_stock(variant_id=shelf.variants["TEE-M"], quantity=5, reason="Delivery", actor="kim")
    assert (numbers(shelf), shown("stock")) == ((13, 9, 4), [])
    for one in three:
        assert fulfil_order(order_id=one.order_id, actor="robin")


def test_what_is_there_of_an_order_leaves_in_part(three: list[Shopper], shelf: Shelf) -> None:
    counts(shelf, 6)
    (line,) = lines_of(three[1].order_id)
    parcel = pack_order(order_id=three[1].order_id, units={line.id: 2}, actor="robin")
    with pytest.raises(Conflict):
        pack_order(order_id=three[1].order_id, units={line.id: 1}, actor="robin")
    assert send_parcel(parcel_id=parcel, actor="robin")
    counts(shelf, 4)
    assert [missing(one) for one in three] == [0, 1, 2]


def test_what_is_in_a_parcel_is_not_what_is_missing(three: list[Shopper], shelf: Shelf) -> None:
    pack_order(order_id=three[2].order_id, actor="robin")
    counts(shelf, 8)
    assert [missing(one) for one in three] == [0, 1, 0]


def test_units_given_back_are_first_those_that_are_missing(three: list[Shopper], shelf: Shelf, till: Till) -> None:
    counts(shelf, 6)
    (line,) = lines_of(three[2].order_id)
    give_part_back(order_id=three[2].order_id, wish=Wish(units={line.id: 1}), key="r", reason="No", actor="robin")
    assert [missing(one) for one in three] == [0, 1, 1]
    refund_order(order_id=three[0].order_id, reason="No", actor="robin")
    till.works()
    assert ([missing(one) for one in three], numbers(shelf)) == ([0, 0, 0], (6, 4, 2))


def test_written_off_and_undone(three: list[Shopper], shelf: Shelf) -> None:
    move_units(code="TEE-M", units=3, what="written_off", reason="Water", actor="kim")
    assert [missing(one) for one in three] == [0, 0, 2]
    undo_stock_change(1, actor="kim")
    assert ([missing(one) for one in three], numbers(shelf)) == ([0, 0, 0], (10, 9, 1))


def test_the_sheet_asks_before_orders_wait_and_uses_safety_stock_first(three: list[Shopper], shelf: Shelf) -> None:
    tee = shelf.variants["TEE-M"]
    change_stock_cells([Edit(tee, "safety_stock", 1)], reason="Kept", actor="kim")
    with pytest.raises(CellsShort):
        change_stock_cells([Edit(tee, "damaged", 2)], reason="Judged damaged", actor="kim")
    change_stock_cells([Edit(tee, "damaged", 2)], reason="Judged damaged", actor="kim", lost=True)
    assert [missing(one) for one in three] == [0, 0, 1]


def test_what_is_being_paid_for_cannot_be_counted_away(shelf: Shelf, till: Till) -> None:
    buyer = Shopper(till).puts("TEE-M", 9).checks_out()
    with pytest.raises(CellsShort):
        counts(shelf, 5)
    buyer.pays().comes_back()
    counts(shelf, 5)
    assert missing(buyer) == 4


def test_a_page_that_ended_frees_units_for_whoever_waits(three: list[Shopper], shelf: Shelf, till: Till) -> None:
    Shopper(till).puts("TEE-M", 1).checks_out()
    counts(shelf, 9)
    assert [missing(one) for one in three] == [0, 0, 1]
    ended = next(page for page in till.processor.pages.values() if page.state == "open")
    till.processor.expire_session(ended.id)
    till.catches_up()
    assert (keep_waiting(), keep_waiting()) == (1, 0)
    assert [missing(one) for one in three] == [0, 0, 0]


def test_eight_deliveries_at_once_serve_nobody_twice(app: Flask, three: list[Shopper], shelf: Shelf) -> None:
    tee = shelf.variants["TEE-M"]
    counts(shelf, 4)
    at_once(app, 8, lambda _: receive_stock(variant_id=tee, quantity=1, reason="Box", actor="kim"))
    keep_waiting()
    assert ([missing(one) for one in three], numbers(shelf)) == ([0, 0, 0], (12, 9, 3))


def test_without_its_guard_units_are_given_that_are_not_there(
    three: list[Shopper], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: whoever gave without asking the level would promise the same unit twice."""
    counts(shelf, 4)
    monkeypatch.setattr(awaiting, "_commit", _given_without_looking)
    with pytest.raises(IntegrityError), transaction():
        awaiting.serve(shelf.variants["TEE-M"])


def _given_without_looking(variant_id: int, units: int) -> bool:
    level = update(StockLevel).where(StockLevel.variant_id == variant_id)
    session().execute(level.values(committed=StockLevel.committed + units))
    return True


def test_every_list_of_the_board_is_asked(three: list[Shopper]) -> None:
    for name in LISTS:
        shown(name)
