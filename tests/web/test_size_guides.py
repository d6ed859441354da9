"""Size guides as a visitor meets them."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement


@pytest.fixture(autouse=True)
def demo(app: Flask) -> None:
    demo_movement()


def test_the_unit_is_changed_by_a_link(client: SeparateClient) -> None:
    metric = client.get("/shop/size-guides/tee").text
    assert '<td class="number">52</td>' in metric
    assert 'href="/shop/size-guides/tee?unit=in"' in metric
    assert '<td class="number">20 ½</td>' in client.get("/shop/size-guides/tee?unit=in").text
    assert 'href="/shop/size-guides/tee"' in client.get("/shop/north-star-tee").text


def test_a_tee_of_ones_own_finds_its_nearest_size(client: SeparateClient) -> None:
    text = client.get("/shop/size-guides/tee?unit=cm&chest=53&length=72").text
    assert "The nearest size is M." in text
    assert "Its chest is 1 cm narrower." in text
    assert "It is as long as yours." in text
    assert "La talla más cercana es M." in client.get("/es/shop/size-guides/tee?unit=cm&chest=53&length=72").text


def test_what_is_no_length_is_said_beside_its_field_and_kept(client: SeparateClient) -> None:
    answer = client.get("/shop/size-guides/womens-tee?chest=wide&length=70")
    assert answer.status_code == 422
    assert 'id="chest-error"' in answer.text
    assert 'value="wide"' in answer.text


def test_a_garment_without_a_chest_is_not_compared_and_a_stranger_not_found(client: SeparateClient) -> None:
    assert "Compare with a tee you own" not in client.get("/shop/size-guides/tote").text
    assert client.get("/shop/size-guides/cape").status_code == 404
