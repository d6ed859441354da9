"""Customers at the desk: found, shown, handed out, erased; the books stay whole."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from shop.consents.queries import periods
from shop.consents.rules import PERIODS
from shop.journeys.check_invariants import broken
from shop.journeys.keep_news import ask_for_news
from shop.journeys.take_part import sign_appeal
from tests.admin.desk import Desk, text_of
from tests.support import factories
from tests.support.audit_log import recent_audit
from tests.support.movement import SLUG, open_campaign
from tests.support.till import Till

ROBIN = "Robin@example.org"


@pytest.fixture
def ada(app: Flask) -> Desk:
    till = Till()
    factories.open_shop()
    open_campaign()
    factories.Shopper(till).puts("TEE-M").gives(500).checks_out().pays(email=ROBIN).comes_back()
    sign_appeal(SLUG, email=ROBIN.lower(), address="203.0.113.7")
    ask_for_news(email="kim@example.org", address="203.0.113.8")
    till.catches_up()
    return Desk(app)


def _page_of(ada: Desk, words: str) -> str:
    page = ada.get(f"/admin/customers?q={words}").text
    return page.partition('href="/admin/customers/')[2].partition('"')[0]


def test_people_are_found_by_part_of_their_address_once_each(ada: Desk) -> None:
    page = ada.reads("/admin/customers")
    assert page.count("robin@example.org") == 1
    assert "kim@example.org" in page
    assert "No address holds “zz%”." in ada.reads("/admin/customers?q=zz%25")
    assert "kim@" not in ada.reads("/admin/customers?q=ROBIN")


def test_a_page_is_named_after_a_row_and_shows_everything_and_is_noted(ada: Desk) -> None:
    ref = _page_of(ada, "robin")
    assert "robin" not in ref
    told = ada.reads(f"/admin/customers/{ref}")
    for words in ("To send", "$5.00 for Open Fund", "Signatures 1", "203.0.113.0/24"):
        assert words in told, words
    entry = recent_audit(limit=1)[0]
    assert (entry.action, entry.subject) == ("customer.viewed", f"/admin/customers/{ref}")
    assert ada.get("/admin/customers/a-nobody").status_code == 404
    assert ada.get("/admin/customers/x-1").status_code == 404


def test_its_owner_can_have_all_of_it_as_a_file(ada: Desk) -> None:
    ref = _page_of(ada, "robin")
    whole = json.loads(ada.get(f"/admin/customers/{ref}/data.json").text)
    assert whole["address"] == "robin@example.org"
    assert whole["orders"][0]["lines"] == ["1 × Tee, Ink, M"]
    assert len(whole["signatures"]) == 1
    assert recent_audit(limit=1)[0].action == "customer.exported"


def test_erasing_says_what_goes_and_keeps_the_books_whole(ada: Desk) -> None:
    ref = _page_of(ada, "robin")
    page = f"/admin/customers/{ref}/erase"
    assert "Signatures: 1" in ada.reads(page)
    assert ada.press(page, page).status_code == 303
    assert "Signatures" not in ada.reads(f"/admin/customers/{ref}")
    assert "robin" not in str(recent_audit(limit=2)[1].details)
    assert broken() == []
    kim = _page_of(ada, "kim")
    ada.press(f"/admin/customers/{kim}/erase", f"/admin/customers/{kim}/erase")
    assert ada.get(f"/admin/customers/{kim}").status_code == 404


def test_a_shorter_time_is_asked_about_before_anything_is_deleted(app: Flask) -> None:
    ada, page = Desk(app), "/admin/retention"
    days = dict(periods())
    less = days | {"letters": days["letters"] - 1}
    asked = ada.press(page, page, **less)
    assert "does not come back" in text_of(asked)
    assert periods() == days
    sure = ",".join(str(less[one.key]) for one in PERIODS)
    assert ada.press(page, page, **less, sure=sure).status_code == 303
    assert periods() == less
    assert ada.press(page, page, **days).status_code == 303
