"""Every word of ours on every public page goes through a catalogue: shown in a language that brackets what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from shop.brand.models import Brand
from shop.catalogue.models import Variant
from shop.core.database import end_read, session
from shop.giving.models import Partner
from tests.support.client import SeparateClient
from tests.support.pseudo import pseudo_known, unsaid
from tests.support.snapshots import demo_movement

PAGES = (
    "/ /shop /shop?colour=ink /shop?q=tee /shop/look-closer-tee /campaigns /campaigns/look-closer /partners /giving"
    " /shop/size-guides/tee /shop/collections/first-prints /shop?campaign=look-closer&size=One+size /partners/polaris"
    " /shop/lantern-hoodie/restock /campaigns?topic=support /campaigns/look-closer/with-us /corrections /monthly"
    " /cart /checkout /orders/find /donate /pages/help /contact /news /cookies /how-long /helplines /nowhere"
).split()
# Names, brands, units and formats, which are the same everywhere; and filters, which stand in the title of a shelf.
COLOUR = "ink"
NAMES = "PNG SVG Stripe USD UTC cart_count language staff_csrf wishes\nInk\nLook closer"


@pytest.fixture
def content(app: Flask) -> Iterator[str]:
    """Names in the demo movement. Nothing in it speaks the language, so all else has to be marked as English."""
    demo_movement()
    known = (Brand.name, Partner.name, Partner.legal_name, Partner.former_names, Variant.size)
    names = {str(name) for column in known for name in session().execute(select(column)).scalars()}
    end_read()
    with pseudo_known():
        yield "\n".join([*sorted(names), NAMES])


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
