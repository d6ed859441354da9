"""The books in the back office: read, followed to their orders, and taken along."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from flask import Flask

from tests.admin.desk import Desk
from tests.support.factories import Shopper, open_shop
from tests.support.till import Till


@pytest.fixture
def order_id(app: Flask) -> str:
    """Of a sale with a gift."""
    open_shop()
    till = Till()
    one = Shopper(till).gives(500).buys("TEE-M", 2)
    till.works()
    return one.order_id


def test_treasurers_read_the_balance_and_follow_an_amount_to_its_order(app: Flask, order_id: str) -> None:
    desk = Desk(app, "finance")
    page = desk.get("/admin/books").text
    assert "2300 Gifts payable" in page
    assert "-$5.00" in page
    account = desk.get("/admin/books/donations_payable/USD").text
    assert f"/admin/orders/{order_id}" in account
    assert (
        "Nothing was posted here"
        in desk.get("/admin/books/donations_payable/USD?days=custom&from=2020-01-01&to=2020-01-31").text
    )
    assert desk.get("/admin/books/piggy_bank/USD").status_code == 404


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("journal", ["Debit", "Credit"]),
        ("xero", ["*Amount"]),
        ("quickbooks", ["Debits", "Credits"]),
    ],
)
def test_a_file_balances_in_the_columns_of_its_program(
    app: Flask, order_id: str, kind: str, columns: list[str]
) -> None:
    answer = Desk(app, "finance").get(f"/admin/books.csv?for={kind}")
    rows = list(csv.DictReader(answer.text.splitlines()))
    sums = [sum(Decimal(row[name] or 0) for row in rows) for name in columns]
    assert len(rows) > 5
    assert sums[0] == (sums[1] if len(sums) == 2 else 0)
    assert "'-" not in answer.text, "a negative amount is a number and no formula"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{kind}-')


def test_an_unknown_file_is_not_found(app: Flask, order_id: str) -> None:
    assert Desk(app, "finance").get("/admin/books.csv?for=abacus").status_code == 404


def test_a_journal_is_read_piece_by_piece_and_names_the_order_of_each(
    app: Flask, order_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(app, "finance")
    whole = desk.get("/admin/books.csv").text
    monkeypatch.setattr("shop.books.ledger.AT_ONCE", 2)
    assert desk.get("/admin/books.csv").text == whole
    assert all(row["Order"] for row in csv.DictReader(whole.splitlines()))
