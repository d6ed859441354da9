"""Ways to get a parcel: by weight, by goods, by postcode, free from an amount on, or picked up."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.core.money import Money
from shop.delivery import operations, queries
from shop.delivery.rules import Option, Rate, ZoneView, check_postcode, chosen, options, read_postcode


def usd(minor: int) -> Money:
    return Money(minor, "USD")


LIGHT = Rate(1, "Letter", usd(300), None, "", to_grams=500)
HEAVY = Rate(2, "Parcel", usd(900), usd(10_000), "3 days", from_grams=500)
SMALL = Rate(3, "Saver", usd(100), None, "", to_goods=2_000)
ISLANDS = Rate(4, "Islands", usd(2_500), None, "", postcodes=("967", "968"))
SHOP = Rate(5, "Pick-up", usd(0), None, "", pickup=True, place="12 Street, Fridays")


def zone(*rates: Rate) -> ZoneView:
    return ZoneView(1, "Home", usd(500), usd(7_500), "a week", None, ("US",), rates)


def names(found: list[Option]) -> list[tuple[str, int]]:
    return [(way.name, way.price.minor) for way in found]


@pytest.mark.parametrize(
    ("rates", "goods", "grams", "postcode", "ways"),
    [
        ((), 2_500, 165, "", [("", 500)]),
        ((), 7_500, 165, "", [("", 0)]),
        ((LIGHT, HEAVY), 2_500, 499, "", [("Letter", 300)]),
        ((LIGHT, HEAVY), 2_500, 500, "", [("Parcel", 900)]),
        ((LIGHT, HEAVY), 10_000, 500, "", [("Parcel", 0)]),
        ((LIGHT,), 2_500, 500, "", [("", 500)]),
        ((SMALL,), 1_999, 165, "", [("Saver", 100)]),
        ((SMALL,), 2_000, 165, "", [("", 500)]),
        ((SHOP,), 2_500, 165, "", [("", 500), ("Pick-up", 0)]),
        ((LIGHT, ISLANDS, SHOP), 2_500, 165, "96801", [("Islands", 2_500), ("Pick-up", 0)]),
        ((LIGHT, ISLANDS), 2_500, 165, "10001", [("Letter", 300)]),
        ((ISLANDS,), 2_500, 165, "", [("", 500)]),
    ],
)
def test_what_fits_is_offered(
    rates: tuple[Rate, ...], goods: int, grams: int, postcode: str, ways: list[tuple[str, int]]
) -> None:
    assert names(options(zone(*rates), goods=usd(goods), grams=grams, postcode=postcode)) == ways


def test_a_way_that_is_no_longer_offered_becomes_the_first() -> None:
    ways = options(zone(LIGHT, SHOP), goods=usd(2_500), grams=165)
    assert (chosen(ways, 5).name, chosen(ways, 99).name) == ("Pick-up", "Letter")


def test_postcodes_are_compared_without_spaces_and_case() -> None:
    assert read_postcode(" sw1a 1aa-") == "SW1A1AA"


def test_rates_are_kept_and_taken_away(app: Flask) -> None:
    with transaction():
        zone_id = operations.add_zone(
            name="Home", countries=["US"], rate=usd(500), free_from=None, estimate="", note=None
        )
        operations.add_rate(zone_id, ISLANDS)
        operations.add_rate(zone_id, SHOP)
    (found,) = queries.zones()
    assert [(rate.name, rate.postcodes, rate.pickup, rate.place) for rate in found.rates] == [
        ("Islands", ("967", "968"), False, ""),
        ("Pick-up", (), True, "12 Street, Fridays"),
    ]
    assert found.by_postcode
    end_read()
    with transaction():
        assert operations.remove_rate(found.rates[0].id)
        assert not operations.remove_rate(found.rates[0].id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Rate(0, " ", usd(1), None, ""), "name"),
        (Rate(0, "Way", usd(1), None, "", pickup=True, place="here"), "price"),
        (Rate(0, "Way", usd(0), None, "", pickup=True), "place"),
        (Rate(0, "Way", usd(1), None, "", from_grams=5, to_grams=5), "to_grams"),
        (Rate(0, "Way", usd(1), None, "", from_goods=5, to_goods=4), "to_goods"),
        (Rate(0, "Way", usd(-1), None, ""), "rate"),
    ],
)
def test_a_way_that_makes_no_sense_is_refused(app: Flask, wrong: Rate, field: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        operations.add_rate(1, wrong)
    assert refused.value.field == field


@pytest.mark.parametrize("typed", ["", "96701", "SW1A 1AA", "96701-1234", "d02 x285"])
def test_a_postcode_of_any_country_is_taken(typed: str) -> None:
    check_postcode(typed)


@pytest.mark.parametrize("typed", ["1", "§§", "12345678901", "<b>12", "１２３"])
def test_what_can_be_no_postcode_is_told(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_postcode(typed)
    assert refused.value.field == "postcode"
