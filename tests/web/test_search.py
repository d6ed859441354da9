"""Search as a visitor meets it, on both engines."""

from __future__ import annotations

from random import randrange

import pytest
from flask import Flask
from sqlalchemy import text, update

from shop.catalogue.models import Product
from shop.catalogue.search import index
from shop.core.database import db, session, transaction
from shop.journeys.index_search import index_missing
from shop.web.reads.search import search
from shop.web.reads.shelf_map import shelf_map
from tests.catalogue.making import add_tee
from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement
from tests.web.counting import MOST, statements
from tests.web.test_filters import cards, choices


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


def found(client: SeparateClient, words: str) -> list[str]:
    return cards(client.get("/shop", query_string={"q": words}).text)


@pytest.mark.usefixtures("demo")
def test_titles_colours_garments_and_stories_are_searched(client: SeparateClient) -> None:
    assert found(client, "north star") == ["north-star-tee"]
    assert found(client, "LANT hood") == ["lantern-hoodie"]
    assert found(client, "tote") == ["look-closer-tote"]
    assert "north-star-tee" in found(client, "forest")
    assert set(found(client, "look closer")) >= {"look-closer-tee", "look-closer-tote"}
    assert found(client, "look closer")[:2] == ["look-closer-tee", "look-closer-tote"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("typed", "meant"), [("lantrn", "lantern"), ("nroth satr", "north star"), ("hoodei", "hoodie")]
)
def test_typing_mistakes_are_forgiven_and_said(client: SeparateClient, typed: str, meant: str) -> None:
    text = client.get("/shop", query_string={"q": typed}).text
    assert cards(text) == found(client, meant) != []
    assert f"<strong>{meant}</strong>" in text


@pytest.mark.usefixtures("demo")
def test_some_of_the_words_are_better_than_nothing(client: SeparateClient) -> None:
    text = client.get("/shop?q=lantern+zeppelin").text
    assert "lantern-hoodie" in cards(text)
    assert "These have some of them." in text


@pytest.mark.usefixtures("demo")
def test_who_finds_nothing_is_told_so_and_shown_some_tees(client: SeparateClient) -> None:
    text = client.get("/shop?q=%3Cxylophone").text
    assert "Nothing found for “&lt;xylophone”" in text
    assert len(cards(text)) == 4


@pytest.mark.usefixtures("demo")
def test_what_is_found_can_be_narrowed_and_sorted(client: SeparateClient) -> None:
    text = client.get("/shop?q=look+closer").text
    assert all(url.startswith("/shop?q=look+closer&") for url in choices(text))
    assert cards(client.get("/shop?q=look+closer&garment=tote").text) == ["look-closer-tote"]
    assert '<meta name="robots" content="noindex">' in text


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("words", ["xqzzkw", '"', "%00", "a" * 5_000, "';--", "* AND NOT (", "\\", "<script>alert(1)"])
def test_strange_words_find_nothing_and_break_nothing(client: SeparateClient, words: str) -> None:
    answer = client.get("/shop", query_string={"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.usefixtures("demo")
def test_a_search_costs_few_statements_even_when_it_is_mistyped(client: SeparateClient) -> None:
    client.get("/shop")
    for words, most in (("north star", MOST), ("nroth satr", MOST + 4)):
        with statements() as sent:
            client.get("/shop", query_string={"q": words})
        assert len(sent) <= most


def test_another_title_is_found_and_the_old_one_is_not(app: Flask, client: SeparateClient) -> None:
    with transaction() as current:
        product_id, _ = add_tee("northern-lamp")
        current.execute(update(Product).where(Product.id == product_id).values(title="Evening Letter"))
        index.index_products([product_id])
    assert index.find(["evening"]) == [product_id]
    assert index.find(["northern"]) == []


def test_what_search_does_not_know_is_read_by_the_worker(app: Flask) -> None:
    with transaction() as current:
        product_id, _ = add_tee("northern-lamp")
        current.execute(text("DELETE FROM search_index"))
    assert index.find(["northern"]) == []
    assert (index_missing(), index_missing()) == (1, 0)
    assert index.find(["northern"]) == [product_id]


def test_drafts_are_not_found_by_visitors(app: Flask) -> None:
    with transaction():
        product_id, _ = add_tee("secret-lamp", published=False)
    assert index.find(["secret"]) == [product_id]
    assert search(shelf_map(), "secret").positions == []


@pytest.mark.only_on("postgresql")
def test_without_trigrams_mistakes_after_the_first_letter_are_forgiven(app: Flask) -> None:
    with transaction():
        add_tee("northern-lantern")
    session().rollback()
    with db.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_search_words_near"))
        connection.execute(text("DROP EXTENSION pg_trgm"))
    try:
        assert "lantern" in index.near("lantren")
    finally:
        session().rollback()
        with db.engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION pg_trgm"))
            connection.execute(
                text("CREATE INDEX ix_search_words_near ON search_words USING gist (word gist_trgm_ops)")
            )


@pytest.mark.usefixtures("demo")
def test_suggestions_are_few_and_lead_to_pages(client: SeparateClient) -> None:
    answer = client.get("/shop/search/suggestions?q=look")
    assert answer.mimetype == "application/json"
    offered = answer.get_json()["suggestions"]
    assert 0 < len(offered) <= 8
    assert {one["url"].split("/")[1] for one in offered} == {"shop", "campaigns"}
    assert all(client.get(one["url"]).status_code == 200 for one in offered)
    assert client.get("/shop/search/suggestions?q=x").json == {"suggestions": []}
    assert client.get("/shop/search/suggestions").json == {"suggestions": []}


@pytest.mark.usefixtures("demo")
def test_suggestions_are_not_given_without_end(client: SeparateClient) -> None:
    somebody = {"REMOTE_ADDR": f"10.{randrange(256)}.{randrange(256)}.1"}  # the count outlives a test
    ask = "/shop/search/suggestions?q=x"
    answers = [client.get(ask, environ_base=somebody).status_code for _ in range(130)]
    assert answers[:100] == [200] * 100
    assert answers[-1] == 429
