"""Cells of the sheet: what was typed, saved together or not at all, and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, NotFound
from shop.stock import changes
from shop.stock.cells import CellsMoved, CellsShort, Edit, read_cell
from shop.stock.changes import Cause, change_cells, undo_change
from shop.stock.logbook import cells_of, last_change, one_change
from shop.stock.queries import history, levels
from shop.stock.rules import Level
from tests.support.at_once import at_once

BY_HAND = Cause("edited", "Counted by hand", "Ada")


def level(variant_id: int) -> Level:
    found = levels([variant_id])[variant_id]
    end_read()
    return found


def saves(*edits: Edit, cause: Cause = BY_HAND) -> int | None:
    with transaction():
        return change_cells(edits, cause)


@pytest.mark.parametrize(
    ("typed", "number", "seen"),
    [
        ("50", 50, 47),
        (" 0 ", 0, 47),
        ("+3", 3, None),
        ("-2", -2, None),
        ("−2", -2, None),
        ("+ 3", 3, None),
        ("1,040", 1040, 47),
        ("+1 040", 1040, None),
    ],
)
def test_a_plain_number_sets_and_a_signed_one_changes(typed: str, number: int, seen: int | None) -> None:
    assert read_cell(typed, variant_id=1, part="on_hand", seen=47) == Edit(1, "on_hand", number, seen)


@pytest.mark.parametrize("typed", ["47", "+0", "-0"])
def test_what_was_not_changed_is_no_edit(typed: str) -> None:
    assert read_cell(typed, variant_id=1, part="on_hand", seen=47) is None


@pytest.mark.parametrize(
    "typed", ["", "many", "1.5", "=1+1", "++3", "9999999", "100001", "４７", "1 0", "1,04", "1,0400"]
)
def test_what_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(Invalid):
        read_cell(typed, variant_id=1, part="on_hand", seen=47)


def test_cells_of_several_kinds_are_saved_together(medium: int, large: int) -> None:
    change_id = saves(
        Edit(medium, "on_hand", 12, 10),
        Edit(medium, "quality_hold", 2, 0),
        Edit(large, "on_hand", -1),
        Edit(large, "damaged", 1),
        Edit(large, "safety_stock", 3, 0),
    )
    assert change_id is not None
    assert level(medium) == Level(medium, 12, 0, 0, 2, 2, 0)
    assert level(large) == Level(large, 9, 0, 0, 4, 0, 3)
    assert (level(large).damaged, level(large).available) == (1, 5)
    assert one_change(change_id).cells == len(cells_of(change_id)) == 5


def test_a_movement_says_what_it_was_changed_with(medium: int) -> None:
    change_id = saves(Edit(medium, "quality_hold", 2), cause=Cause("received", "Faulty seams", "Ada", "delivery 7"))
    newest = history(medium)[0]
    assert (newest.kind, newest.kept_as, newest.unavailable_after) == ("transferred", "quality_hold", 2)
    assert (newest.change_id, newest.about) == (change_id, "delivery 7")


def test_nothing_different_is_no_change(medium: int) -> None:
    assert saves(Edit(medium, "on_hand", 10, 10)) is None
    assert last_change("Ada") is None


def test_a_cell_that_somebody_changed_first_stops_all_and_tells_both_numbers(medium: int, large: int) -> None:
    saves(Edit(medium, "on_hand", 2))
    with pytest.raises(CellsMoved) as told:
        saves(Edit(medium, "on_hand", 9, 10), Edit(large, "on_hand", 9, 10))
    assert [(one.edit.number, one.edit.seen, one.now) for one in told.value.cells] == [(9, 10, 12)]
    assert (level(medium).on_hand, level(large).on_hand) == (12, 10)


def test_two_who_typed_the_same_agree(medium: int) -> None:
    saves(Edit(medium, "on_hand", 12, 10))
    assert saves(Edit(medium, "on_hand", 12, 10)) is None


def _overwrites(app: Flask, variant_id: int) -> list[object]:
    """Twelve people who all saw ten, each typing a number of their own."""

    def types(person: int) -> int | None:
        return saves(Edit(variant_id, "on_hand", 20 + person, 10))

    return [answer for answer in at_once(app, 12, types) if not isinstance(answer, CellsMoved)]


def test_of_many_who_type_over_the_same_cell_one_is_kept_and_the_others_are_told(app: Flask, medium: int) -> None:
    assert len(_overwrites(app, medium)) == 1
    assert 20 <= level(medium).on_hand < 32


def test_without_the_guard_they_would_overwrite_each_other(
    app: Flask, medium: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_moved", lambda _edit, _now: False)
    assert len(_overwrites(app, medium)) == 12


@pytest.mark.parametrize(
    "edit", [("on_hand", 3, 10), ("on_hand", -7, None), ("damaged", 7, 0), ("safety_stock", -1, None)], ids=str
)
def test_what_is_promised_cannot_be_typed_away(
    medium: int, placed: Callable[..., str], edit: tuple[str, int, int | None]
) -> None:
    placed({medium: 4})
    with pytest.raises(CellsShort):
        saves(Edit(medium, *edit))
    assert (level(medium).on_hand, level(medium).unavailable) == (10, 0)


def test_a_stranger_and_too_much_are_refused(app: Flask, medium: int) -> None:
    with pytest.raises(NotFound):
        saves(Edit(999, "on_hand", 1))
    with pytest.raises(Invalid):
        saves(Edit(medium, "on_hand", 100_001, 10))


def test_a_change_is_taken_back_once_by_its_opposite(medium: int, large: int) -> None:
    change_id = saves(Edit(medium, "on_hand", 15, 10), Edit(medium, "damaged", 2), Edit(large, "on_hand", -3))
    assert change_id is not None
    saves(Edit(medium, "on_hand", 1))
    with transaction():
        undo_change(change_id, actor="Kim")
    assert (level(medium).on_hand, level(medium).unavailable, level(large).on_hand) == (11, 0, 10)
    assert one_change(change_id).undone_by == "Kim"
    with pytest.raises(Conflict), transaction():
        undo_change(change_id, actor="Kim")
    assert len(history(medium)) == 6, "nothing was erased"


def test_a_change_whose_units_were_sold_meanwhile_is_not_taken_back(medium: int, placed: Callable[..., str]) -> None:
    change_id = saves(Edit(medium, "on_hand", 5))
    assert change_id is not None
    placed({medium: 12})
    with pytest.raises(CellsShort), transaction():
        undo_change(change_id, actor="Ada")
    assert one_change(change_id).undone_by is None


def test_an_undoing_and_a_stranger_cannot_be_taken_back(medium: int) -> None:
    change_id = saves(Edit(medium, "on_hand", 5))
    assert change_id is not None
    with transaction():
        undo_change(change_id, actor="Ada")
    with pytest.raises(Conflict), transaction():
        undo_change(change_id + 1, actor="Ada")
    with pytest.raises(NotFound), transaction():
        undo_change(999, actor="Ada")
    assert last_change("Ada") is None
