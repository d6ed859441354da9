"""The cart as a sheet beside a page: the same cart, the same forms, no frame."""

from __future__ import annotations

import pytest

from tests.support.client import SeparateClient

ASKED = {"X-Cart-Drawer": "1"}
TEE = {"product": "tee", "colour": "ink", "size": "M", "quantity": "2"}


@pytest.mark.usefixtures("shelf", "till")
def test_the_script_is_led_to_the_drawer_and_everybody_else_to_the_page(client: SeparateClient) -> None:
    assert client.post("/cart/lines", data=TEE, headers=ASKED).headers["Location"] == "/cart/drawer"
    assert client.post("/cart/lines", data=TEE).headers["Location"] == "/cart"


@pytest.mark.usefixtures("shelf", "till")
def test_the_drawer_holds_the_cart_and_says_so(client: SeparateClient) -> None:
    client.post("/cart/lines", data=TEE)
    sheet = client.get("/cart/drawer")
    assert sheet.headers["Cache-Control"] == "no-store"
    assert 'data-units="2"' in sheet.text
    assert "2 items in the cart." in sheet.text
    assert "<html" not in sheet.text


@pytest.mark.usefixtures("shelf", "till")
def test_an_empty_drawer_leads_to_the_shelf(client: SeparateClient) -> None:
    sheet = client.get("/cart/drawer").text
    assert "The cart is empty." in sheet
    assert 'href="/shop"' in sheet


@pytest.mark.usefixtures("shelf", "till")
def test_what_is_refused_is_refused_to_the_script_too(client: SeparateClient) -> None:
    answer = client.post("/cart/lines", data={**TEE, "quantity": "99"}, headers=ASKED)
    assert answer.status_code == 422
