"""Languages on offer: turned off and on by staff, followed by pages, links and machines; and how far each is said."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.admin.desk import Desk, text_of
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop

PAGE = "/admin/settings/languages"
SPANISH_BROWSER = {"Accept-Language": "es-MX,es;q=0.9"}
GERMAN_BROWSER = {"Accept-Language": "de-DE,de;q=0.9"}


@pytest.fixture(autouse=True)
def shelf(app: Flask) -> Shelf:
    return open_shop()


def test_a_language_that_is_off_leads_to_the_english_pages(app: Flask, client: SeparateClient) -> None:
    assert 'hreflang="es"' in client.get("/shop/tee").text
    assert Desk(app).press(PAGE, PAGE, default="en", seen=0).status_code == 303
    led = client.get("/es/shop/tee?size=M")
    assert (led.status_code, led.headers["Location"]) == (302, "/shop/tee?size=M")
    page = client.get("/shop/tee", headers=SPANISH_BROWSER)
    assert (page.status_code, page.headers["Content-Language"]) == (200, "en")
    assert 'hreflang="es"' not in page.text
    assert "Español" not in page.text
    assert client.post("/language", data={"language": "es", "to": "/shop"}).status_code == 400
    assert "/es/" not in client.get("/offline.js").text
    choice = {"product": "tee", "colour": "ink", "size": "M", "quantity": "1"}
    assert client.post("/es/cart/lines", data=choice).headers["Location"] == "/cart"


def test_the_default_is_for_readers_whose_browser_asks_for_no_language_of_ours(
    app: Flask, client: SeparateClient
) -> None:
    assert client.get("/shop", headers=GERMAN_BROWSER).status_code == 200
    Desk(app).press(PAGE, PAGE, offered="es", default="es", seen=0)
    assert client.get("/shop", headers=GERMAN_BROWSER).headers["Location"] == "/es/shop"
    assert client.get("/shop", headers={"Accept-Language": "en, es;q=0.5"}).status_code == 200
    assert client.get("/shop").status_code == 200
    client.set_cookie("language", "en", domain="shop.test")
    assert client.get("/shop", headers=GERMAN_BROWSER).status_code == 200


def test_what_cannot_be_is_told_beside_its_field_and_the_slower_one_sees_it(app: Flask) -> None:
    desk = Desk(app)
    wrong = desk.press(PAGE, PAGE, default="es", seen=0)
    assert (wrong.status_code, 'id="default-error"' in wrong.text) == (422, True)
    assert desk.press(PAGE, PAGE, offered="es", default="xx", seen="nonsense").status_code == 422
    assert desk.press(PAGE, PAGE, default="en", seen=0).status_code == 303
    late = desk.press(PAGE, PAGE, offered="es", default="es", seen=0)
    assert (late.status_code, "Now on offer: English." in text_of(late)) == (409, True)
    assert desk.press(PAGE, PAGE, offered="es", default="en", seen=1).status_code == 303
    assert '"off"' in desk.get("/admin/audit?q=locales").text or "locales" in desk.reads("/admin/audit?q=locales")


def test_how_far_a_language_is_said_and_where_to_go_on(app: Flask, shelf: Shelf) -> None:
    desk = Desk(app)
    page = desk.reads(PAGE)
    assert "$1,234.50" in page
    interface = re.search(r"Interface and letters (\d+) of (\d+) 100 %", page)
    assert interface is not None
    assert "Products 0 of 1 0 %" in page
    shown = desk.get(PAGE).text
    assert f'href="/admin/words/product/{shelf.product_id}/es"' in shown
    assert 'href="/admin/phrases/colours/es?missing=1"' in shown


def test_settings_are_on_one_page_and_found_by_what_is_set_there(app: Flask) -> None:
    desk = Desk(app)
    page = desk.reads("/admin/settings/all")
    for label in (
        "Languages",
        "Helplines",
        "Giving",
        "Tax & delivery",
        "How long data is kept",
        "Menus & announcement",
    ):
        assert label.replace("&", "&amp;") in page
    for words, label in {
        "locale": "Languages",
        "vat": "Tax &amp; delivery",
        "gdpr": "How long data",
        "gifts": "Giving",
    }.items():
        assert label in desk.reads(f"/admin/search?q={words}"), words
    reader = Desk(app, "read_only", name="Ben")
    assert "Languages" not in reader.reads("/admin/settings/all")
    assert reader.get(PAGE).status_code == 403
