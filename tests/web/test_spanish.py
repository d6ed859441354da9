"""The demo in Spanish: its own words are, and what is not is marked for those who have pages read to them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement

PAGES = (
    "/ /shop /shop?colour=ink&size=One+size /shop/look-closer-tee /shop/look-closer-tote /shop/size-guides/tee"
    " /shop/collections/first-prints /campaigns /campaigns/look-closer /campaigns/notice-safely /partners"
    " /partners/polaris /partners/our-rescue /giving /cart /donate /helplines?country=all /pages/help"
).split()
ENGLISH = re.compile(r' lang="en"[^>]*>\s*([^<]*?)\s*<')
NAMES = {
    "English",  # the other language, by its own name
    "NCMEC CyberTipline",
    "Canadian Human Trafficking Hotline",
    "Modern Slavery &amp; Exploitation Helpline",
    # Sources, as they are called where they can be read.
    "Ashton Kutcher: My Organization Found 6,000 Trafficking Victims Last Year &amp; That&#39;s Just The Start (VIDEO),"
    " Fight the New Drug",
    "Global Estimates of Modern Slavery: Forced Labour and Forced Marriage, ILO, Walk Free and IOM",
    "Answering the Call: 15 Years and Counting, Polaris",
    "Anti-human trafficking resource group prepares for national hotline changes, Hawaiʻi Public Radio",
}


@pytest.fixture(autouse=True)
def demo(app: Flask) -> None:
    demo_movement()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/es", "Mirar más de cerca"),
        ("/es/shop/north-star-tee", "Quienes salieron caminando de la esclavitud"),
        ("/es/campaigns/notice-safely", "Primero: tres reglas"),
        ("/es/partners/polaris", "toma su nombre de la Estrella del Norte"),
        ("/es/pages/help", "Encontrar su pedido"),
    ],
)
def test_the_movement_speaks_spanish(client: SeparateClient, path: str, words: str) -> None:
    assert words in client.get(path).text


def test_what_stays_english_on_spanish_pages_is_a_name_and_says_so(client: SeparateClient) -> None:
    """The other half, that nothing else is English, is seen in a language that nothing speaks: `test_pseudo`."""
    tee = {"product": "look-closer-tote", "colour": "paper", "size": "One size", "quantity": "1"}
    client.post("/es/cart/lines", data=tee)
    found = {text for path in PAGES for text in ENGLISH.findall(client.get(f"/es{path}").text)}
    assert found == NAMES


def test_a_cart_and_its_order_speak_the_language_of_their_buyer(client: SeparateClient) -> None:
    tee = {"product": "look-closer-tote", "colour": "paper", "size": "One size", "quantity": "1"}
    client.post("/es/cart/lines", data=tee)
    page = " ".join(client.get("/es/cart").text.split())
    assert ">Bolsa Look Closer</a>" in page
    assert "<span>Papel, Talla única</span>" in page
    assert "Estados Unidos" in page
    assert "Talla única" not in client.get("/cart").text


def test_a_search_finds_spanish_words_and_says_spanish_names(client: SeparateClient) -> None:
    assert "Bolsa Look Closer" in client.get("/es/shop?q=lona+papel").text
    told = client.get("/es/shop/search/suggestions?q=fijarse").get_json()["suggestions"]
    assert [one["label"] for one in told] == ["Fijarse sin arriesgar"]
    by_name = re.findall(r'class="product-card__name"><a href="[^"]*">([^<]*)', client.get("/es/shop?sort=name").text)
    assert by_name == sorted(by_name)


def test_english_pages_carry_no_marks_and_no_spanish(client: SeparateClient) -> None:
    page = client.get("/campaigns/look-closer").text
    assert "Lo que se dijo" not in page
    assert 'lang="es"' not in page.split("<main")[1].split("</main>")[0]
