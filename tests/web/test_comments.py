"""Comments: off until opened, read before they are shown, text and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.campaigns.operations import add_helpline
from shop.campaigns.rules.views import HelplineView
from shop.comments.models import CommentRow
from shop.core.database import end_read, session, transaction
from shop.journeys.moderate_comments import decide_comment, set_board
from shop.web import kept
from tests.admin.desk import Desk
from tests.support.client import SeparateClient
from tests.support.movement import SLUG, open_campaign
from tests.support.till import Till

LINE: dict[str, Any] = {
    "key": "uk-line",
    "country": "GB",
    "name": "A helpline",
    "serves": "Anyone.",
    "phone": "08000 121 700",
    **dict.fromkeys(("text", "tty", "chat_url", "report_url", "languages")),
    "hours": "Always",
    "source_url": "https://example.org",
    "last_checked": date(2026, 11, 20),
}
FORM = f"/campaigns/{SLUG}/comments"
STORY = f"/campaigns/{SLUG}"


@pytest.fixture
def campaign(app: Flask) -> int:
    found = open_campaign()
    set_board(campaign_id=found, open=True, counted=False, actor="ada")
    return found


def _story(client: SeparateClient) -> str:
    kept.forget()
    return client.get(STORY).text


def _waiting() -> str:
    found: str = session().execute(select(CommentRow.id)).scalar_one()
    end_read()
    return found


def test_a_story_takes_none_until_staff_open_it(app: Flask, client: SeparateClient) -> None:
    open_campaign()
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, data={"text": "Hello"}).status_code == 404
    assert 'id="comments"' not in _story(client)


def test_nothing_is_shown_before_a_person_read_it_and_then_as_text(client: SeparateClient, campaign: int) -> None:
    text = "See <script>alert(1)</script> http://spam.test"
    assert "reads it first" in client.post(FORM, data={"text": text, "name": "<b>Kim"}).text
    assert "spam.test" not in _story(client)
    decide_comment(_waiting(), state="shown", actor="ada")
    page = _story(client)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; http://spam.test" in page
    assert "&lt;b&gt;Kim" in page
    assert 'href="http://spam.test' not in page
    assert "1 comment" not in page
    set_board(campaign_id=campaign, open=True, counted=True, actor="ada")
    assert "1 comment" in _story(client)
    decide_comment(_waiting(), state="refused", actor="ada")
    assert "spam.test" not in _story(client)


def test_heavy_words_show_helplines_and_call_a_person(client: SeparateClient, campaign: int, till: Till) -> None:
    with transaction():
        add_helpline(HelplineView(**LINE))
    light = client.post(FORM, data={"text": "Thank you."})
    heavy = client.post(FORM, data={"text": "I cannot escape, help me"})
    assert "You are not alone" not in light.text
    till.works()
    assert till.post.subjects == ["A comment that sounds heavy"]
    assert "You are not alone" in heavy.text
    assert "08000 121 700" in heavy.text


def test_its_writer_can_take_it_back(client: SeparateClient, campaign: int) -> None:
    page = client.post(FORM, data={"text": "Hello"}).text
    (link,) = re.findall(r"http://shop\.test(/comments/[\w-]+)", page)
    assert "It waits to be read." in client.get(link).text
    assert "Nothing of it is kept." in client.post(f"{link}/take-back").text
    assert client.get(link).status_code == 404


def test_bad_input_is_kept_and_told_and_floods_are_stopped(client: SeparateClient, campaign: int) -> None:
    answer = client.post(FORM, data={"text": "", "name": "Kim"})
    assert answer.status_code == 422
    assert 'value="Kim"' in answer.text
    client.post(FORM, data={"text": "spam", "website": "x"})
    assert session().execute(select(CommentRow.id)).all() == []
    end_read()
    for _ in range(5):
        client.post(FORM, data={"text": "Hello"})
    assert client.post(FORM, data={"text": "Hello"}).status_code == 429


def test_staff_decide_in_the_queue_and_open_boards(app: Flask, client: SeparateClient, campaign: int) -> None:
    client.post(FORM, data={"text": "Thank you."})
    client.post(FORM, data={"text": "I want to die"})
    desk, here = Desk(app), "/admin/comments"
    page = desk.reads(here)
    assert page.index("I want to die") < page.index("Thank you.")
    assert "Sounds heavy" in page
    assert "data-comment-keys" in desk.get(here).text
    assert "data-comment-keys" not in desk.get(f"{here}?keys=off").text
    first = re.findall(r"/admin/comments/(\w+)/show", desk.get(here).text)[1]
    assert desk.press(here, f"{here}/{first}/show").status_code == 303
    assert "Thank you." in _story(client)
    desk.press(here, f"{here}/{first}/refuse")
    assert "Thank you." not in _story(client)
    desk.press(here, f"{here}/boards/{campaign}", open="")
    assert client.get(FORM).status_code == 404
