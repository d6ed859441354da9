"""What a supporter reads of a pre-order: on the shelf, the product's page, the cart, the checkout, in feeds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from babel.dates import format_date

from shop.core import clock
from shop.journeys.keep_preorders import open_preorder
from shop.journeys.keep_stock import count_stock
from tests.support.client import SeparateClient
from tests.support.factories import Shelf
from tests.support.shopper import Shopper
from tests.web.counting import MOST, statements


@pytest.fixture
def day(shelf: Shelf) -> str:
    """None of M and two places; the day in words."""
    count_stock(variant_id=shelf.variants["TEE-M"], counted=0, seen=10, reason="Gone", actor="kim")
    by = clock.now().date() + timedelta(days=20)
    caps = {shelf.variants["TEE-M"]: 2}
    open_preorder(shelf.product_id, caps, ships_by=by, order_until=None, reason="A print run", actor="kim")
    return format_date(by, "long", locale="en_US")


def test_a_pre_order_is_said_wherever_it_is_sold(shopper: Shopper, day: str, client: SeparateClient) -> None:
    page = client.get("/shop/tee?colour=ink&size=M").text
    assert f"Pre-order: ships by {day} (M)." in page
    assert "Add to cart" in page
    assert "Sold out" not in page
    assert '"availability": "https://schema.org/PreOrder"' in page
    assert "Preventa: sale a más tardar el" in client.get("/es/shop/tee?colour=ink").text
    with client.get("/feeds/google-merchant.xml") as feed:
        assert re.search(
            r"preorder</g:availability><g:availability_date>[0-9-]{10}T00:00Z<", feed.get_data(as_text=True)
        )
    shopper.puts("tee", quantity=2)
    for address in ("/cart", "/checkout"):
        read = client.get(address).text
        assert f"Pre-order: ships by {day}" in read
        assert f"The whole order leaves in one parcel, by {day} at the latest." in read
    with statements() as sent:
        client.get("/shop/tee")
    assert len(sent) <= MOST


def test_at_its_cap_the_size_is_sold_out_as_any(shopper: Shopper, another: Shopper, day: str) -> None:
    shopper.puts("tee", quantity=2).checks_out()
    page = another.looks_at("/shop/tee?colour=ink&size=M").page.text
    assert "Sold out in Ink: M" in page
    assert "Pre-order" not in page
    another.puts("tee")
    assert another.page.status == 422


def test_a_card_says_so_where_nothing_else_is_left(shelf: Shelf, day: str, client: SeparateClient) -> None:
    for sku in ("TEE-S", "TEE-L"):
        count_stock(variant_id=shelf.variants[sku], counted=0, seen=10, reason="Gone", actor="kim")
    assert 'class="product-card__flag">Pre-order' in "".join(client.get("/shop").text.split("\n"))
