"""Asking to be told, as somebody does it in a browser: from the struck-through size to the cart."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core.database import end_read, session
from shop.journeys.keep_stock import receive_stock
from shop.restock.models import RestockRequest
from tests.admin.desk import Desk
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop

FORM = "/shop/tee/restock"


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """Nothing left of M."""
    return open_shop(stock={"TEE-S": 5, "TEE-L": 5})


def _page() -> str:
    token = session().execute(select(RestockRequest.token)).scalar_one()
    end_read()
    return f"/restock/{token}"


def test_from_the_sold_out_size_to_the_cart(client: SeparateClient, shelf: Shelf, app: Flask) -> None:
    refused = client.post("/cart/lines", data={"product": "tee", "colour": "ink", "size": "M"})
    assert 'href="/shop/tee/restock?colour=ink&amp;size=M"' in refused.text
    form = client.get(f"{FORM}?colour=ink&size=M").text
    assert '<option value="ink/M" selected>M in Ink</option>' in " ".join(form.split())
    assert "ink/S" not in form
    sent = client.post(FORM, data={"choice": "ink/M", "email": "ana@example.org"})
    assert "Look in your mail" in sent.text
    own = _page()
    assert "One press, and you stand in line" in client.get(own).text
    assert client.post(own).status_code == 303
    assert "You stand in line" in client.get(own).text
    assert "1" in Desk(app).reads(f"/admin/products/{shelf.product_id}").split("Waiting")[-1]
    receive_stock(variant_id=shelf.variants["TEE-M"], quantity=1, reason="Delivery", actor="ada")
    assert "one is kept for you" in client.get(own).text
    assert "is sold out" in client.post("/cart/lines", data={"product": "tee", "colour": "ink", "size": "M"}).text
    assert client.post(f"{own}/cart").location == "/cart"
    cart = client.get("/cart").text
    assert "Ink, M" in cart
    assert "Sold out" not in cart
    assert "One Tee, Ink, M is kept for you until" in cart
    client.post(f"{own}/end")
    assert "This wish is over" in client.get(own).text
    assert client.post(f"{own}/cart").status_code == 409


def test_what_is_typed_wrongly_is_said_beside_its_field_and_nothing_is_lost(
    client: SeparateClient, shelf: Shelf
) -> None:
    wrong = client.post(FORM, data={"choice": "ink/M", "email": "nobody"})
    assert (wrong.status_code, 'value="nobody"' in wrong.text) == (422, True)
    assert "Enter an e-mail address" in wrong.text
    assert client.post(FORM, data={"choice": "pink/M", "email": "ana@example.org"}).status_code == 422
    assert client.get("/shop/nothing/restock").status_code == 404
    assert client.get("/restock/nobody").status_code == 404


def test_the_answer_is_the_same_for_every_address_until_a_network_asks_too_often(
    client: SeparateClient, shelf: Shelf
) -> None:
    answers = [client.post(FORM, data={"choice": "ink/M", "email": "ana@example.org"}) for _ in range(11)]
    assert len({one.text for one in answers[:10]}) == 1
    assert answers[10].status_code == 429


def test_a_robot_is_told_the_same_and_nothing_happens(client: SeparateClient, shelf: Shelf) -> None:
    sent = client.post(FORM, data={"choice": "ink/M", "email": "ana@example.org", "website": "x"})
    assert "Look in your mail" in sent.text
    assert session().execute(select(RestockRequest.id)).all() == []
