"""Stock as files: out without formulas, in with a dry run, watched without JavaScript."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from shop.catalogue.models import Product
from shop.core import outbox
from shop.core.database import end_read, transaction
from shop.journeys.handlers import handlers
from shop.stock import queries as stock
from tests.admin.desk import Desk, text_of, token_of, typed_in
from tests.admin.sales import Counter

FORM, SEND = "/admin/stock/files", "/admin/stock/imports/new"


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


def _works(app: Flask) -> None:
    outbox.drain(handlers(app.extensions["services"]))
    end_read()


def test_what_is_taken_along_has_no_formulas_and_comes_back_as_it_was(app: Flask, counter: Counter) -> None:
    with transaction() as current:
        current.execute(update(Product).where(Product.id == counter.tees[0].product_id).values(title="=HYPERLINK(1)"))
    desk = Desk(app, "fulfilment")
    text = desk.get("/admin/stock/export.csv").get_data(as_text=True)
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][:6] == ["SKU", "Barcode", "Product", "Colour", "Size", "On hand"]
    assert rows[1][2] == "'=HYPERLINK(1)"
    assert len(rows) == 1 + len(stock.all_levels())
    end_read()
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(desk.get("/admin/stock/export.xlsx").get_data()))
    assert [cell.value for cell in book.active[1]] == rows[0]
    assert book.active["C2"].value == "'=HYPERLINK(1)"
    name, token = token_of(desk.get(FORM), SEND)
    data = {name: token, "mode": "set", "reason": "As it was", "file": (BytesIO(text.encode()), "stock.csv")}
    page = desk.client.post(SEND, data=data, content_type="multipart/form-data").location
    _works(app)
    assert "Nothing in it differs from what is there." in desk.reads(page)


def test_pasted_rows_are_compared_watched_applied_and_undone(app: Flask, counter: Counter) -> None:
    one, desk = counter.tees[0], Desk(app, "fulfilment")
    was = stock.levels([one.id])[one.id].on_hand
    end_read()
    answer = desk.press(FORM, SEND, pasted=f"{one.sku}\t{was + 4}\nNONE\t1", mode="set", reason="Yearly count")
    page = answer.location
    waiting = desk.get(page)
    assert (waiting.headers["Refresh"], "Being compared" in text_of(waiting)) == ("2", True)
    _works(app)
    shown = desk.get(page)
    assert "Refresh" not in shown.headers
    assert f"{was} {was + 4} +4" in text_of(shown)
    assert "no such SKU" in desk.reads(f"{page}?which=problems")
    assert desk.press(page, f"{page}/apply").status_code == 422
    assert desk.press(page, f"{page}/apply", leave_out="1").status_code == 303
    assert "Being applied" in desk.reads(page)
    _works(app)
    assert "Applied" in desk.reads(page)
    assert stock.levels([one.id])[one.id].on_hand == was + 4
    end_read()
    assert page in desk.get(f"/admin/stock/{one.id}").get_data(as_text=True)
    assert desk.press("/admin/stock/changes/1", "/admin/stock/changes/1/undo").status_code == 303
    assert stock.levels([one.id])[one.id].on_hand == was
    end_read()


def test_what_cannot_be_compared_is_told_beside_its_field(app: Flask, counter: Counter) -> None:
    desk = Desk(app)
    answer = desk.press(FORM, SEND, pasted="", mode="set", reason="Yearly count")
    assert answer.status_code == 422
    assert "Choose a CSV or XLSX file" in text_of(answer)
    assert typed_in(answer, "reason") == "Yearly count"
    page = desk.press(FORM, SEND, pasted="hello", mode="set", reason="Yearly count").location
    _works(app)
    assert "The first row must name the columns" in desk.reads(page)
    other = desk.press(FORM, SEND, pasted=f"{counter.tees[0].sku} ,1", mode="add", reason="More").location
    _works(app)
    assert desk.press(other, f"{other}/drop").status_code == 303
    assert desk.press(FORM, f"{other}/drop").status_code == 409
