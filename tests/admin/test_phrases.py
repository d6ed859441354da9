"""Staff give short words in another language, shelf by shelf; nothing typed is lost, and search learns the colours."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from shop.catalogue.search.index import find
from shop.core.database import end_read
from shop.core.outbox import drain
from shop.journeys.handlers import handlers
from shop.journeys.services import Services
from tests.admin.desk import Desk, text_of
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop

COLOURS = "/admin/phrases/colours/es"


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop()


def field_of(page: str, english: str) -> str:
    found = re.search(rf'<label class="field__label" for="(p\w+)">{english}</label>', page)
    assert found is not None, english
    return found[1]


def test_a_colour_is_said_once_for_every_product_and_found(app: Flask, client: SeparateClient, shelf: Shelf) -> None:
    desk = Desk(app, "content")
    ink = field_of(desk.get(COLOURS).text, "Ink")
    assert '<span lang="en" dir="ltr">Ink</span>' in client.get("/es/shop/tee").text
    assert desk.press(COLOURS, COLOURS, **{ink: " Tinta ", "seen": 0}).status_code == 303
    page = client.get("/es/shop/tee").text
    assert "<span>Tinta</span>" in page
    assert ">Ink<" not in page
    assert "<span>Ink</span>" in client.get("/shop/tee").text
    services: Services = app.extensions["services"]
    drain(handlers(services))
    assert find(["tinta"]) == [shelf.product_id]
    end_read()
    assert "Nothing is missing." in desk.reads(f"{COLOURS}?missing=1")


def test_whoever_is_slower_sees_both_and_other_words_stay(app: Flask, shelf: Shelf) -> None:
    desk = Desk(app, "content")
    ink = field_of(desk.get(COLOURS).text, "Ink")
    desk.press(COLOURS, COLOURS, **{ink: "Tinta", "seen": 0})
    late = desk.press(COLOURS, COLOURS, **{ink: "Negro tinta", "seen": 0})
    assert (late.status_code, "It says now: Tinta" in text_of(late), 'value="Negro tinta"' in late.text) == (
        409,
        True,
        True,
    )
    long = desk.press(COLOURS, COLOURS, **{ink: "x" * 2_001, "seen": 1})
    assert (long.status_code, "under 2000 characters" in long.text) == (422, True)
    assert desk.press(COLOURS, COLOURS, seen=1).status_code == 303
    assert 'value="Tinta"' in desk.get(COLOURS).text


def test_only_shelves_and_languages_that_there_are(app: Flask, shelf: Shelf) -> None:
    desk = Desk(app, "content")
    for path in ("/admin/phrases/weather/es", "/admin/phrases/colours/en", "/admin/phrases/colours/xx"):
        assert desk.get(path).status_code == 404
    assert "no such text" in desk.reads("/admin/phrases/offers/es")
    assert desk.get(f"{COLOURS}?page=99999999").status_code == desk.get(f"{COLOURS}?page=7").status_code == 200
