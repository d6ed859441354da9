"""Where the money goes."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.books.queries import PartyBalance
from shop.core.money import Money
from shop.web.present import figures
from tests.support.client import SeparateClient
from tests.support.factories import Shopper, usd
from tests.support.partners import pay_polaris
from tests.support.snapshots import demo_movement
from tests.support.till import Till
from tests.web.counting import MOST, statements


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


@pytest.mark.usefixtures("demo")
def test_before_the_first_sale_the_page_says_so_kindly(client: SeparateClient) -> None:
    text = client.get("/giving").text
    assert "The first sale will stand here" in text
    assert "$0" not in text


@pytest.mark.usefixtures("demo")
def test_a_sale_is_there_at_once_with_how_it_was_computed(client: SeparateClient) -> None:
    client.get("/giving")
    Shopper(Till()).puts("LT-NST-INK-M", 2).gives(700).checks_out().pays().comes_back()
    text = client.get("/giving").text
    for told in ("Polaris", "Lantern &amp; Thread Open Door Fund", "$10.00", "$7.00", "$17.00", "From the books"):
        assert told in text, told
    assert "$10.00 from shares of tees and $7.00 from gifts make $17.00" in text
    assert "Nobody types one" in text.replace("\n", " ")


@pytest.mark.usefixtures("demo")
def test_a_payout_moves_from_owed_to_paid(client: SeparateClient) -> None:
    Shopper(Till()).puts("LT-NST-INK-M", 2).checks_out().pays().comes_back()
    pay_polaris(400)
    text = client.get("/giving").text
    assert "$4.00 of it is paid out and $6.00 is owed now" in text


@pytest.mark.usefixtures("demo")
def test_the_page_costs_few_statements(client: SeparateClient) -> None:
    client.get("/giving")
    with statements() as sent:
        client.get("/giving")
    assert len(sent) <= MOST


def test_sums_of_several_currencies_are_never_added_up() -> None:
    euro = Money(500, "EUR")
    balances = [
        PartyBalance("polaris", "pledges", usd(1000), usd(0)),
        PartyBalance("polaris", "pledges", euro, Money(0, "EUR")),
    ]
    assert figures.total_row(balances, "USD") is None
    assert figures.three_numbers(balances, "USD")[0].value == "$10.00"
    assert [row.raised for row in figures.rows(balances, {"polaris": "Polaris"})] == ["$10.00", "€5.00"]


def test_a_correction_below_nothing_is_told_and_not_drawn() -> None:
    balances = [PartyBalance("polaris", "pledges", usd(300), usd(500))]
    assert figures.flow(balances, "USD") is None
    assert figures.rows(balances, {})[0].owed == "-$2.00"


def test_what_goes_in_comes_out() -> None:
    balances = [
        PartyBalance("polaris", "pledges", usd(1000), usd(400)),
        PartyBalance("open-door-fund", "gifts", usd(700), usd(0)),
    ]
    drawn = figures.flow(balances, "USD")
    assert drawn is not None
    assert drawn.pledges.weight + drawn.gifts.weight == drawn.raised.weight == drawn.paid.weight + drawn.owed.weight
