"""Every word of ours on every public page goes through a catalogue: shown in a language that brackets what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core.database import Base, end_read, session
from tests.support.client import SeparateClient
from tests.support.pseudo import plain, pseudo_known, unsaid
from tests.support.snapshots import demo_movement

PAGES = (
    "/ /shop /shop?colour=ink /shop?q=tee /shop/look-closer-tee /campaigns /campaigns/look-closer /partners /giving"
    " /cart /checkout /orders/find /donate /pages/help /contact /news /cookies /how-long /helplines /nowhere"
).split()
# Names, brands, units and formats, which are the same everywhere.
COLOUR = "ink"
NAMES = "PNG SVG Stripe UTC cart_count staff_csrf wishes"


@pytest.fixture
def content(app: Flask) -> Iterator[str]:
    """The demo movement, and all that staff wrote in it."""
    demo_movement()
    texts = [
        plain(str(value))
        for table in Base.metadata.sorted_tables
        for row in session().execute(select(table))
        for value in row
        if isinstance(value, str | list)
    ]
    end_read()
    with pseudo_known():
        yield "\n".join([*texts, NAMES])


def test_no_word_of_ours_is_outside_of_a_catalogue(client: SeparateClient, content: str) -> None:
    tee = {"product": "look-closer-tee", "colour": COLOUR, "size": "M", "quantity": "1"}
    assert client.post("/xb/cart/lines", data=tee).status_code == 303
    found = {path: unsaid(client.get(f"/xb{path}").text, content) for path in PAGES}
    wrong = {path: words for path, words in found.items() if words}
    assert wrong == {}


def test_a_page_is_turned_round(client: SeparateClient, content: str) -> None:
    assert '<html lang="xb" dir="rtl">' in client.get("/xb/shop").text


def test_a_word_outside_of_a_catalogue_is_found() -> None:
    assert unsaid('<p lang="en">Left alone</p><p>⟦Šåîd ⟦twîce⟧⟧ Unsaid</p><img alt="Unread">', "") == [
        "Unread",
        "Unsaid",
    ]
