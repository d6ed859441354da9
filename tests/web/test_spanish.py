"""The demo in Spanish: its own words are, and what is not is marked for those who have pages read to them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement


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


def test_figures_stay_as_their_sources_said_them_and_say_so(client: SeparateClient) -> None:
    story = client.get("/es/campaigns/look-closer").text
    assert 'class="claim" lang="en" dir="ltr"' in story
    assert '<h2 id="part-lo-que-se-dijo">' in story
    english = re.findall(r'<(\w+)[^>]* lang="en"', story)
    assert not {"h1", "h2"} & set(english)


def test_english_pages_carry_no_marks_and_no_spanish(client: SeparateClient) -> None:
    page = client.get("/campaigns/look-closer").text
    assert "Lo que se dijo" not in page
    assert 'lang="es"' not in page.split("<main")[1].split("</main>")[0]
