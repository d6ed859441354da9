"""Signing an appeal in a browser: from the story, by the mailed page, and back."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from shop.actions.models import Signature
from shop.actions.rules import Counts
from shop.core.database import end_read, session
from shop.web import kept
from tests.support.client import SeparateClient
from tests.support.movement import SLUG, counts, open_campaign

FORM = f"/campaigns/{SLUG}/with-us"


@pytest.fixture
def campaign(app: Flask) -> int:
    return open_campaign()


def _link() -> str:
    token = session().execute(select(Signature.token)).scalar_one()
    end_read()
    return f"/with-us/{token}"


def test_the_story_asks_and_says_honestly_how_many_answered(client: SeparateClient, campaign: int) -> None:
    page = client.get(f"/campaigns/{SLUG}").text
    assert "I will learn the signs." in page
    assert "Nobody has confirmed yet." in page
    assert "0 of 200 hoped for" in page
    client.post(FORM, data={"email": "robin@example.org"})
    kept.forget()
    page = client.get(f"/campaigns/{SLUG}").text
    assert "1 signature waits to be confirmed; only confirmed ones count." in page
    assert "robin" not in page


def test_opening_the_link_confirms_nothing_and_pressing_does(client: SeparateClient, campaign: int) -> None:
    assert "Look in your mail" in client.post(FORM, data={"email": "robin@example.org"}).text
    link = _link()
    opened = client.get(link)
    assert (opened.headers["Cache-Control"], opened.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "robin" not in opened.text
    assert counts(campaign) == Counts(pending=1)
    for _ in range(2):
        assert "You are with us" in client.post(link).text
    assert counts(campaign) == Counts(confirmed=1)
    assert "Taken back" in client.post(f"{link}/withdraw").text
    assert client.get(link).status_code == 404


def test_bad_input_is_told_beside_the_field_and_kept(client: SeparateClient, campaign: int) -> None:
    answer = client.post(FORM, data={"email": "<b>nobody"})
    assert answer.status_code == 422
    assert re.search(r'value="&lt;b&gt;nobody"', answer.text)
    assert 'id="email-error"' in answer.text
    assert client.post(FORM, data={}).status_code == 422
    assert client.post(FORM, data={"email": "a" * 300 + "@example.org"}).status_code == 422


def test_a_robot_is_told_that_all_went_well(client: SeparateClient, campaign: int) -> None:
    answer = client.post(FORM, data={"email": "bot@example.org", "website": "http://spam.test"})
    assert "Look in your mail" in answer.text
    assert counts(campaign) == Counts()


def test_a_campaign_that_asks_for_nothing_has_no_form(client: SeparateClient, campaign: int) -> None:
    assert client.get("/campaigns/no-such/with-us").status_code == 404
    assert client.get("/with-us/nonsense").status_code == 404
