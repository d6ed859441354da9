"""Deliveries, counts, returns and labels as staff use them, without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from shop.core.database import db, end_read
from shop.stock import queries as stock
from shop.stock.labels import SHEETS, Label, label_sheet, modules_of
from tests.admin.desk import Desk, text_of, typed_in
from tests.admin.sales import Counter


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


def _on_hand(variant_id: int) -> int:
    found = stock.levels([variant_id])[variant_id].on_hand
    end_read()
    return found


def test_a_delivery_is_ordered_received_short_and_seen_everywhere(app: Flask, counter: Counter) -> None:
    one, two = counter.tees[0], counter.tees[1]
    was, desk = _on_hand(one.id), Desk(app, "fulfilment")
    new = "/admin/deliveries/new"
    lines = f"SKU\tQuantity\n{one.sku}\t12\n{two.sku.lower()}  3\n"
    answer = desk.press(new, new, supplier="Cotton Mill", expected_on="2026-12-03", lines=lines)
    assert answer.status_code == 303, text_of(answer)
    page = answer.location
    assert "Incoming" in desk.reads(f"/admin/stock?open={one.product_id}")
    assert "12 from Cotton Mill, 3 Dec 2026" in desk.reads(f"/admin/stock/{one.id}")
    assert typed_in(desk.get(f"{page}?fill=1"), f"good:{one.id}:0") == "12"
    fields = {f"good:{one.id}:0": "9", f"damaged:{one.id}:0": "2", "close": "1", "note": "One box wet"}
    assert desk.press(page, f"{page}/receive", **fields).status_code == 303
    shown = desk.reads(page)
    assert "1 short" in shown
    assert "One box wet" in shown
    assert _on_hand(one.id) == was + 11
    assert page in desk.get(f"/admin/stock/{one.id}").get_data(as_text=True)
    assert desk.press(page, f"{page}/receive", **fields).status_code == 409
    assert "Delivery 1" in desk.reads("/admin/deliveries?show=closed")
    assert desk.get("/admin/stock/labels.pdf?delivery=1").get_data().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("lines", "said"),
    [("NO-SUCH 3", "No tee of ours"), ("word", "Not a SKU and a number: line 1"), ("", "Enter a SKU")],
)
def test_an_order_that_makes_no_sense_is_told_beside_its_field(
    app: Flask, counter: Counter, lines: str, said: str
) -> None:
    new = "/admin/deliveries/new"
    answer = Desk(app).press(new, new, supplier="Cotton Mill", lines=lines)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert typed_in(answer, "supplier") == "Cotton Mill"


def test_arrivals_that_are_no_number_keep_what_was_typed(app: Flask, counter: Counter) -> None:
    one, desk, new = counter.tees[0], Desk(app), "/admin/deliveries/new"
    page = desk.press(new, new, supplier="Mill", lines=f"{one.sku} 5").location
    answer = desk.press(page, f"{page}/receive", **{f"good:{one.id}:0": "many"})
    assert answer.status_code == 422
    assert typed_in(answer, f"good:{one.id}:0") == "many"
    assert 'aria-invalid="true"' in answer.text
    day = desk.press(page, f"{page}/expected", expected_on="2026-12-24")
    assert day.status_code == 303
    assert "24 Dec 2026" in desk.reads(page)


def test_a_shelf_is_counted_blind_compared_and_posted(app: Flask, counter: Counter) -> None:
    one, desk = counter.tees[0], Desk(app, "fulfilment")
    was = _on_hand(one.id)
    page = desk.press("/admin/counts", "/admin/counts/new", name="Shelf 3").location
    for _ in range(2):
        assert desk.press(page, f"{page}/scan", code=one.sku.lower(), units="1").status_code == 303
    blind = desk.reads(page)
    assert "2 units of 1 size so far" in blind
    assert "On hand" not in blind
    stranger = desk.press(page, f"{page}/scan", code="4006381333931", units="1")
    assert (stranger.status_code, typed_in(stranger, "code")) == (404, "4006381333931")
    unclear = desk.press(page, f"{page}/scan", code=one.sku, units="a few")
    assert (unclear.status_code, typed_in(unclear, "code"), typed_in(unclear, "units")) == (422, one.sku, "a few")
    wrong = desk.press(page, f"{page}/correct", **{f"counted:{one.id}:2": "4x"})
    assert (wrong.status_code, typed_in(wrong, f"counted:{one.id}:2")) == (422, "4x")
    assert "It is 2 now." in text_of(wrong)
    desk.press(page, f"{page}/correct", **{f"counted:{one.id}:2": "4"})
    assert f"{4 - was}".replace("-", "−") in desk.reads(f"{page}/compare")
    assert desk.press(f"{page}/compare", f"{page}/post").status_code == 303
    assert _on_hand(one.id) == 4
    assert page in desk.get(f"/admin/stock/{one.id}").get_data(as_text=True)
    other = desk.press("/admin/counts", "/admin/counts/new", name="Shelf 4").location
    assert desk.press(other, f"{other}/drop").status_code == 303


@pytest.mark.parametrize(
    ("what", "change", "damaged"), [("returned", 2, 0), ("returned_damaged", 2, 2), ("written_off", -2, 0)]
)
def test_units_come_back_or_are_written_off_with_a_reason(
    app: Flask, counter: Counter, what: str, change: int, damaged: int
) -> None:
    one, desk, page = counter.tees[1], Desk(app, "fulfilment"), "/admin/stock/moves"
    was = _on_hand(one.id)
    answer = desk.press(page, page, what=what, code=one.sku, units="2", reason="Wrong size")
    assert answer.status_code == 303
    level = stock.levels([one.id])[one.id]
    assert (level.on_hand, level.damaged) == (was + change, damaged)
    end_read()


def test_what_is_not_there_cannot_be_thrown_away(app: Flask, counter: Counter) -> None:
    one, page = counter.tees[1], "/admin/stock/moves"
    answer = Desk(app).press(page, page, what="damaged_off", code=one.sku, units="1", reason="Torn")
    assert answer.status_code == 409
    assert "There are not that many" in text_of(answer)


def test_labels_carry_a_barcode_that_scanners_read(app: Flask, counter: Counter) -> None:
    own, ean = Label("Tee", "Ink, M", "TEE-M", None), Label("Tee", "Ink, M", "TEE-M", "2000000000015")
    assert len(modules_of(ean)) == 95, "EAN-13 is 95 modules wide"
    assert modules_of(own).startswith("11010010000"), "Code 128 begins with start B"
    for sheet in SHEETS.values():
        assert label_sheet([own, ean] * 20, sheet, skip=3).startswith(b"%PDF")
    desk = Desk(app, "read_only")
    assert "Labels" in desk.reads("/admin/stock/labels")
    answer = desk.get(f"/admin/stock/labels.pdf?product={counter.tees[0].product_id}&each=2&sheet=a4-21&skip=1")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert desk.get("/admin/stock/labels.pdf?product=999").status_code == 404
    assert "A whole product instead" in desk.reads(f"/admin/stock/labels?variant={counter.tees[0].id}")
    assert desk.get(f"/admin/stock/labels.pdf?variant={counter.tees[0].id}&each=2").status_code == 200
    assert desk.get("/admin/stock/labels.pdf?variant=99999").status_code == 404


def test_no_page_of_the_stock_room_asks_the_database_more_than_fifteen_times(app: Flask, counter: Counter) -> None:
    desk, new = Desk(app), "/admin/deliveries/new"
    lines = "".join(f"{one.sku} 5\n" for one in counter.tees[:40])
    desk.press(new, new, supplier="Mill", lines=lines)
    count = desk.press("/admin/counts", "/admin/counts/new", name="Shelf 3").location
    desk.press(count, f"{count}/scan", code=counter.tees[0].sku, units="3")
    asked: dict[str, int] = {}
    ran: list[str] = []
    event.listen(db.engine, "before_cursor_execute", note := lambda *told: ran.append(told[2]))
    for path in (
        *("/admin/stock?open=all&kept=1", f"/admin/stock/{counter.tees[0].id}", "/admin/stock/changes", new),
        *("/admin/deliveries", "/admin/deliveries/1", "/admin/counts", count, f"{count}/compare"),
        *("/admin/stock/labels", "/admin/stock/files", "/admin/stock/alerts", "/admin/stock/gone"),
        *("/admin/stock/export.csv", "/admin/stock/moves"),
    ):
        ran.clear()
        assert desk.get(path).status_code == 200, path
        asked[path] = len([one for one in ran if one.startswith("SELECT")])
    event.remove(db.engine, "before_cursor_execute", note)
    assert {path: number for path, number in asked.items() if number > 15} == {}
