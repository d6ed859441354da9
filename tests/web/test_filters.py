"""Filters, sorting and collections as a visitor meets them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.catalogue import operations as catalogue
from shop.catalogue.models import Product
from shop.catalogue.rules import CollectionFacts
from shop.core import clock
from shop.core.database import session, transaction
from shop.journeys.keep_stock import count_stock
from shop.stock.queries import levels
from tests.support.client import SeparateClient, end_reading
from tests.support.factories import add_tee, open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.snapshots import demo_movement

CARD = re.compile(r'class="product-card__name"><a href="/shop/([a-z0-9-]+)[?"]')
CHOICE = re.compile(
    r'<li>\s*<a href="(/shop[^"]*)"[^>]*>(?:(?!</a>).)*?filter__count">.*?</span>(\d+)</span>', re.DOTALL
)


def cards(text: str) -> list[str]:
    return CARD.findall(text)


def choices(text: str) -> dict[str, int]:
    """The addresses that the filters offer, with the counts beside them."""
    return {unescape(url): int(count) for url, count in CHOICE.findall(text)}


def facts(slug: str, *, published: bool) -> CollectionFacts:
    return CollectionFacts(slug, slug.title(), "Chosen by hand.", published, 1)


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


@pytest.mark.usefixtures("demo")
def test_every_filter_leads_to_as_many_as_it_says(client: SeparateClient) -> None:
    offered = choices(client.get("/shop").text)
    assert {url.partition("?")[2].partition("=")[0] for url in offered} == {
        *("campaign", "garment", "colour", "size", "price")
    }
    for url, count in offered.items():
        text = client.get(url).text
        assert len(cards(text)) == count > 0, url
        narrower = choices(text)
        assert all(narrower.values()), url


@pytest.mark.usefixtures("demo")
def test_filters_in_force_can_be_taken_back_one_by_one(client: SeparateClient) -> None:
    text = client.get("/shop?garment=tee&size=M&sort=price-low").text
    assert 'class="chosen__one" href="/shop?size=M&amp;sort=price-low"' in text
    assert 'class="chosen__one" href="/shop?garment=tee&amp;sort=price-low"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "<title>Shop: Tee, M" in text


@pytest.mark.usefixtures("demo")
def test_cards_wear_the_colour_that_is_asked_for(client: SeparateClient) -> None:
    text = client.get("/shop?colour=paper").text
    assert 'href="/shop/north-star-tee?colour=paper"' in text
    assert "Front of a paper tee" in text


@pytest.mark.usefixtures("demo")
def test_sorting_puts_the_lowest_price_first(client: SeparateClient) -> None:
    text = client.get("/shop?sort=price-low").text
    prices = [float(one) for one in re.findall(r'product-card__price">(?:From )?\$([\d.]+)', text)]
    assert prices == sorted(prices)
    names = re.findall(r'product-card__name"><a[^>]*>([^<]+)', client.get("/shop?sort=name").text)
    assert names == sorted(names)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("asked", ["colour=mauve", "size=%3Cscript%3E", "garment=tote&size=M", "price=0-1", "stock=x"])
def test_what_nothing_matches_says_so_and_leads_back(client: SeparateClient, asked: str) -> None:
    answer = client.get(f"/shop?{asked}")
    assert answer.status_code == 200
    assert "Nothing here just now" in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "<script>" not in answer.text


def test_a_size_that_is_gone_is_no_filter_any_more(app: Flask, client: SeparateClient, held_clock: HeldClock) -> None:
    shelf = open_shop()
    assert choices(client.get("/shop?colour=ink").text).get("/shop?colour=ink&size=M") == 1
    seen = levels([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]].on_hand
    end_reading()
    count_stock(variant_id=shelf.variants["TEE-M"], counted=0, seen=seen, reason="gone", actor="robin")
    held_clock.forward(timedelta(seconds=6))
    assert "/shop?colour=ink&size=M" not in choices(client.get("/shop?colour=ink").text)
    assert cards(client.get("/shop?size=M").text) == []
    assert cards(client.get("/shop?size=S").text) == ["tee"]


def test_a_product_comes_by_itself_when_its_hour_has_come(
    app: Flask, client: SeparateClient, held_clock: HeldClock
) -> None:
    variant = open_shop().variants["TEE-M"]
    with transaction() as current:
        current.execute(update(Product).values(published_at=clock.now() + timedelta(hours=1)))
        catalogue.price_variant(variant, price=usd(2600))
    assert cards(client.get("/shop").text) == []
    assert client.get("/shop/tee").status_code == 404
    held_clock.forward(timedelta(hours=1))
    assert cards(client.get("/shop").text) == ["tee"]
    assert client.get("/shop/tee").status_code == 200


@pytest.mark.usefixtures("demo")
def test_a_collection_keeps_the_order_of_staff_and_can_be_narrowed(client: SeparateClient) -> None:
    ids = dict(iter(session().execute(select(Product.slug, Product.id))))
    end_reading()
    wanted = ["look-closer-tote", "north-star-tee", "look-closer-tee"]
    with transaction():
        number = catalogue.add_collection(facts("mine", published=True))
        catalogue.fill_collection(number, [ids[slug] for slug in wanted])
    text = client.get("/shop/collections/mine").text
    assert cards(text) == wanted
    assert '<link rel="canonical" href="http://shop.test/shop/collections/mine">' in text
    assert cards(client.get("/shop/collections/mine?garment=tee").text) == wanted[1:]
    assert '<a href="/shop/collections/mine">Mine</a>' in client.get("/shop").text
    with transaction():
        catalogue.change_collection(number, facts("mine", published=False))
    assert client.get("/shop/collections/mine").status_code == 404


@pytest.mark.usefixtures("demo")
def test_a_story_has_a_collection_of_its_own(client: SeparateClient) -> None:
    answer = client.get("/shop/collections/look-closer")
    assert answer.status_code == 200
    assert len(cards(answer.text)) == choices(client.get("/shop").text)["/shop?campaign=look-closer"]
    assert 'href="/campaigns/look-closer"' in answer.text
    assert client.get("/shop/collections/no-such").status_code == 404


def test_in_stock_is_offered_where_something_is_sold_out(app: Flask, client: SeparateClient) -> None:
    open_shop()
    assert "/shop?stock=in" not in choices(client.get("/shop").text)
    with transaction():
        add_tee("gone", price=2500, stock=0)
    assert choices(client.get("/shop").text)["/shop?stock=in"] == 1
    assert cards(client.get("/shop?stock=in").text) == ["tee"]
