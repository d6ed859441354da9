"""The menu: only what one may see, and where one is."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from shop.admin.navigation import MENU, stands_at
from shop.admin.routes import NEEDS
from tests.admin.desk import Desk

MARKED = re.compile(r'<a href="([^"]+)" aria-current="(\w+)">')


def test_every_page_of_the_menu_asks_for_what_its_address_needs() -> None:
    pages = [page for _, group in MENU for page in group]
    assert {endpoint: permission for _, endpoint, permission in pages} == {
        endpoint: NEEDS[f"admin.{endpoint}"] for _, endpoint, _ in pages
    }
    assert len({endpoint for _, endpoint, _ in pages}) == len(pages)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/admin/", "/admin/"),
        ("/admin/orders", "/admin/orders"),
        ("/admin/orders/x1/refund", "/admin/orders"),
        ("/admin/orders/board", "/admin/orders/board"),
        ("/admin/ordersome", None),
        ("/admin/nowhere", None),
    ],
)
def test_a_page_stands_below_the_nearest_of_the_menu(path: str, found: str | None) -> None:
    assert stands_at(path, ["/admin/", "/admin/orders", "/admin/orders/board"]) == found


def test_the_group_of_the_page_is_open_and_the_page_is_marked(app: Flask) -> None:
    desk = Desk(app)
    assert set(MARKED.findall(desk.get("/admin/collections").get_data(as_text=True))) == {
        ("/admin/collections", "page")
    }
    below = desk.get("/admin/collections/new").get_data(as_text=True)
    assert set(MARKED.findall(below)) == {("/admin/collections", "true")}
    assert below.count("<details open>") == 2, "once in the rail, once in the menu of phones"


def test_packers_see_no_money_in_their_menu(app: Flask) -> None:
    page = Desk(app, "fulfilment").get("/admin/").get_data(as_text=True)
    assert 'href="/admin/stock"' in page
    assert not re.search(r'href="/admin/(payouts|gifts|stripe|discounts|letters)', page)
