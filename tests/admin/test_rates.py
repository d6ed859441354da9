"""Tax and delivery in the back office."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.delivery.queries import countries, zones
from shop.payments.queries.till import till
from shop.tax.queries import policy, rates
from shop.tax.rules import Policy
from tests.admin.desk import Desk, text_of
from tests.support.audit_log import recent_audit
from tests.support.factories import open_shop

PAGE = "/admin/rates"
TAX = {
    "tax__country": "us",
    "tax__region": "ca",
    "tax__region_name": "California",
    "tax__name": "Sales tax",
    "tax__percent": "7.25",
    "tax__source": "cdtfa.ca.gov",
    "tax__looked_up": "2026-11-01",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    open_shop()
    return Desk(app, "manager")


def test_a_tax_rate_is_added_with_its_source_and_removed(desk: Desk) -> None:
    assert desk.press(PAGE, f"{PAGE}/tax", **TAX).status_code == 303
    (rate,) = rates()
    assert (rate.country, rate.region, rate.basis_points) == ("US", "CA", 725)
    assert "Sales tax 7.25%" in desk.reads(PAGE)
    assert "cdtfa.ca.gov, 2026-11-01" in desk.reads(PAGE)
    desk.press(PAGE, f"{PAGE}/tax/{rate.id}/remove")
    assert rates() == ()
    assert [entry.action for entry in recent_audit(limit=2)] == ["tax.rate_removed", "tax.rate_added"]


def test_stripe_tax_is_switched_on_and_off(desk: Desk) -> None:
    desk.press(PAGE, f"{PAGE}/policy", policy__provider="stripe", policy__inclusive="y")
    assert policy() == Policy("stripe", inclusive=True)
    desk.press(PAGE, f"{PAGE}/policy", policy__provider="table")
    assert policy() == Policy("table", inclusive=False)


def test_a_way_to_send_is_added_and_removed(desk: Desk) -> None:
    zone = zones()[0]
    way = {"delivery__zone": zone.id, "delivery__name": "Islands", "delivery__price": "25", "delivery__to_grams": "900"}
    assert desk.press(PAGE, f"{PAGE}/delivery", **way, delivery__postcodes="967, 968").status_code == 303
    (rate,) = zones()[0].rates
    assert (rate.price.minor, rate.to_grams, rate.postcodes) == (2500, 900, ("967", "968"))
    desk.press(PAGE, f"{PAGE}/delivery/{rate.id}/remove")
    assert zones()[0].rates == ()


ZONE = {"name": "Europe", "countries": "EU, Norway, ch", "price": "12.95", "free_from": "", "estimate": "5 days"}


def test_a_zone_is_added_changed_and_removed_and_buyers_see_it_at_once(desk: Desk) -> None:
    new = f"{PAGE}/zones/new"
    answer = desk.press(new, new, **ZONE | {"countries": "EU, Norway, ch"})
    assert (answer.status_code, "Germany" in text_of(answer)) == (422, True), "another zone serves it"
    assert desk.press(new, new, **ZONE | {"countries": "Norway, ch"}).status_code == 303
    zone = zones()[-1]
    assert (zone.name, zone.countries, zone.rate.minor, zone.free_from) == ("Europe", ("NO", "CH"), 1295, None)
    assert "Norway" in [country.name for country in countries()]
    page = f"{PAGE}/zones/{zone.id}"
    new_words = {"countries": "NO", "free_from": "100", "note": "Import tax is yours.", "seen": zone.mark}
    desk.press(page, page, **ZONE | new_words)
    assert (zones()[-1].countries, zones()[-1].note) == (("NO",), "Import tax is yours.")
    desk.press(page, f"{page}/remove")
    assert [one.name for one in zones()] == ["Home", "World"]
    assert desk.get(page).status_code == 404
    told = [entry.action for entry in recent_audit(limit=3)]
    assert told == ["delivery.zone_removed", "delivery.zone_changed", "delivery.zone_added"]


def test_two_who_change_a_zone_at_once_lose_nothing(desk: Desk) -> None:
    page = f"{PAGE}/zones/{zones()[1].id}"
    seen = zones()[1].mark
    desk.press(page, page, **ZONE | {"countries": "GB, DE, FR", "seen": seen})
    answer = desk.press(page, page, **ZONE | {"countries": "GB", "name": "Mine", "seen": seen})
    assert answer.status_code == 409
    assert "It says now: Europe, $12.95" in text_of(answer)
    assert 'value="Mine"' in answer.text
    assert zones()[1].countries == ("GB", "DE", "FR")


@pytest.mark.parametrize(
    ("to", "fields", "words"),
    [
        ("tax", TAX | {"tax__percent": "many"}, "Enter a percentage"),
        ("tax", TAX | {"tax__percent": "99"}, "up to 50 percent"),
        ("tax", TAX | {"tax__source": ""}, "Say where it was looked up."),
        ("tax", TAX | {"tax__looked_up": "yesterday"}, ""),
        ("delivery", {"delivery__zone": "1", "delivery__name": "Way", "delivery__price": "-3"}, "Enter an amount"),
        ("delivery", {"delivery__zone": "99", "delivery__name": "Way"}, ""),
        ("delivery", {"delivery__zone": "1", "delivery__name": "Here", "delivery__pickup": "y"}, "Say where"),
        ("policy", {"policy__provider": "mine"}, ""),
        ("zones/new", ZONE | {"countries": "Narnia"}, "“Narnia” is no country"),
        ("zones/new", ZONE | {"countries": "IR"}, "“Iran” is no country that parcels can be sent to"),
        ("zones/new", ZONE | {"countries": " , "}, "Name each country once"),
        ("zones/new", ZONE | {"countries": "FR", "price": "much"}, "Enter an amount"),
        ("zones/new", ZONE | {"countries": "FR", "free_from": "0"}, "above nothing"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    desk: Desk, to: str, fields: dict[str, object], words: str
) -> None:
    answer = desk.press(f"{PAGE}/{to}" if "zones" in to else PAGE, f"{PAGE}/{to}", **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert [one.name for one in zones()] == ["Home", "World"]
    assert (rates(), zones()[0].rates, policy()) == ((), (), Policy())


def test_gifts_are_paused_and_the_own_currency_offered_by_a_press(desk: Desk) -> None:
    desk.press(PAGE, f"{PAGE}/till", set="pause")
    assert "Gifts by themselves are paused. Staff paused them." in desk.reads(PAGE)
    desk.press(PAGE, f"{PAGE}/till", set="resume")
    desk.press(PAGE, f"{PAGE}/till", set="adaptive")
    assert (till().gifts_paused_at, till().adaptive_pricing) == (None, True)
