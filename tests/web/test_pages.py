"""Plain pages, helplines, and the frame round every page."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from shop.demo.content import PAGES
from shop.demo.seed import seed
from shop.web.present import addresses
from shop.web.present.pages import page_asked, pagination
from tests.support.client import SeparateClient
from tests.web.counting import MOST, statements


@pytest.fixture
def demo(app: Flask) -> None:
    seed()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_every_page_of_the_footer_opens(client: SeparateClient, slug: str) -> None:
    answer = client.get(f"/pages/{slug}")
    assert answer.status_code == 200
    assert f'href="/pages/{slug}" aria-current="page"' in answer.text
    assert "[[" not in answer.text


@pytest.mark.usefixtures("demo")
def test_helplines_can_be_dialled_and_say_when_they_were_checked(client: SeparateClient) -> None:
    text = client.get("/pages/help").text
    assert 'href="tel:18883737888">1-888-373-7888</a>' in text
    assert "Text 233733" in text
    assert "not an emergency service" in re.sub(r"\s+", " ", text)
    assert text.count("Checked November 22, 2026") == 5


@pytest.mark.usefixtures("demo")
def test_the_footer_leads_to_the_helplines(client: SeparateClient) -> None:
    assert f'href="{addresses.HELPLINES}"' in client.get("/shop").text
    assert 'id="helplines"' in client.get(addresses.page("help")).text


@pytest.mark.usefixtures("demo")
def test_a_page_that_nobody_wrote_is_not_found(client: SeparateClient) -> None:
    assert client.get("/pages/nothing").status_code == 404


@pytest.mark.usefixtures("demo")
def test_a_page_costs_few_statements(client: SeparateClient) -> None:
    client.get("/pages/help")
    with statements() as sent:
        client.get("/pages/help")
    assert len(sent) <= MOST


def test_a_store_without_a_brand_answers_that_it_is_not_set_up(client: SeparateClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "has not been set up" in answer.text


def test_links_written_as_text_lead_where_the_routes_are(app: Flask) -> None:
    with app.test_request_context():
        from flask import url_for

        assert url_for("home.index") == addresses.HOME
        assert url_for("shop.index") == addresses.SHOP
        assert addresses.collection("c") == url_for("shop.collection", slug="c")
        assert addresses.product("tee", colour="navy blue") == url_for("shop.product", slug="tee", colour="navy blue")
        assert url_for("campaigns.index") == addresses.CAMPAIGNS
        assert addresses.campaign("c") == url_for("campaigns.show", slug="c")
        assert url_for("partners.index") == addresses.PARTNERS
        assert addresses.partner("p") == url_for("partners.show", slug="p")
        assert url_for("giving.show") == addresses.GIVING
        assert addresses.page("about") == url_for("pages.show", slug="about")
        assert addresses.product_card("tee") == url_for("media.product_card", slug="tee")
        assert addresses.campaign_card("c") == url_for("media.campaign_card", slug="c")
        assert url_for("cart.show") == addresses.CART
        assert url_for("cart.add") == addresses.ADD_TO_CART


def test_a_long_list_shows_the_pages_around_the_first_and_the_last() -> None:
    links = pagination(1_000, 20, 24, str)
    assert links is not None
    assert [link.label for link in links.pages] == ["1", "18", "19", "20", "21", "22", "42"]
    assert [link.label for link in links.pages if link.current] == ["20"]
    assert [link.label for link in links.pages if link.after_others] == ["18", "42"]
    assert pagination(24, 1, 24, str) is None


def test_only_plain_numbers_are_pages() -> None:
    assert [page_asked(text) for text in (None, "1", "17", "0", "01", "x", "", "٣")] == [
        1,
        1,
        17,
        None,
        1,
        None,
        None,
        None,
    ]
