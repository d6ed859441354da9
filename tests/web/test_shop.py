"""The shelf and the product page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.catalogue import operations as catalogue
from shop.catalogue.models import Product, Variant
from shop.core.database import session, transaction
from shop.core.errors import NotFound
from shop.demo.seed import seed
from shop.journeys.keep_stock import count_stock
from shop.stock.queries import levels
from shop.web.shop import product_answer
from shop.web.view_models.parts import FieldError
from tests.support.client import SeparateClient, end_reading
from tests.web.counting import MOST, statements

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def demo(app: Flask) -> None:
    seed()


def _product_id(slug: str) -> int:
    return session().execute(select(Product.id).where(Product.slug == slug)).scalar_one()


def _set_status(slug: str, status: str) -> None:
    with transaction() as current:
        current.execute(update(Product).where(Product.slug == slug).values(status=status))


def _leave(sku: str, units: int) -> None:
    variant_id = session().execute(select(Variant.id).where(Variant.sku == sku)).scalar_one()
    seen = levels([variant_id])[variant_id].on_hand
    end_reading()
    count_stock(variant_id=variant_id, counted=units, seen=seen, reason="test", actor="robin")


def _leave_none(code: str) -> None:
    skus = session().execute(select(Variant.sku).where(Variant.sku.startswith(f"LT-{code}-"))).scalars().all()
    for sku in skus:
        _leave(sku, 0)


def _checked(text: str, name: str) -> list[str]:
    inputs = re.findall(rf'<input[^>]*name="{name}"[^>]*>', text)
    return [re.findall(r'value="([^"]*)"', one)[0] for one in inputs if re.search(r"\bchecked\b", one)]


def test_the_shelf_shows_every_product_with_its_price_and_its_pledge(client: SeparateClient) -> None:
    text = client.get("/shop").text
    assert text.count('class="product-card"') == 9
    card = text[text.index('href="/shop/north-star-tee"') :]
    card = card[: card.index("</article>")]
    assert "From $32.00" in card
    assert "4 colours: Ink, Navy, Paper, Forest" in card
    assert "Gives $5 to Polaris" in card


def test_a_product_of_which_nothing_is_left_says_so_on_its_card(client: SeparateClient) -> None:
    _leave_none("LCT")
    text = client.get("/shop").text
    card = text[: text.index('href="/shop/look-closer-tote"')].rpartition("<article")[2]
    assert "Sold out" in card


def test_drafts_and_retired_products_are_not_on_the_shelf(client: SeparateClient) -> None:
    _set_status("north-star-tee", "draft")
    _set_status("look-closer-tee", "retired")
    text = client.get("/shop").text
    assert "/shop/north-star-tee" not in text
    assert 'href="/shop/look-closer-tee"' not in text


def test_long_shelves_come_in_pages_of_24(client: SeparateClient) -> None:
    seed(products=41)
    first, second, third = (client.get(f"/shop?page={number}").text for number in (1, 2, 3))
    assert [text.count('class="product-card"') for text in (first, second, third)] == [24, 24, 2]
    assert "Products 25 to 48 of 50" in second
    assert '<a href="/shop?page=3" rel="next">' in second
    assert '<link rel="next" href="/shop?page=3">' in second
    assert '<a href="/shop" rel="prev">' in second
    assert 'rel="next"' not in third
    assert '<link rel="canonical" href="http://shop.test/shop?page=2">' in second


@pytest.mark.parametrize("page", ["0", "2", "999999999999", "-1", "x", "", "1.5", "２", "1e3"])
def test_a_page_that_is_not_there_is_not_found(client: SeparateClient, page: str) -> None:
    assert client.get("/shop", query_string={"page": page}).status_code == 404


def test_the_shelf_costs_the_same_few_statements_for_any_number_of_products(client: SeparateClient) -> None:
    client.get("/shop")
    with statements() as few:
        client.get("/shop")
    seed(products=60)
    client.get("/shop")  # reads the shelf again, once, as the catalogue was changed
    with statements() as many:
        client.get("/shop")
    assert len(few) == len(many) <= MOST


def test_an_empty_store_has_a_shelf_all_the_same(client: SeparateClient) -> None:
    with transaction() as current:
        current.execute(update(Product).values(status="draft"))
    answer = client.get("/shop")
    assert answer.status_code == 200
    assert "Nothing is on the shelf yet" in answer.text


def test_the_address_chooses_the_colour_and_the_size(client: SeparateClient) -> None:
    text = client.get("/shop/north-star-tee?colour=paper&size=2XL").text
    assert _checked(text, "colour") == ["paper"]
    assert _checked(text, "size") == ["2XL"]
    assert '<p class="product__price">$34.00</p>' in text
    shown = re.findall(r'aria-label="Pictures in (\w+)"[^>]*data-shown-for="\w+"\s*(hidden)?', text)
    assert [name for name, hidden in shown if not hidden] == ["Paper"]


def test_a_colour_or_size_that_does_not_exist_chooses_nothing_strange(client: SeparateClient) -> None:
    text = client.get("/shop/north-star-tee?colour=%3Cscript%3E&size=40").text
    assert _checked(text, "colour") == ["ink"]
    assert _checked(text, "size") == []
    assert '<p class="product__price">From $32.00</p>' in text
    assert "<script>" not in text


def test_the_whole_pledge_stands_beside_the_price(client: SeparateClient) -> None:
    text = client.get("/shop/north-star-tee").text
    promise = r"We give Polaris \$5 from each one sold through [A-Z]\w+ \d+, \d{4}, up to \$[\d,]+ in all\."
    assert re.search(promise, text)


def test_sizes_that_are_gone_stay_and_are_said_in_words(client: SeparateClient) -> None:
    _leave("LT-NST-PAP-XS", 3)
    text = client.get("/shop/north-star-tee?colour=paper").text
    assert re.search(r"Sold out in Paper:\s+4XL", text)
    assert re.search(r"choice--sold-out.*?4XL", text, re.DOTALL)
    assert "Only 3 left: XS." in text
    assert 'value="4XL"' in text


def test_a_product_that_is_sold_out_cannot_be_put_in_a_cart(client: SeparateClient) -> None:
    _leave_none("LCT")
    text = client.get("/shop/look-closer-tote").text
    assert "Sold out in every size and colour just now" in text
    assert 'action="/cart/lines"' not in text
    asked = re.search(r'<form class="buy" method="get" action="([^"?]*)', text)
    assert asked is not None
    chosen = client.get(f"{asked[1]}?colour=ink&size=One+size").text
    assert re.search(r'<option value="ink/One size" selected', chosen)


def test_a_retired_product_keeps_its_page_and_says_that_it_is_gone(client: SeparateClient) -> None:
    with transaction():
        catalogue.retire(_product_id("north-star-tee"))
    answer = client.get("/shop/north-star-tee")
    assert answer.status_code == 200
    assert "No longer sold" in answer.text
    assert 'action="/cart/lines"' not in answer.text
    assert "We give" not in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


@pytest.mark.parametrize("slug", ["no-such-tee", "%00", "a" * 500, "..%2f..%2fetc"])
def test_drafts_and_strangers_are_not_found(client: SeparateClient, slug: str) -> None:
    assert client.get(f"/shop/{slug}").status_code == 404
    _set_status("north-star-tee", "draft")
    assert client.get("/shop/north-star-tee").status_code == 404


def test_a_product_page_costs_the_same_few_statements_for_any_number_of_products(client: SeparateClient) -> None:
    client.get("/shop/north-star-tee")
    with statements() as few:
        client.get("/shop/north-star-tee")
    seed(products=60)
    with statements() as many:
        client.get("/shop/north-star-tee")
    assert len(few) == len(many) <= MOST


def test_a_refused_choice_shows_the_page_again_as_it_was(app: Flask) -> None:
    wrong = FieldError(field="size", message="Choose a size.")
    with app.test_request_context("/cart/lines", method="POST"):
        answer = product_answer(slug="north-star-tee", colour="navy", quantity=3, errors=(wrong,), status=422)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert answer.headers["Cache-Control"] == "no-store"
    assert _checked(text, "colour") == ["navy"]
    assert "Choose a size." in text
    assert re.search(r'name="quantity"[^>]*value="3"', text)


def test_a_refused_choice_of_a_stranger_is_not_found(app: Flask) -> None:
    with app.test_request_context("/cart/lines", method="POST"), pytest.raises(NotFound):
        product_answer(slug="no-such-tee", status=422)
