"""Leaving quickly, and whom to turn to."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.web.site import EXIT
from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement


@pytest.fixture(autouse=True)
def demo(app: Flask) -> None:
    demo_movement()


def test_a_sensitive_page_has_the_way_out_right_after_the_way_to_its_content(client: SeparateClient) -> None:
    page = client.get("/campaigns/look-closer").text
    links = [one.split('"', 1)[0] for one in page.partition("<body")[2].split('href="')[1:3]]
    assert links == ["#main", "/leave"]
    assert f'data-exit="{EXIT}"' in page


def test_without_a_script_the_link_takes_our_cookies_and_leads_away(client: SeparateClient) -> None:
    client.post("/cart/lines", data={"product": "north-star-tee", "colour": "navy", "size": "M", "quantity": "1"})
    client.post("/language", data={"language": "es", "to": "/"})
    answer = client.get("/leave")
    assert (answer.status_code, answer.location) == (303, EXIT)
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert [client.get_cookie(name, domain="shop.test") for name in ("cart", "cart_count", "language")] == [None] * 3


def test_the_script_tells_us_on_its_way_out(client: SeparateClient) -> None:
    client.post("/language", data={"language": "es", "to": "/"})
    assert client.post("/leave").status_code == 204
    assert client.get_cookie("language", domain="shop.test") is None


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch"}])
def test_who_only_names_or_prefetches_the_way_out_takes_nobodys_cart(
    client: SeparateClient, header: dict[str, str]
) -> None:
    assert client.get("/leave", headers=header).headers.getlist("Set-Cookie") == []


def test_what_it_cannot_hide_is_said(client: SeparateClient) -> None:
    page = client.get("/leaving").text
    assert "What it cannot hide" in page
    assert 'href="/leaving"' in client.get("/").text


def test_helplines_are_those_of_the_readers_country_and_can_be_changed(client: SeparateClient) -> None:
    british = client.get("/helplines", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert "08000 121 700" in british.text
    assert "1-888-373-7888" not in british.text
    assert "Accept-Language" in british.headers["Vary"]
    assert "1-888-373-7888" in client.get("/helplines").text
    assert "1-833-900-1010" in client.get("/helplines?country=CA").text
    everywhere = client.get("/helplines?country=all").text
    assert all(number in everywhere for number in ("08000 121 700", "1-888-373-7888", "1-833-900-1010"))
    assert "Checked" in everywhere
    assert client.get("/helplines?country=%00").status_code == 200


def test_a_story_can_be_read_without_pictures(client: SeparateClient) -> None:
    assert 'href="?pictures=off"' in client.get("/campaigns/look-closer").text
    assert 'class="no-pictures"' in client.get("/campaigns/look-closer?pictures=off").text
