"""The store's own words, the first steps, and a letter to oneself."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.brand.queries import brand
from shop.brand.rules import mark_of, words_of
from tests.admin.desk import Desk, text_of, typed_in
from tests.support.audit_log import recent_audit
from tests.support.client import SeparateClient
from tests.support.factories import BRAND, open_shop
from tests.support.till import Till

PAGE = "/admin/settings"
WORDS = {"name": "Kindling", "operator": "Kindling e.V.", "contact_email": "hello@kindling.test", "tagline": "Warm."}


def test_an_empty_database_becomes_a_store(app: Flask, client: SeparateClient) -> None:
    ada = Desk(app)
    assert client.get("/").status_code == 503
    assert "Open the store" in ada.reads(PAGE)
    wrong = ada.press(PAGE, PAGE, **(WORDS | {"contact_email": "nobody", "currency": "EUR"}))
    assert (wrong.status_code, typed_in(wrong, "name")) == (422, "Kindling")
    assert ada.press(PAGE, PAGE, **WORDS, currency="EUR").location == "/admin/first-steps"
    assert client.get("/").status_code == 200
    about = brand()
    assert (about.currency, about.slug, about.gift_presets[0].minor, about.demo) == ("EUR", "kindling", 500, False)
    assert "1 of 8 done" in ada.reads("/admin/first-steps")
    assert "7 steps left until the store sells" in ada.reads("/admin/")
    assert "steps left" not in Desk(app, "finance", name="Bo").reads("/admin/")
    assert client.get("/cart").status_code == 503, "it is being opened: nothing is wrong with what somebody chose"
    zone = {"name": "Home", "countries": "Germany", "price": "4.90"}
    assert ada.press("/admin/rates/zones/new", "/admin/rates/zones/new", **zone).status_code == 303
    assert client.get("/cart").status_code == 200
    assert "6 steps left" in ada.reads("/admin/")
    assert [entry.action for entry in recent_audit(limit=2)] == ["delivery.zone_added", "brand.founded"]


def test_words_change_everywhere_and_the_currency_never(app: Flask, client: SeparateClient) -> None:
    open_shop()
    ada = Desk(app)
    assert ada.press(PAGE, PAGE, **WORDS, seen=mark_of(words_of(BRAND)), currency="JPY").status_code == 303
    assert "Kindling" in client.get("/").text
    assert brand().currency == "USD"
    told = recent_audit(limit=1)[0].details
    assert (told["before"]["name"], told["after"]["name"]) == ("Open Door", "Kindling")


def test_of_two_who_write_at_once_the_second_is_told_and_keeps_what_was_typed(app: Flask) -> None:
    open_shop()
    ada, seen = Desk(app), mark_of(words_of(BRAND))
    ada.press(PAGE, PAGE, **WORDS, seen=seen, currency="USD")
    late = ada.press(PAGE, PAGE, **(WORDS | {"name": "Ember"}), seen=seen, currency="USD")
    assert late.status_code == 409
    assert "Somebody else changed this meanwhile" in text_of(late)
    assert typed_in(late, "name") == "Ember"
    again = ada.press(PAGE, PAGE, **(WORDS | {"name": "Ember"}), seen=typed_in(late, "seen"), currency="USD")
    assert again.status_code == 303
    assert brand().name == "Ember"


def test_a_letter_to_oneself_goes_the_way_of_all_letters(app: Flask) -> None:
    open_shop()
    till, ada = Till(), Desk(app)
    ada.press("/admin/first-steps", f"{PAGE}/test-letter")
    till.works()
    assert till.post.letters[-1]["To"] == "ada@example.org"
    page = ada.reads("/admin/first-steps")
    assert "See that letters arrive Done" in page


@pytest.mark.parametrize("role", ["finance", "read_only"])
def test_others_do_not_set_the_store_up(app: Flask, role: str) -> None:
    assert Desk(app, role).get(PAGE).status_code == 403
