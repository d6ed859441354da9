"""A gift of one, through the pages of stores whose currency has no decimals, and three."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.books.queries import posted_for
from shop.core.database import end_read
from shop.core.money import Money
from tests.journeys.test_currencies import open_shop_in
from tests.support.client import SeparateClient
from tests.support.shopper import FlaskBrowser, Shopper
from tests.support.till import Till


@pytest.mark.parametrize(
    ("currency", "typed", "minor", "refused", "shown"),
    [("JPY", "100", 100, "99.5", "¥100"), ("KWD", "1.000", 1_000, "1.005", "KWD 1.000")],
)
def test_a_gift_is_the_same_from_the_field_to_the_books(
    app: Flask, till: Till, client: SeparateClient, currency: str, typed: str, minor: int, refused: str, shown: str
) -> None:
    open_shop_in(currency, price=10_250, delivery=1_500)
    shopper = Shopper(FlaskBrowser(client)).puts("tee")
    assert shopper.chooses_gift("own", refused).page.status == 422
    shopper.chooses_gift("own", typed)
    assert shown in shopper.looks_at("/cart").page.text.replace("\xa0", " ")
    shopper.checks_out()
    (page,) = till.processor.pages.values()
    assert page.total == Money(10_250 + 1_500 + minor, currency)
    till.processor.pays(page.id)
    shopper.comes_back(page.id)
    text = shopper.looks_at(shopper.page.location).page.text.replace("\xa0", " ")
    assert text.count(shown) >= 2, "in the sums and beside its fund"
    assert posted_for(page.request.order_id)["donations_payable", "open-fund"] == -minor
    end_read()
