"""Delivery and tax estimated in the cart: the sums of each way are those of checkout, and checkout starts with them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import delete

from shop.core.database import transaction
from shop.core.editions import next_edition
from shop.delivery.models import ZoneCountry
from shop.delivery.operations import add_rate as add_way
from shop.delivery.queries import zones
from shop.delivery.rules import Rate as Way
from shop.tax.operations import add_rate
from shop.tax.rules import Rate
from tests.support.factories import Shelf, usd
from tests.support.shopper import Shopper


def _estimates(shopper: Shopper, country: str, **fields: str) -> Shopper:
    shopper.page = shopper.browser.post("/cart/place", {"country": country} | fields)
    return shopper


def _sums(shopper: Shopper, path: str) -> list[str]:
    """Every line of the sums, the words with the amount."""
    panel = shopper.looks_at(path).page.text.rpartition('<dl class="sums">')[2].partition("</dl>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", panel).split()).split("  ")


def _ways(shopper: Shopper) -> dict[str, str]:
    """What is said of each way, by its value."""
    text = shopper.looks_at("/cart").page.text
    found = re.findall(r'name="way"\s+value="(\d+)"[^>]*>(.*?)</label>', text, re.DOTALL)
    return {value: " ".join(re.sub(r"<[^>]*>", " ", words).split()) for value, words in found}


def _open_ways() -> None:
    with transaction():
        home = zones()[0].id
        add_way(home, Way(0, "Tracked", usd(800), None, "2 days"))
        add_way(home, Way(0, "Island boat", usd(1_900), None, "9 days", postcodes=("967",)))
        add_way(home, Way(0, "Pick-up", usd(0), None, "", pickup=True, place="12 Street"))
        add_rate(Rate(0, "US", "CA", "California", "Sales tax", 1_000, True, "the tax office", date(2026, 11, 1)))


def test_nothing_is_chosen_for_anybody(shopper: Shopper) -> None:
    text = shopper.puts("tee").looks_at("/cart").page.text
    assert "Estimate delivery and tax" in text
    assert "How should it get there?" not in text


def test_each_way_tells_its_sums_and_those_chosen_are_those_of_checkout(shopper: Shopper, shelf: Shelf) -> None:
    _open_ways()
    page = _estimates(shopper.puts("tee").gives(500), "US").page
    assert (page.status, page.location) == (303, "/cart#sum")
    assert "Choose a state or region" in shopper.looks_at("/cart").page.text
    _estimates(shopper, "US", region="CA")
    tracked, pickup = _ways(shopper).items()
    assert ">United States</option>" in shopper.looks_at("/cart").page.text
    assert tracked[1] == "Tracked, $8.00 2 days, tax $3.30, $41.30 in all"
    assert pickup[1] == "Pick-up, Free 12 Street, tax $2.50, $32.50 in all"
    for value, total in ((tracked[0], "$41.30"), (pickup[0], "$32.50")):
        _estimates(shopper, "US", region="CA", way=value)
        assert total in _sums(shopper, "/cart")[0]
        assert _sums(shopper, "/cart") == _sums(shopper, "/checkout")


def test_the_postcode_chooses_among_the_ways(shopper: Shopper, shelf: Shelf) -> None:
    _open_ways()
    _estimates(_estimates(shopper.puts("tee"), "US"), "US", postcode="967-01")
    assert any("Island boat, $19.00" in words for words in _ways(shopper).values())
    assert 'value="967-01"' in shopper.looks_at("/checkout").page.text


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"country": "AQ"}, "country", "We cannot deliver to that country yet"),
        ({"country": ""}, "country", "Choose a country."),
        ({"country": "US", "postcode": "§§<b>"}, "postcode", "A postcode has 2 to 10 letters or figures"),
        ({"country": "US", "region": "ZZ"}, "region", "Choose a state or region from the list."),
    ],
)
@pytest.mark.parametrize("path", ["/cart/place", "/checkout/place"])
def test_a_place_that_cannot_be_is_told_beside_its_field(
    shopper: Shopper, path: str, fields: dict[str, str], field: str, words: str
) -> None:
    _open_ways()
    _estimates(shopper.puts("tee"), "US")
    page = shopper.browser.post(path, fields)
    beside = re.search(rf'id="{field}-error">(.*?)</p>', page.text, re.DOTALL)
    assert (page.status, bool(beside)) == (422, True)
    assert words in page.text
    assert shopper.looks_at("/cart").page.status == 200


def test_a_country_that_is_given_up_later_is_forgotten(shopper: Shopper, shelf: Shelf) -> None:
    _estimates(shopper.puts("tee"), "DE")
    with transaction() as current:
        current.execute(delete(ZoneCountry).where(ZoneCountry.country == "DE"))
        next_edition()
    assert shopper.looks_at("/cart/drawer").page.status == 200
    page = shopper.looks_at("/cart").page
    assert page.status == 200
    assert "How should it get there?" not in page.text
