"""Tax and delivery in the back office."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.delivery.queries import zones
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
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    desk: Desk, to: str, fields: dict[str, object], words: str
) -> None:
    answer = desk.press(PAGE, f"{PAGE}/{to}", **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert (rates(), zones()[0].rates, policy()) == ((), (), Policy())


def test_gifts_are_paused_and_the_own_currency_offered_by_a_press(desk: Desk) -> None:
    desk.press(PAGE, f"{PAGE}/till", set="pause")
    assert "Gifts by themselves are paused. Staff paused them." in desk.reads(PAGE)
    desk.press(PAGE, f"{PAGE}/till", set="resume")
    desk.press(PAGE, f"{PAGE}/till", set="adaptive")
    assert (till().gifts_paused_at, till().adaptive_pricing) == (None, True)
