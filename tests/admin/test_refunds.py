"""Money back at the desk: first the consequences in money, then the deed, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shop.orders import queries as orders
from shop.payments.queries import refunds_of
from tests.admin.desk import Desk, text_of, token_of, typed_in
from tests.admin.sales import Counter


@pytest.fixture
def sold(app: Flask, tmp_path: Path) -> str:
    """A paid order of two tees; its id."""
    counter = Counter(tmp_path / "mail")
    order_id = counter.sells(counter.tees[0], 2)
    counter.takes_money_for(order_id)
    return order_id


def _press(desk: Desk, order_id: str, **fields: object) -> TestResponse:
    address = f"/admin/orders/{order_id}/refund"
    shown = desk.get(address)
    name, token = token_of(shown, address)
    typed = {"key": typed_in(shown, "key"), "reason": "Torn", **fields}
    return desk.client.post(address, data={name: token, **typed})


def test_the_consequences_are_shown_first_and_the_second_press_does_it_once(app: Flask, sold: str) -> None:
    desk, address = Desk(app), f"/admin/orders/{sold}/refund"
    (line,) = orders.lines_of(sold)
    asked = _press(desk, sold, **{f"units_{line.id}": 1})
    page = text_of(asked)
    assert "The customer gets" in page
    assert "Stripe keeps its fee of $1.23" in page
    assert refunds_of(sold) == []
    mark = re.search(r'name="confirm"\s+value="(\w+)"', asked.get_data(as_text=True))
    assert mark is not None
    name, token = token_of(asked, address)
    press = {name: token, "key": typed_in(asked, "key"), "reason": "Torn", f"units_{line.id}": 1, "confirm": mark[1]}
    answers = [desk.client.post(address, data=press) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [one.goods for one in refunds_of(sold)] == [line.unit_price.minor]
    assert "Give money back" in desk.reads(f"/admin/orders/{sold}")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"delivery": "a lot"}, "Enter an amount in figures"),
        ({"delivery": "500"}, "of this is left"),
        ({"reason": " "}, "Say why"),
        ({}, "Choose what goes back"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(app: Flask, sold: str, fields: dict[str, object], words: str) -> None:
    answer = _press(Desk(app), sold, **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert refunds_of(sold) == []


def test_everything_can_be_filled_in_at_once(app: Flask, sold: str) -> None:
    page = Desk(app).get(f"/admin/orders/{sold}/refund?all=1")
    (line,) = orders.lines_of(sold)
    assert typed_in(page, f"units_{line.id}") == "2"
