"""Feeds of products and news, and what search engines read on a page."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from flask import Flask

from shop.catalogue import operations as catalogue
from shop.catalogue.operations import VariantTerms
from shop.core.database import transaction
from shop.web.present.product_feeds import harmless
from tests.support.client import SeparateClient
from tests.support.factories import open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.snapshots import demo_movement
from tests.web.counting import statements

GOOGLE = "{http://base.google.com/ns/1.0}"


def read(client: SeparateClient, path: str) -> str:
    with client.get(path) as answer:
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def linked(text: str) -> list[dict[str, object]]:
    return [
        json.loads(one) for one in re.findall(r'<script type="application/ld.json">(.*?)</script>', text, re.DOTALL)
    ]


def test_every_variant_is_offered_with_its_price_and_whether_it_is_there(app: Flask, client: SeparateClient) -> None:
    shelf = open_shop(stock={"TEE-S": 0, "TEE-M": 3, "TEE-L": 3})
    with transaction():
        terms = (
            VariantTerms(number, sku, usd(2500), usd(3000) if sku == "TEE-M" else None, None, None, 165, True)
            for sku, number in shelf.variants.items()
        )
        catalogue.set_variants(shelf.product_id, list(terms))
    items = ElementTree.fromstring(read(client, "/feeds/google-merchant.xml")).iter("item")
    told = {one.findtext(f"{GOOGLE}id"): one for one in items}
    assert told.keys() == shelf.variants.keys()
    assert told["TEE-S"].findtext(f"{GOOGLE}availability") == "out_of_stock"
    assert told["TEE-M"].findtext(f"{GOOGLE}price") == "30.00 USD"
    assert told["TEE-M"].findtext(f"{GOOGLE}sale_price") == "25.00 USD"
    assert told["TEE-M"].findtext(f"{GOOGLE}link") == "http://shop.test/shop/tee?colour=ink"
    lines = list(csv.DictReader(io.StringIO(read(client, "/feeds/meta-catalogue.csv"))))
    assert [line["availability"] for line in lines] == ["out of stock", "in stock", "in stock"]
    assert "Before: <s>$30.00</s>" in client.get("/shop/tee?colour=ink&size=M").text


def test_no_cell_of_a_feed_is_a_formula() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "Tee", ""]
    assert [harmless(cell) for cell in cells] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "Tee", ""]


def test_a_product_page_tells_search_engines_its_offers_and_where_it_stands(app: Flask, client: SeparateClient) -> None:
    open_shop(stock={"TEE-S": 0, "TEE-M": 3, "TEE-L": 3})
    product, crumbs = linked(client.get("/shop/tee").text)
    assert product["@type"] == "Product"
    offers = product["offers"]
    assert isinstance(offers, list)
    assert [one["availability"].rpartition("/")[2] for one in offers] == ["OutOfStock", "InStock", "InStock"]
    assert {one["price"] for one in offers} == {"25.00"}
    assert crumbs["@type"] == "BreadcrumbList"


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("feed", "count"), [("tees", 9), ("campaigns", 3)])
def test_news_is_told_by_rss(client: SeparateClient, feed: str, count: int) -> None:
    answer = client.get(f"/feeds/{feed}.rss")
    assert answer.mimetype == "application/rss+xml"
    items = list(ElementTree.fromstring(answer.text).iter("item"))
    assert len(items) == count
    for one in items:
        assert client.get((one.findtext("link") or "").removeprefix("http://shop.test")).status_code == 200


@pytest.mark.usefixtures("demo")
def test_language_models_are_told_what_the_store_is(client: SeparateClient) -> None:
    text = client.get("/llms.txt").text
    assert text.startswith("# Lantern")
    places = re.findall(r"\((http://shop\.test[^)]*)\)", text)
    assert len(places) >= 12
    for one in places:
        assert read(client, one.removeprefix("http://shop.test"))


def test_a_feed_is_written_once_in_ten_minutes_and_after_a_change(
    app: Flask, client: SeparateClient, held_clock: HeldClock
) -> None:
    shelf = open_shop()
    first = read(client, "/feeds/google-merchant.xml")
    with statements() as sent:
        assert read(client, "/feeds/google-merchant.xml") == first
    assert not [one for one in sent if "stock_levels" in one]
    with transaction():
        catalogue.retire(shelf.product_id)
    assert "<item>" not in read(client, "/feeds/google-merchant.xml")
    assert len(list((app.extensions["settings"].var / "feeds").iterdir())) == 1
