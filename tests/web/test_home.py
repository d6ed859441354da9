"""The front page."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from shop.demo.seed import seed
from shop.web import kept
from tests.support.client import SeparateClient
from tests.support.factories import Shopper
from tests.support.snapshots import demo_movement
from tests.support.till import Till
from tests.web.counting import MOST, statements

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


@pytest.fixture
def till(app: Flask) -> Till:
    return Till()


def test_one_campaign_stands_as_a_poster_over_a_row_of_tees(client: SeparateClient) -> None:
    text = client.get("/").text
    assert re.search(r"<h1[^>]*>Look closer</h1>", text)
    assert 'href="/campaigns/look-closer"' in text
    assert text.count('class="product-card"') == 8
    assert 'href="/shop/north-star-tee"' in text


def test_before_the_first_sale_there_are_words_and_no_zeros(client: SeparateClient) -> None:
    text = client.get("/").text
    assert "No tee has been sold yet" in text
    assert "$0" not in text


def test_after_a_sale_the_figures_are_those_of_the_books(client: SeparateClient, till: Till) -> None:
    Shopper(till).puts("LT-NST-INK-M", 2).gives(700).checks_out().pays().comes_back()
    kept.forget()
    text = client.get("/").text
    figures = dict(re.findall(r'figure__step">(.*?)</h3>\s*<p class="ledger-figure__value">(.*?)</p>', text))
    assert figures == {
        "Set aside from tees sold": "$10.00",
        "Added by customers as gifts": "$7.00",
        "Paid out so far": "$0.00",
    }
    assert "Still owed: $17.00." in text


def test_a_partner_that_nobody_could_verify_is_shown_as_such(client: SeparateClient) -> None:
    text = client.get("/").text
    card = text[text.index("Rescue: Freedom International") :]
    assert "To be verified by staff" in card[: card.index("</article>")]


def test_every_page_says_that_the_store_is_a_demonstration(client: SeparateClient) -> None:
    for path in ("/", "/shop", "/giving", "/pages/about", "/no-such-page"):
        assert "This is a demonstration" in client.get(path).text, path


def test_a_cache_may_keep_the_page_and_asks_whether_it_still_holds(client: SeparateClient) -> None:
    first = client.get("/")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in first.headers
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_page_says_what_it_is_to_link_cards(client: SeparateClient) -> None:
    text = client.get("/").text
    assert '<link rel="canonical" href="http://shop.test/">' in text
    assert 'property="og:image" content="http://shop.test/media/cards/campaigns/look-closer.png"' in text


def test_the_page_costs_the_same_few_statements_for_any_number_of_products(client: SeparateClient) -> None:
    client.get("/")
    with statements() as few:
        client.get("/")
    seed(products=60)
    with statements() as many:
        client.get("/")
    assert len(few) == len(many) <= MOST
