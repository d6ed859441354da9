"""What machines read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask

from shop.web.present.feeds import MOST_ADDRESSES, sitemap
from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement
from tests.web.counting import MOST, statements

PLACES = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


def test_robots_are_kept_out_of_what_belongs_to_one_visitor(client: SeparateClient) -> None:
    text = client.get("/robots.txt").text
    for line in ("Disallow: /cart/", "Disallow: /orders/", "Sitemap: http://shop.test/sitemap.xml"):
        assert line in text.splitlines()


@pytest.mark.usefixtures("demo")
def test_the_sitemap_names_pages_that_open(client: SeparateClient) -> None:
    places = [one.text or "" for one in ElementTree.fromstring(client.get("/sitemap.xml").text).iter(PLACES)]
    assert len(places) == 5 + 3 + 2 + 9 + 5 + 3 + 5
    assert [one for one in places if client.get(one.removeprefix("http://shop.test")).status_code != 200] == []


@pytest.mark.usefixtures("demo")
def test_the_sitemap_costs_few_statements(client: SeparateClient) -> None:
    client.get("/pages/help")  # what is remembered by edition
    with statements() as sent:
        client.get("/sitemap.xml")
    assert len(sent) <= MOST


def test_a_sitemap_holds_no_more_than_it_may_and_escapes_what_it_holds() -> None:
    text = sitemap(f"http://shop.test/?a&b={number}" for number in range(MOST_ADDRESSES + 5))
    assert text.count("<loc>") == MOST_ADDRESSES
    assert "?a&amp;b=0<" in text


def test_the_icon_is_where_browsers_look_for_it(client: SeparateClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/static/brand/favicon.")
