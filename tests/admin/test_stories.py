"""Stories at the desk: begun, saved, clashed over, looked at, published, scheduled, brought back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from shop.campaigns.queries import editing
from tests.admin.desk import Desk, text_of
from tests.support.client import SeparateClient
from tests.support.factories import open_shop
from tests.support.held_clock import HeldClock

BODY = "## What is known\n\nWords that lead somewhere.\n\n[[tees tee]]\n\n[[partners]]\n"


@pytest.fixture
def ada(app: Flask) -> Desk:
    open_shop()
    return Desk(app, "content", name="Ada")


def begun(desk: Desk, title: str = "Look closer") -> str:
    """The address of a new story's editor."""
    answer = desk.press("/admin/campaigns/new", "/admin/campaigns/new", title=title)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def typed(desk: Desk, editor: str, **more: Any) -> dict[str, Any]:
    """The form as the editor's page gives it, complete enough to be published."""
    page = desk.get(editor).get_data(as_text=True)
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    told = {"version": found[1], "title": "Look closer", "slug": "look-closer", "standfirst": "What you can do."}
    return told | {"summary": "In one line.", "body": BODY, "artwork": "look-closer", "partners": "polaris"} | more


def test_a_story_is_begun_written_and_read(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    assert ada.press(editor, editor, **typed(ada, editor)).status_code == 303
    assert client.get("/campaigns/look-closer").status_code == 404
    answer = ada.press(
        editor, f"{editor}/publish", **typed(ada, editor, authors="Ada Vale", topics="Noticing, Support")
    )
    assert answer.location == editor
    page = text_of(client.get("/campaigns/look-closer"))
    assert "What is known" in page
    assert "Polaris" in page
    assert "By Ada Vale." in page
    assert "Noticing" in text_of(client.get("/campaigns?topic=noticing"))
    assert client.get("/campaigns?topic=unheard").status_code == 404


def test_changes_wait_until_they_are_published_and_an_old_address_leads_on(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    ada.press(editor, f"{editor}/publish", **typed(ada, editor))
    ada.press(editor, editor, **typed(ada, editor, body="Other words.", slug="look-again"))
    assert "What is known" in client.get("/campaigns/look-closer").text
    assert "changes not published" in ada.reads("/admin/campaigns")
    ada.press(editor, f"{editor}/publish", **typed(ada, editor, body="Other words.", slug="look-again"))
    moved = client.get("/campaigns/look-closer")
    assert (moved.status_code, moved.location) == (301, "/campaigns/look-again")
    assert "Other words." in client.get("/campaigns/look-again").text


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(ada: Desk) -> None:
    editor = begun(ada)
    answer = ada.press(editor, f"{editor}/publish", **typed(ada, editor, body="Mine.\n\n[[claim no-such]]"))
    assert answer.status_code == 422
    assert "There is no claim with the key no-such" in text_of(answer)
    assert "[[claim no-such]]" in answer.text
    answer = ada.press(editor, editor, **typed(ada, editor, goal="much"))
    assert answer.status_code == 422
    answer = ada.press(editor, f"{editor}/publish", **typed(ada, editor, tees="no-such-tee"))
    assert "There is no tee called no-such-tee" in text_of(answer)
    answer = ada.press(editor, f"{editor}/publish", **typed(ada, editor, partners="nobody"))
    assert "There is no partner called nobody" in text_of(answer)


def test_who_saves_second_sees_both_texts(ada: Desk, app: Flask) -> None:
    editor = begun(ada)
    bo = Desk(app, "content", name="Bo")
    late = typed(bo, editor, body="Bo’s words.")
    ada.press(editor, editor, **typed(ada, editor, body="Ada’s words."))
    answer = bo.press(editor, editor, **late)
    assert answer.status_code == 409
    assert "Ada saved first" in text_of(answer)
    assert "Ada’s words." in answer.text
    assert "Bo’s words." in answer.text
    quiet = bo.press(editor, f"{editor}/autosave", **late)
    assert quiet.status_code == 409
    found = re.search(r'name="version" value="(\d+)"', answer.text)
    assert found is not None
    assert bo.press(editor, editor, **late | {"version": found[1]}).status_code == 303
    assert editing.in_writing()[0].content.body == "Bo’s words."


def test_the_quiet_save_keeps_half_a_text_and_says_what_an_editor_would(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    answer = ada.press(editor, f"{editor}/autosave", **typed(ada, editor, body="[[claim"))
    told = answer.get_json()
    assert answer.status_code == 200
    assert "tip" in told["checks"] or "warn" in told["checks"]
    assert client.get(told["preview"]).headers["Cache-Control"] == "no-store"
    again = ada.press(editor, f"{editor}/autosave", **typed(ada, editor, body="[[claim", version=told["version"]))
    assert again.get_json()["version"] == told["version"], "what did not change is not saved again"
    assert len(editing.revisions(editing.in_writing()[0].campaign_id)) == 1


def test_a_preview_is_read_without_signing_in_until_it_expires(
    ada: Desk, client: SeparateClient, held_clock: HeldClock
) -> None:
    editor = begun(ada)
    look = ada.press(editor, f"{editor}/preview", **typed(ada, editor))
    page = client.get(look.location)
    assert "A preview, not what readers have" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    held_clock.forward(days=8)
    assert client.get(look.location).status_code == 410
    assert client.get("/campaigns/preview/unheard").status_code == 404


def test_preview_links_can_be_ended(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    look = ada.press(editor, f"{editor}/preview", **typed(ada, editor))
    ada.press(editor, f"{editor}/previews/end")
    assert client.get(look.location).status_code == 410


def test_a_scheduled_story_appears_by_the_clock(ada: Desk, client: SeparateClient, held_clock: HeldClock) -> None:
    editor = begun(ada)
    past = ada.press(editor, f"{editor}/schedule", **typed(ada, editor, at="2026-11-20T09:00"))
    assert "still to come" in text_of(past)
    ada.press(editor, f"{editor}/schedule", **typed(ada, editor, at="2026-11-20T18:00"))
    assert client.get("/campaigns/look-closer").status_code == 404
    held_clock.forward(hours=6)
    assert client.get("/campaigns/look-closer").status_code == 200
    assert "look-closer" in client.get("/campaigns").text
    assert "Published" in ada.reads("/admin/campaigns")


def test_two_people_where_the_rule_says_so(ada: Desk, app: Flask) -> None:
    owner = Desk(app, "owner", name="Olu")
    owner.press("/admin/campaigns", "/admin/campaigns/rules", two_people="yes")
    editor = begun(ada)
    ada.press(editor, f"{editor}/review", **typed(ada, editor))
    refused = ada.press(editor, f"{editor}/publish", **typed(ada, editor))
    assert refused.status_code == 403
    assert "Two people are needed" in text_of(refused)


def test_another_publishes_what_the_first_wrote(ada: Desk, app: Flask, client: SeparateClient) -> None:
    Desk(app, "owner", name="Olu").press("/admin/campaigns", "/admin/campaigns/rules", two_people="yes")
    editor = begun(ada)
    ada.press(editor, f"{editor}/review", **typed(ada, editor))
    bo = Desk(app, "content", name="Bo")
    assert bo.press(editor, f"{editor}/publish", **typed(bo, editor)).status_code == 303
    assert client.get("/campaigns/look-closer").status_code == 200


def test_an_old_revision_is_compared_and_restored(ada: Desk) -> None:
    editor = begun(ada)
    ada.press(editor, editor, **typed(ada, editor, body="First words."))
    ada.press(editor, editor, **typed(ada, editor, body="Second words."))
    page = ada.get(f"{editor}/revisions?number=2").text
    assert "First" in page
    assert "Second" in page
    ada.press(f"{editor}/revisions?number=2", f"{editor}/revisions/2/restore")
    assert editing.in_writing()[0].content.body == "First words."
    assert ada.get(f"{editor}/revisions?number=99").status_code == 404


def test_news_stands_under_the_story_and_goes_again(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    ada.press(editor, f"{editor}/publish", **typed(ada, editor))
    empty = ada.press(editor, f"{editor}/news", news__title="", news__body="")
    assert empty.status_code == 422
    ada.press(editor, f"{editor}/news", news__title="Halfway", news__body="The second shelter has **beds**.")
    assert "<strong>beds</strong>" in client.get("/campaigns/look-closer").text
    found = re.search(rf"{editor}/news/\d+/remove", ada.get(editor).text)
    assert found is not None
    ada.press(editor, found[0])
    assert "Halfway" not in ada.reads(editor)


def test_an_archived_story_is_read_and_no_longer_listed(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    ada.press(editor, f"{editor}/publish", **typed(ada, editor))
    ada.press(editor, f"{editor}/archive", **typed(ada, editor))
    assert "An older story" in client.get("/campaigns/look-closer").text
    assert "look-closer" not in client.get("/campaigns").text
