"""Staff decide on gifts: what is offered, which fund may lawfully take it, and a receipt once more."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.brand.queries import brand
from shop.core.database import end_read
from shop.giving.queries import gift_funds, setup
from shop.journeys.settle_payment import settle_payment
from shop.journeys.start_gift import NewGift, start_gift
from shop.receipts.queries import receipts_of
from tests.admin.desk import Desk
from tests.journeys.test_gifts import TEN
from tests.support.audit_log import recent_audit
from tests.support.factories import Shelf, open_shop, usd
from tests.support.till import Till

SETUP = "/admin/giving"
SAID = {
    "country": "us",
    "registered": "y",
    "fee_percent": "2.2",
    "fee_fixed": "0.30",
    "alone_least": "2",
    "alone_presets": "5, 20",
    "least": "1",
    "presets": "2, 4",
    "steps": "1, 5, 10",
    "most": "400",
}


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop()


@pytest.fixture
def desk(app: Flask, shelf: Shelf) -> Desk:
    return Desk(app)


def test_the_amounts_and_the_operator_are_set(desk: Desk) -> None:
    assert desk.press(SETUP, "/admin/giving/set", **SAID).status_code == 303
    given, about = setup(), brand()
    end_read()
    assert (given.operator.registered, given.fee.points, given.alone_minimum) == (True, 220, 200)
    assert given.alone_presets == (500, 2_000)
    assert (about.gift_presets, about.gift_maximum) == ((usd(200), usd(400)), usd(40_000))
    assert recent_audit(limit=1)[0].action == "giving.set"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("alone_least", "1.99"),
        ("alone_presets", "1"),
        ("alone_presets", "5, x"),
        ("presets", "401"),
        ("country", "USA"),
        ("fee_percent", "51"),
        ("fee_percent", "NaN"),
        ("most", "0"),
        ("steps", "0"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_changes(desk: Desk, field: str, typed: str) -> None:
    answer = desk.press(SETUP, "/admin/giving/set", **(SAID | {field: typed}))
    assert answer.status_code == 422
    assert "field__error" in answer.get_data(as_text=True) or 'role="alert"' in answer.get_data(as_text=True)
    assert setup().fee.points == 290
    end_read()


def test_a_barred_country_is_told_why_and_offers_nothing(desk: Desk) -> None:
    desk.press(SETUP, "/admin/giving/set", **(SAID | {"country": "HK"}))
    assert "In Hong Kong Stripe supports no gifts." in desk.reads(SETUP)
    assert gift_funds() == []
    end_read()


def test_a_fund_is_made_closed_opened_and_needed_most(desk: Desk, shelf: Shelf) -> None:
    new = {"name": "Night Fund", "slug": "night-fund", "purpose": "Safe nights", "route": "own_fund"}
    assert desk.press(SETUP, "/admin/giving/funds", **new).status_code == 303
    assert desk.press(SETUP, "/admin/giving/funds", **new).status_code == 422
    made = next(fund.id for fund in gift_funds() if fund.slug == "night-fund")
    end_read()
    desk.press(SETUP, f"/admin/giving/funds/{made}/needed-most")
    assert [fund.slug for fund in gift_funds()] == ["night-fund", "open-fund"]
    end_read()
    desk.press(SETUP, f"/admin/giving/funds/{shelf.fund_id}/close")
    assert [fund.slug for fund in gift_funds()] == ["night-fund"]
    end_read()


def test_a_route_that_takes_no_gifts_says_so(desk: Desk) -> None:
    new = {"name": "Theirs", "slug": "theirs", "purpose": "Their work", "route": "connected_account"}
    desk.press(SETUP, "/admin/giving/funds", **new)
    assert "Not offered" in desk.reads(SETUP)
    assert [fund.slug for fund in gift_funds()] == ["open-fund"]
    end_read()


def test_gifts_are_listed_and_a_receipt_is_issued_anew(desk: Desk) -> None:
    till = Till()
    started = start_gift(NewGift("k" * 32, TEN), services=till.services)
    page = till.processor.page_of(started.order_id).id
    till.processor.pays(page)
    settle_payment(page, till.services)
    text = desk.reads("/admin/gifts")
    assert "$10.00" in text
    address = f"/admin/gifts/{started.order_id}/receipt"
    assert desk.press("/admin/gifts", address, reason="").status_code == 422
    assert desk.press("/admin/gifts", address, reason="Lost").status_code == 303
    assert [one.state for one in receipts_of(started.order_id)] == ["issued", "void"]
    end_read()
