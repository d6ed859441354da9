"""News by mail, in a browser and by a mail program's own button."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from shop.brand import operations as branding
from shop.core.database import end_read, session, transaction
from shop.news.models import NewsSubscription
from tests.support.client import SeparateClient
from tests.support.factories import BRAND


@pytest.fixture(autouse=True)
def store(app: Flask) -> None:
    with transaction():
        branding.found(BRAND)


def _states() -> list[str]:
    found = list(session().execute(select(NewsSubscription.state)).scalars())
    end_read()
    return found


def _page(client: SeparateClient) -> str:
    assert "Look in your mail" in client.post("/news", data={"email": "robin@example.org"}).text
    token = session().execute(select(NewsSubscription.token)).scalar_one()
    end_read()
    return f"/news/{token}"


def test_opening_the_link_subscribes_nobody_and_pressing_does(client: SeparateClient) -> None:
    page = _page(client)
    assert client.get(page).headers["Referrer-Policy"] == "no-referrer"
    assert _states() == ["pending"]
    assert "You get our news" in client.post(page).text
    assert _states() == ["confirmed"]
    assert "Saved." in client.post(f"{page}/language", data={"language": "es"}).text


def test_a_mail_program_ends_it_by_one_post_without_cookies_or_questions(client: SeparateClient) -> None:
    page = _page(client)
    client.post(page)
    assert client.get(f"{page}/end").location == page
    assert _states() == ["confirmed"]
    answer = client.post(f"{page}/end", data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "none"})
    assert answer.status_code == 200
    assert _states() == []
    assert client.post(f"{page}/end").status_code == 404


def test_bad_input_is_told_and_robots_are_not(client: SeparateClient) -> None:
    assert client.post("/news", data={"email": "nobody"}).status_code == 422
    assert "Look in your mail" in client.post("/news", data={"email": "a@b.test", "website": "x"}).text
    assert _states() == []
