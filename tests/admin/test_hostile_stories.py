"""Hostile strings, and bodies that nobody would write, through the editor's form and out of the public page."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from shop.campaigns.rules.blocks import BadBody, blocks_of
from tests.admin.desk import Desk, token_of, typed_in
from tests.admin.test_stories import begun
from tests.campaigns.hostile import strings
from tests.campaigns.test_hostile import BODIES
from tests.support.client import SeparateClient
from tests.support.factories import open_shop
from tests.support.harmless import harm_in

EDITOR = "/admin/campaigns/1"
STORY = "/campaigns/look-closer"
LINES = {"title": 200, "authors": 200, "topics": 300}
PASSAGES = {"standfirst": 1_000, "summary": 500, "content_note": 500, "faq": 20_000}


@pytest.fixture
def desk(app: Flask) -> Desk:
    open_shop()
    made = Desk(app, "content", name="Ada")
    assert begun(made) == EDITOR
    return made


class Pen:
    """Writes the same story anew, and reads what the public gets of it."""

    def __init__(self, desk: Desk, client: SeparateClient) -> None:
        self.desk, self.client = desk, client

    def publishes(self, body: str, **more: str) -> int:
        """The status of the press; every page on the way is looked at."""
        page = self.desk.get(EDITOR)
        assert harm_in(page.text) == [], body
        name, token = token_of(page, f"{EDITOR}/publish")
        told = {name: token, "version": typed_in(page, "version"), "slug": "look-closer", "artwork": "look-closer"}
        told |= {"title": "Look closer", "standfirst": "Words.", "summary": "Words.", "body": body} | more
        answer = self.desk.client.post(f"{EDITOR}/publish", data=told)
        assert answer.status_code in (303, 409, 422), (answer.status, body)
        assert answer.status_code == 303 or harm_in(answer.text) == [], body
        return answer.status_code

    def shows_harmless(self) -> str:
        answer = self.client.get(STORY)
        assert answer.status_code == 200
        assert harm_in(answer.text) == []
        return answer.text


def _accepted(body: str) -> bool:
    try:
        return list(blocks_of(body)) != []
    except BadBody:
        return False


def test_every_string_of_the_classes_through_the_form(desk: Desk, client: SeparateClient) -> None:
    pen = Pen(desk, client)
    taken = [one for one in strings() if _accepted(one)]
    assert len(taken) > 400
    for at in range(0, len(taken), 200):
        assert pen.publishes("\n\n".join(f"{one}\n\nAfter." for one in taken[at : at + 200])) == 303
        assert "After." in pen.shows_harmless()
    refused = [one for one in strings() if not _accepted(one)][::12]
    assert {pen.publishes(one) for one in refused} == {422}


def test_every_other_field_of_the_form(desk: Desk, client: SeparateClient) -> None:
    pen = Pen(desk, client)
    given = [one for one in strings() if "\x00" not in one]
    statuses = set()
    for shift in range(0, len(given), len(given) // 3):
        told = {name: given[(shift + at) % len(given)][:most] for at, (name, most) in enumerate(LINES.items())}
        for at, (name, most) in enumerate(PASSAGES.items()):
            told[name] = " ".join(given[shift + at * 20 : shift + at * 20 + 20])[:most]
        statuses.add(pen.publishes("Words.", **told))
        if pen.client.get(STORY).status_code == 200:
            pen.shows_harmless()
    assert 303 in statuses
    assert harm_in(client.get("/campaigns").text) == []
    assert harm_in(client.get("/").text) == []


def test_the_reader_of_pages_would_see_it() -> None:
    """The control."""
    for html in (
        "<script>alert(1)</script>",
        "<script src='//evil.example/x.js'></script>",
        '<a href=" java\tscript:alert(1)">x</a>',
        '<p onclick="alert(1)">x</p>',
        "<img src=x onerror=alert(1)>",
        "<iframe src='/x'></iframe>",
        "<form action='javascript:alert(1)'></form>",
        "<meta http-equiv=refresh content=0>",
        "<p>x</p></div>",
        "<div><p>x</div>",
    ):
        assert harm_in(html), html


@pytest.mark.soak
def test_each_string_by_itself(desk: Desk, client: SeparateClient) -> None:
    pen = Pen(desk, client)
    for one in strings():
        if pen.publishes(f"Before.\n\n{one}\n\nAfter.") == 303:
            pen.shows_harmless()


@pytest.mark.soak(minutes=1.5)
def test_two_thousand_bodies_through_the_form(desk: Desk, client: SeparateClient) -> None:
    pen, shown = Pen(desk, client), []

    @settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(BODIES)
    def write(body: str) -> None:
        if pen.publishes(body) == 303:
            shown.append(len(pen.shows_harmless()))

    write()
    assert len(shown) > 500
