"""In which language a page answers: its address says so, and an address that does not is everybody's."""

from __future__ import annotations

import re

import pytest

from shop.core.languages import SPANISH, speaking
from shop.web.languages import COOKIE, addressed, is_page
from tests.support.client import SeparateClient

TEE = "tee"
SPANISH_BROWSER = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.8"}
pytestmark = pytest.mark.usefixtures("shelf")


def test_the_address_says_the_language(client: SeparateClient) -> None:
    english, spanish = client.get("/shop"), client.get("/es/shop")
    assert '<html lang="en" dir="ltr">' in english.text
    assert '<html lang="es" dir="ltr">' in spanish.text
    assert "A dónde va el dinero" in spanish.text
    assert spanish.headers["Content-Language"] == "es"
    assert client.get("/es").status_code == client.get("/es/").status_code == 200


def test_links_and_forms_of_a_page_stay_in_its_language(client: SeparateClient) -> None:
    page = client.get(f"/es/shop/{TEE}").text
    own = set(re.findall(r'(?:href|action)="(/[^"]*)"', page))
    assert {"/es/", "/es/shop", "/es/cart", "/es/cart/lines"} <= own
    assert [url for url in own if is_page(url.partition("?")[0]) and not url.startswith("/es/")] == []
    assert not re.search(r'(?:href|action)="/es', client.get(f"/shop/{TEE}").text)


def test_a_page_names_itself_and_the_same_page_in_every_language(client: SeparateClient) -> None:
    page = client.get("/es/shop?page=1").text
    base = client.application.extensions["settings"].base_url
    assert f'<link rel="canonical" href="{base}/es/shop">' in page
    named = dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))
    assert named == {"en": f"{base}/shop", "es": f"{base}/es/shop", "x-default": f"{base}/shop"}
    assert dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', client.get("/shop").text)) == named


def test_a_browser_that_asks_for_spanish_is_led_there(client: SeparateClient) -> None:
    led = client.get("/shop?page=1", headers=SPANISH_BROWSER)
    assert (led.status_code, led.headers["Location"]) == (302, "/es/shop?page=1")
    assert led.headers["Cache-Control"] == "no-store"
    assert client.get("/shop", headers={"Accept-Language": "de, fr;q=0.5"}).status_code == 200
    assert client.get("/shop", headers={"Accept-Language": "en;q=0.9, es;q=0.2"}).status_code == 200


def test_caches_are_told_what_an_address_without_a_language_depends_on(client: SeparateClient) -> None:
    assert {one.lower() for one in client.get("/shop").vary} >= {"accept-language", "cookie"}
    spanish = client.get("/es/shop")
    assert not {one.lower() for one in spanish.vary} & {"accept-language", "cookie"}
    assert "Set-Cookie" not in spanish.headers
    again = client.get("/es/shop", headers={"If-None-Match": spanish.headers["ETag"]})
    assert again.status_code == 304


def test_a_choice_is_remembered_before_what_the_browser_asks(client: SeparateClient) -> None:
    chosen = client.post("/language", data={"language": "en", "to": "/shop?page=1"}, headers=SPANISH_BROWSER)
    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/shop?page=1")
    assert client.get("/shop", headers=SPANISH_BROWSER).status_code == 200
    kept = client.post("/language", data={"language": "es", "to": "/shop"}).headers["Set-Cookie"]
    assert kept.startswith(f"{COOKIE}=es;")
    assert "HttpOnly" in kept
    assert client.get("/campaigns").headers["Location"] == "/es/campaigns"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/cart/lines", "/es/cart"),  # answers forms only
        ("//evil.example/", "/es/"),
        ("/\\evil.example", "/es/"),
        ("https://evil.example/", "/es/"),
        ("", "/es/"),
        ("/nowhere/at/all", "/es/"),
    ],
)
def test_a_choice_leads_to_a_page_of_ours(client: SeparateClient, asked: str, led: str) -> None:
    assert client.post("/language", data={"language": "es", "to": asked}).headers["Location"] == led


def test_a_language_that_we_do_not_speak_is_refused(client: SeparateClient) -> None:
    assert client.post("/language", data={"language": "xx", "to": "/"}).status_code == 400
    assert client.get("/xx/shop").status_code == 404
    client.set_cookie(COOKIE, "xx")
    assert client.get("/shop").status_code == 200


def test_a_form_is_answered_where_it_was_sent(client: SeparateClient) -> None:
    choice = {"product": TEE, "colour": "ink", "size": "M", "quantity": "1"}
    assert client.post("/es/cart/lines", data=choice).headers["Location"] == "/es/cart"
    answer = client.post("/cart/lines", data=choice, headers=SPANISH_BROWSER)
    assert answer.headers["Location"] == "/es/cart"
    assert client.post("/cart/lines", data=choice).headers["Location"] == "/cart"


def test_what_is_for_staff_or_machines_has_no_language(client: SeparateClient) -> None:
    for path in ("/healthz", "/robots.txt", "/sitemap.xml", "/admin/sign-in"):
        assert client.get(path, headers=SPANISH_BROWSER).status_code == 200
        assert client.get(f"/es{path}").status_code == 404


def test_an_address_is_put_in_a_language_once() -> None:
    with speaking(SPANISH):
        assert addressed("/shop?q=a.b") == "/es/shop?q=a.b"
        assert addressed("/static/site.css") == "/static/site.css"
        assert addressed("/feed.xml") == "/feed.xml"
    assert addressed("/shop") == "/shop"
