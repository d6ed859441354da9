"""The stock sheet: opened, typed over, saved in one piece, taken back; and what it costs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from werkzeug.test import TestResponse

from shop.catalogue.queries import all_variants
from shop.core.database import db, end_read
from shop.demo.seed import seed
from shop.stock import queries as stock
from tests.admin.desk import Desk, text_of, token_of, typed_in
from tests.admin.sales import Counter
from tests.support.audit_log import recent_audit


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


def _on_hand(variant_id: int) -> int:
    found = stock.levels([variant_id])[variant_id].on_hand
    end_read()
    return found


def _table(page: str) -> str:
    return page.split("<table", 1)[1].split("</table>", 1)[0]


def _saves(desk: Desk, cells: dict[str, str], *, reason: str = "Counted by hand", at: str = "open=all") -> TestResponse:
    name, token = token_of(desk.get("/admin/stock"), "/admin/stock/cells")
    return desk.client.post(f"/admin/stock/cells?{at}", data={name: token, "reason": reason, **cells})


def test_products_are_rows_that_open_into_sizes_and_colours(app: Flask, counter: Counter) -> None:
    tee, desk = counter.tees[0], Desk(app, "read_only")
    closed = desk.get("/admin/stock").get_data(as_text=True)
    assert tee.title in closed
    assert "<table" not in closed
    opened = desk.get(f"/admin/stock?open={tee.product_id}").get_data(as_text=True)
    assert tee.colour_name in opened
    assert "<input" not in _table(opened), "readers get no fields"
    assert "Held" not in _table(opened)
    counter.sells(tee, 2)
    assert "Held" in _table(desk.get(f"/admin/stock?open={tee.product_id}").get_data(as_text=True))


def test_the_sheet_is_found_by_title_sku_and_barcode_and_by_what_runs_low(app: Flask, counter: Counter) -> None:
    tee, other = counter.tees[0], counter.tees[-1]
    desk = Desk(app)
    for words in (tee.title.lower(), tee.sku.lower()):
        page = desk.reads(f"/admin/stock?q={words}")
        assert tee.title in page
        assert other.title not in page
    assert "No product matches" in desk.reads("/admin/stock?q=%25")
    assert desk.get("/admin/stock?show=low&open=x&open=99999999999999999999&kept=1").status_code == 200


def test_cells_are_typed_over_and_saved_with_one_reason(app: Flask, counter: Counter) -> None:
    one, two = counter.tees[0], counter.tees[1]
    was, desk = (_on_hand(one.id), _on_hand(two.id)), Desk(app, "fulfilment")
    cells = {
        f"cell:{one.id}:on_hand:{was[0]}": str(was[0] + 5),
        f"cell:{two.id}:on_hand:{was[1]}": "+2",
        f"cell:{two.id}:damaged:0": "1",
        f"cell:{counter.tees[2].id}:on_hand:3": "3",
    }
    answer = _saves(desk, cells, at=f"open={one.product_id}&q=tee")
    assert (answer.status_code, answer.location) == (303, f"/admin/stock?open={one.product_id}&q=tee")
    assert (_on_hand(one.id), _on_hand(two.id)) == (was[0] + 5, was[1] + 2)
    assert recent_audit(limit=1)[0].action == "stock.edited"
    shown = desk.reads(f"/admin/stock/{two.id}")
    assert "Counted by hand" in shown
    assert "+1 damaged" in shown


def test_a_change_leads_from_the_history_to_its_cells_and_is_taken_back(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    was, desk = _on_hand(tee.id), Desk(app)
    _saves(desk, {f"cell:{tee.id}:on_hand:{was}": "+7"})
    page = desk.get("/admin/stock?open=1").get_data(as_text=True)
    assert "Your last change" in page
    address = "/admin/stock/changes/1"
    assert address in desk.get(f"/admin/stock/{tee.id}").get_data(as_text=True)
    assert tee.sku in desk.reads(address)
    answer = desk.press(address, f"{address}/undo")
    assert answer.status_code == 303
    assert _on_hand(tee.id) == was
    assert "Undone by Ada" in desk.reads("/admin/stock/changes")
    assert desk.press("/admin/stock/changes", f"{address}/undo").status_code == 409


def test_when_somebody_was_first_both_numbers_are_shown_and_what_was_typed_stays(app: Flask, counter: Counter) -> None:
    tee, other = counter.tees[0], counter.tees[1]
    was, of_other = _on_hand(tee.id), _on_hand(other.id)
    _saves(Desk(app, name="Kim"), {f"cell:{tee.id}:on_hand:{was}": "+4"}, reason="Found")
    desk = Desk(app)
    cells = {f"cell:{tee.id}:on_hand:{was}": "9", f"cell:{other.id}:on_hand:{of_other}": "+1"}
    answer = _saves(desk, cells)
    assert answer.status_code == 409
    assert f"It is {was + 4} now. You saw {was} and typed 9." in text_of(answer)
    assert typed_in(answer, f"cell:{tee.id}:on_hand:{was + 4}") == "9"
    assert typed_in(answer, f"cell:{other.id}:on_hand:{of_other}") == "+1"
    assert typed_in(answer, "reason") == "Counted by hand"
    assert _on_hand(other.id) == of_other
    assert _saves(desk, {f"cell:{tee.id}:on_hand:{was + 4}": "9"}).status_code == 303
    assert _on_hand(tee.id) == 9


@pytest.mark.parametrize(
    ("value", "reason", "said"),
    [("many", "why", "Type a number"), ("9", "  ", "Say why"), ("-5000", "why", "would leave too few")],
)
def test_what_makes_no_sense_is_told_at_its_cell(
    app: Flask, counter: Counter, value: str, reason: str, said: str
) -> None:
    tee = counter.tees[0]
    was = _on_hand(tee.id)
    answer = _saves(Desk(app), {f"cell:{tee.id}:on_hand:{was}": value}, reason=reason)
    assert answer.status_code in (409, 422)
    assert said in text_of(answer)
    assert typed_in(answer, f"cell:{tee.id}:on_hand:{was}") == value
    assert _on_hand(tee.id) == was


def test_without_its_token_nothing_is_saved_and_nothing_is_lost(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    was = _on_hand(tee.id)
    data = {f"cell:{tee.id}:on_hand:{was}": "9", "reason": "Counted"}
    answer = Desk(app).client.post("/admin/stock/cells?open=all", data=data)
    assert answer.status_code == 400
    assert typed_in(answer, f"cell:{tee.id}:on_hand:{was}") == "9"
    assert _on_hand(tee.id) == was


def test_two_hundred_cells_are_one_transaction_within_a_second(app: Flask) -> None:
    seed()
    variants, commits = all_variants()[:200], list[Connection]()
    levels, desk = stock.levels(one.id for one in variants), Desk(app)
    cells = {f"cell:{key}:on_hand:{level.on_hand}": str(level.on_hand + 1) for key, level in levels.items()}
    desk.get("/admin/stock")  # what is read once a process is read, and the sign-in was seen

    def note(connection: Connection) -> None:
        if connection.get_execution_options().get("write_unit"):
            commits.append(connection)

    event.listen(db.engine, "commit", note)
    began = time.perf_counter()
    answer = _saves(desk, cells)
    took = time.perf_counter() - began
    event.remove(db.engine, "commit", note)
    assert (len(cells), answer.status_code, len(commits)) == (200, 303, 1)
    assert took < 1
    assert all(level.on_hand == levels[key].on_hand + 1 for key, level in stock.levels(levels).items())


def test_the_sheet_costs_the_same_however_long_the_shelf(app: Flask) -> None:
    def statements(address: str) -> int:
        ran: list[str] = []
        event.listen(db.engine, "before_cursor_execute", note := lambda *told: ran.append(told[2]))
        desk.get(address)
        event.remove(db.engine, "before_cursor_execute", note)
        return len([one for one in ran if one.startswith("SELECT")])

    seed()
    desk = Desk(app)
    desk.get("/admin/stock")  # what is read once a process is read
    few, opened = statements("/admin/stock"), statements("/admin/stock?open=all")
    seed(products=60)
    assert statements("/admin/stock") == few <= 8
    assert statements("/admin/stock?open=all") == opened <= 10
    assert 'rel="next"' in desk.get("/admin/stock").get_data(as_text=True)


@pytest.mark.soak
def test_two_thousand_variants_are_answered_within_a_second(app: Flask) -> None:
    seed(products=100)
    assert len(all_variants()) > 2_000
    desk = Desk(app)
    desk.get("/admin/stock")
    began = time.perf_counter()
    answer = desk.get("/admin/stock")
    assert answer.status_code == 200
    assert time.perf_counter() - began < 1
