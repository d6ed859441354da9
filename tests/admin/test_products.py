"""Products in the back office: made, said, priced, scheduled, retired; collections."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from shop.core import clock
from tests.admin.desk import Desk, text_of
from tests.support.audit_log import recent_audit
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop
from tests.support.held_clock import HeldClock

NEW = "/admin/products/new"
WORDS: dict[str, object] = {
    "title": "Quiet Lamp",
    "slug": "quiet-lamp",
    "summary": "A lamp.",
    "story": "It has a *story*.",
    "garment": "tee",
    "artwork": "north-star",
    "artwork_credit": "Ada",
    "fabric": "Cotton",
    "weight_gsm": "180",
    "origin": "Portugal",
    "print_method": "Screen print",
    "care": "Wash cold.",
    "fit_note": "Regular.",
    "position": "1",
}
COLOUR = {"name": "Ink", "cloth": "#17181c", "sizes": "S, M", "price": "25", "weight_grams": "165"}


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop()


@pytest.fixture
def desk(shelf: Shelf, app: Flask) -> Desk:
    return Desk(app, "manager")


def _made(desk: Desk, **words: object) -> str:
    colour = {f"colour__{name}": value for name, value in COLOUR.items()}
    answer = desk.press(NEW, NEW, **WORDS | colour | words)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def _grid(text: str) -> dict[str, str]:
    """The fields of the grid of variants, as the page has them."""
    found = re.findall(r'name="((?:sku|price|compare_at|cost|barcode|weight)-\d+)"\s*value="([^"]*)"', text)
    ticks = re.findall(r'name="(active-\d+)"\s*value="1"[^>]*checked', text)
    return dict(found) | dict.fromkeys(ticks, "1")


def test_a_product_is_made_put_on_the_shelf_and_retired(desk: Desk, client: SeparateClient) -> None:
    address = _made(desk)
    assert client.get("/shop/quiet-lamp").status_code == 404
    desk.press(address, f"{address}/show", show__at="")
    assert "Quiet Lamp" in client.get("/shop").text
    desk.press(address, f"{address}/withdraw", becomes="retired")
    assert "No longer sold" in client.get("/shop/quiet-lamp").text
    desk.press(address, f"{address}/withdraw", becomes="draft")
    assert client.get("/shop/quiet-lamp").status_code == 404
    assert [one.action for one in recent_audit(limit=4)][::-1] == [
        "product.made",
        "product.shown",
        "product.withdrawn",
        "product.withdrawn",
    ]


def test_a_scheduled_product_says_from_when(desk: Desk, client: SeparateClient, held_clock: HeldClock) -> None:
    address = _made(desk)
    later = clock.now() + timedelta(hours=3)
    desk.press(address, f"{address}/show", show__at=later.strftime("%Y-%m-%dT%H:%M"))
    assert "Scheduled" in desk.reads("/admin/products?state=scheduled")
    assert client.get("/shop/quiet-lamp").status_code == 404
    held_clock.forward(hours=3)
    assert client.get("/shop/quiet-lamp").status_code == 200
    wrong = desk.press(address, f"{address}/withdraw", becomes="draft")
    assert wrong.status_code == 303
    answer = desk.press(address, f"{address}/show", show__at="tomorrow")
    assert answer.status_code == 422
    assert "such as 2026-12-01 09:00" in text_of(answer)


def test_other_words_and_another_address_are_kept(desk: Desk, shelf: Shelf, client: SeparateClient) -> None:
    address = f"/admin/products/{shelf.product_id}"
    desk.press(address, f"{address}/words", **WORDS | {"certifications": "GOTS 1234", "most_each": "2"})
    assert client.get("/shop/tee").headers["Location"] == "/shop/quiet-lamp"
    text = client.get("/shop/quiet-lamp").text
    assert "GOTS 1234" in text
    answer = desk.press(address, f"{address}/words", **WORDS | {"slug": "Not An Address", "title": ""})
    assert answer.status_code == 422
    assert "Small letters, figures and hyphens" in text_of(answer)
    assert desk.press(address, f"{address}/words", **WORDS | {"slug": "collections"}).status_code == 422


def test_the_grid_is_kept_whole_or_not_at_all(desk: Desk, shelf: Shelf, client: SeparateClient) -> None:
    address = f"/admin/products/{shelf.product_id}"
    grid = _grid(desk.get(address).get_data(as_text=True))
    medium = shelf.variants["TEE-M"]
    better = grid | {f"price-{medium}": "20", f"compare_at-{medium}": "25.00", "barcodes": "1"}
    assert desk.press(address, f"{address}/prices", **better).status_code == 303
    assert "From $20.00" in client.get("/shop/tee").text
    assert "$25.00" in client.get("/shop/tee?colour=ink&size=M").text
    kept = _grid(desk.get(address).get_data(as_text=True))
    assert all(len(kept[f"barcode-{number}"]) == 13 for number in shelf.variants.values())
    answer = desk.press(address, f"{address}/prices", **kept | {f"price-{medium}": "free", f"sku-{medium}": "OTHER"})
    assert answer.status_code == 422
    assert 'value="free"' in answer.get_data(as_text=True)
    assert _grid(desk.get(address).get_data(as_text=True)) == kept


def test_a_colour_is_added_in_the_sizes_it_comes_in(desk: Desk, shelf: Shelf, client: SeparateClient) -> None:
    address = f"/admin/products/{shelf.product_id}"
    fields = {f"colours__{name}": value for name, value in COLOUR.items()}
    assert desk.press(address, f"{address}/colours", **fields).status_code == 422
    fields |= {"colours__name": "Moss Green", "colours__cloth": "#445522", "colours__sizes": "M, XL"}
    assert desk.press(address, f"{address}/colours", **fields).status_code == 303
    text = client.get("/shop/tee?colour=moss-green").text
    assert "Sold out in Moss Green" in text
    assert "TEE-MOSS-GREEN-XL" in _grid(desk.get(address).get_data(as_text=True)).values()


def test_a_collection_is_made_and_changed(desk: Desk, client: SeparateClient) -> None:
    new = "/admin/collections/new"
    fields = {"title": "Mine", "slug": "mine", "position": "1", "published": "y", "products": "tee\n"}
    wrong = desk.press(new, new, **fields | {"products": "tee\nno-such"})
    assert (wrong.status_code, "There is no product at no-such" in text_of(wrong)) == (422, True)
    address = str(desk.press(new, new, **fields).location)
    assert client.get("/shop/collections/mine").status_code == 200
    del fields["published"]
    assert desk.press(address, address, **fields).status_code == 303
    assert client.get("/shop/collections/mine").status_code == 404
    assert "Hidden" in desk.reads("/admin/collections")


def test_who_may_only_look_cannot_change(shelf: Shelf, app: Flask) -> None:
    reader = Desk(app, "read_only", name="Bob")
    text = reader.reads(f"/admin/products/{shelf.product_id}")
    assert "Keep the grid" not in text
    assert reader.get(NEW).status_code == 403
    page = f"/admin/products/{shelf.product_id}"
    assert "<fieldset disabled>" in reader.get(page).text
    assert 'name="cost-' in reader.get(page).text, "who reads reports of margins"
    assert 'name="cost-' not in Desk(app, "fulfilment", name="Kim").get(page).text, "who packs sees no money"
    assert "<fieldset disabled>" not in Desk(app, "manager", name="Mei").get(page).text


def test_a_hole_of_the_matrix_becomes_a_size_and_a_new_size_comes_last(app: Flask) -> None:
    shelf = open_shop()
    desk, page = Desk(app), f"/admin/products/{shelf.product_id}"
    to = f"{page}/sizes"
    assert desk.press(page, to, colour="ink", size="2XL").status_code == 303
    fields = {f"colours__{name}": value for name, value in COLOUR.items()}
    desk.press(page, f"{page}/colours", **(fields | {"colours__name": "Navy", "colours__sizes": "S, M, L"}))
    text = " ".join(desk.get(page).text.split())
    assert 'value="navy/2XL" aria-label="Add 2XL to Navy"' in text
    assert desk.press(page, to, hole="navy/2XL").status_code == 303
    sizes = [one for one in ("S", "M", "L", "2XL") if f'class="number">{one}</th>' in desk.get(page).text]
    assert sizes == ["S", "M", "L", "2XL"]
    twice = desk.press(page, to, colour="ink", size="2XL")
    assert (twice.status_code, "comes in that size already" in text_of(twice)) == (422, True)
    assert desk.press(page, to, colour="pink", size="S").status_code == 404
