"""Every country has one zone at most, and a zone one price."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import Flask

from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.core.money import Money
from shop.delivery import operations, queries
from shop.delivery.rules import ZoneView, price

HOME = ZoneView(1, "United States", Money(495, "USD"), Money(7500, "USD"), "3 to 6 days", None, ("US",))


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def add(name: str, countries: Sequence[str], *, rate: int = 495, free_from: Money | None = None) -> int:
    return operations.add_zone(
        name=name, countries=countries, rate=usd(rate), free_from=free_from, estimate="3 to 6 days", note="Tax."
    )


def test_delivery_is_free_from_the_amount_on_and_not_a_cent_before() -> None:
    assert price(HOME.rate, HOME.free_from, usd(7499)) == usd(495)
    assert price(HOME.rate, HOME.free_from, usd(7500)) == usd(0)
    assert price(HOME.rate, HOME.free_from, usd(99_999)) == usd(0)


def test_delivery_that_is_never_free_costs_the_same_for_any_cart() -> None:
    further = ZoneView(2, "Further", usd(1795), None, "10 to 20 days", None, ("NZ",))
    assert price(further.rate, further.free_from, usd(1_000_000)) == usd(1795)


def test_a_country_leads_to_the_zone_that_serves_it(app: Flask) -> None:
    with transaction():
        zone_id = add("United States", ["US"], free_from=usd(7500))
        add("Europe", ["GB", "DE"], rate=1295)
    zones = {country.code: country.zone for country in queries.countries()}
    assert zones["US"] == ZoneView(zone_id, "United States", usd(495), usd(7500), "3 to 6 days", "Tax.", ("US",))
    assert zones["DE"] == zones["GB"]
    assert (zones["DE"].rate, zones["DE"].free_from, zones["DE"].countries) == (usd(1295), None, ("GB", "DE"))
    assert "AQ" not in zones


def test_zones_keep_the_order_in_which_staff_added_them(app: Flask) -> None:
    with transaction():
        for name, country in (("Home", "US"), ("Away", "CA"), ("Far", "AU")):
            add(name, [country])
    assert [zone.name for zone in queries.zones()] == ["Home", "Away", "Far"]


def test_countries_are_in_alphabetical_order_after_the_home_country(app: Flask) -> None:
    with transaction():
        add("Home", ["US"])
        add("Europe", ["SE", "AX", "AT", "GB", "TR", "DE"])
    found = queries.countries()
    assert [(country.code, country.name) for country in found] == [
        ("US", "United States"),
        ("AX", "Åland Islands"),
        ("AT", "Austria"),
        ("DE", "Germany"),
        ("SE", "Sweden"),
        ("TR", "Türkiye"),
        ("GB", "United Kingdom"),
    ]
    assert found[1].zone.name == "Europe"


def test_a_store_without_zones_delivers_nowhere(app: Flask) -> None:
    assert queries.countries() == []
    assert queries.zones() == ()


@pytest.mark.parametrize("countries", [[], ["XX"], ["us"], ["US", "US"], ["001"], ["USA"], [""]])
def test_countries_that_do_not_exist_or_come_twice_are_refused(app: Flask, countries: list[str]) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        add("Zone", countries)
    assert refused.value.field == "countries"


def test_a_country_belongs_to_one_zone(app: Flask) -> None:
    with transaction():
        add("Home", ["US", "CA"])
    with pytest.raises(Invalid, match="Another zone serves Canada already"), transaction():
        add("Away", ["MX", "CA"])
    assert len(queries.zones()) == 1


def test_amounts_that_make_no_sense_are_refused(app: Flask) -> None:
    with pytest.raises(Invalid), transaction():
        add("Home", ["US"], rate=-1)
    for free_from in (usd(0), Money(7500, "EUR")):
        with pytest.raises(Invalid), transaction():
            add("Home", ["US"], free_from=free_from)
