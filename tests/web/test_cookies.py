"""The page of cookies says what is true, and statistics wait for a yes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from shop.consents.models import ConsentEntry
from shop.core.config import Settings
from shop.core.database import end_read, session
from shop.web.cookies import cookies
from tests.admin.desk import Desk
from tests.support.client import SeparateClient, visitor_of
from tests.support.factories import Shelf

SCRIPT = "https://stats.example.org/count.js"


@pytest.fixture
def counting(app: Flask, settings: Settings, shelf: Shelf) -> Iterator[SeparateClient]:
    """A visitor of a store whose operator has statistics."""
    with visitor_of(replace(settings, analytics_src=SCRIPT)) as client:
        yield client


def _set_by(client: SeparateClient, path: str, **form: str) -> set[str]:
    answer = client.post(path, data=form) if form else client.get(path)
    return {one.partition("=")[0] for one in answer.headers.getlist("Set-Cookie")}


def _listed(client: SeparateClient) -> set[str]:
    return set(re.findall(r"<code>([^<]+)</code>", client.get("/cookies").text))


def _everything(client: SeparateClient) -> set[str]:
    """Cookies that a visitor and somebody of the staff are given, doing everything there is to do."""
    found = _set_by(client, "/cart/lines", product="tee", colour="ink", size="M", quantity="1")
    found |= _set_by(client, "/checkout/place", country="US", note="Ring twice")
    found |= _set_by(client, "/language", language="es", to="/")
    found |= _set_by(client, "/cookies", statistics="yes")
    return found | _set_by(client, "/admin/sign-in")


def test_the_page_lists_exactly_the_cookies_that_are_set(
    app: Flask, client: SeparateClient, shelf: Shelf, settings: Settings
) -> None:
    staff = {"staff"}  # given at sign-in, which costs a slow hash; the desk carries one
    assert Desk(app).client.get_cookie("staff", domain="shop.test") is not None
    assert _listed(client) == _everything(client) | staff


def test_over_https_every_cookie_says_so_in_its_name_and_is_for_this_host(settings: Settings, shelf: Shelf) -> None:
    about = replace(settings, base_url="https://shop.test", analytics_src=SCRIPT)
    with visitor_of(about) as client:
        listed, given = _listed(client), _everything(client)
    assert listed == given | {"__Host-staff"}
    assert given == {one.name(about) for one in cookies(about)} - {"__Host-staff"}
    assert {name for name in given if not name.startswith("__Host-")} == {"__Secure-staff_csrf"}


def test_reading_pages_sets_none_and_nobody_is_asked(client: SeparateClient, shelf: Shelf) -> None:
    for path in ("/", "/shop", "/shop/tee", "/campaigns", "/cookies", "/leaving", "/news", "/contact"):
        answer = client.get(path)
        assert answer.headers.getlist("Set-Cookie") == [], path
        assert "data-consent" not in answer.text, path


def test_with_statistics_both_answers_weigh_the_same(counting: SeparateClient) -> None:
    page = counting.get("/").text
    buttons = re.findall(r'<button class="([^"]+)" type="submit" name="statistics" value="(\w+)"', page)
    assert [value for _look, value in buttons] == ["no", "yes"]
    assert len({look for look, _value in buttons}) == 1
    assert f'data-consent="{SCRIPT}"' in page
    assert f"<script src={SCRIPT}" not in page
    assert "script-src 'self' https://stats.example.org" in counting.get("/").headers["Content-Security-Policy"]
    assert "consent" in _listed(counting)


def test_the_answer_is_kept_logged_and_changed(counting: SeparateClient) -> None:
    counting.post("/cookies", data={"statistics": "yes"})
    assert "You allowed statistics." in counting.get("/cookies").text
    there = {"Referer": "http://shop.test/shop"}
    assert counting.post("/cookies", data={"statistics": "no", "back": "1"}, headers=there).location == "/shop"
    assert "You rejected statistics." in counting.get("/cookies").text
    rows = session().execute(select(ConsentEntry.subject, ConsentEntry.step, ConsentEntry.origin)).all()
    end_read()
    assert len({row.subject for row in rows}) == 1
    assert [(row.step, row.origin) for row in rows] == [("given", "cookie page"), ("withdrawn", "layer")]
    cookie = counting.get_cookie("consent", domain="shop.test")
    assert cookie is not None
    assert rows[0].subject not in cookie.value


def test_a_browser_that_asks_not_to_be_tracked_is_followed(counting: SeparateClient) -> None:
    answer = counting.post("/cookies", data={"statistics": "yes"}, headers={"Sec-GPC": "1"})
    assert "Global Privacy Control" in answer.text
    cookie = counting.get_cookie("consent", domain="shop.test")
    assert cookie is not None
    assert cookie.value.startswith("no.")


def test_nobody_is_led_elsewhere_by_an_answer(counting: SeparateClient) -> None:
    evil = {"Referer": "http://evil.test/shop"}
    assert counting.post("/cookies", data={"statistics": "no", "back": "1"}, headers=evil).location == "/"
