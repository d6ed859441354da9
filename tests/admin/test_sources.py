"""Figures, films and corrections at the desk."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from shop.campaigns.queries import claims, keeping
from shop.core.wordings import kept_wording
from shop.web import kept
from tests.admin.desk import Desk, text_of
from tests.admin.test_phrases import field_of
from tests.admin.test_stories import begun, typed
from tests.support.client import SeparateClient
from tests.support.factories import open_shop

CLAIM = {
    "key": "ilo-2021",
    "value": "28 million",
    "unit": "people",
    "says": "An estimated 28 million people were in forced labor.",
    "place": "World",
    "period": "2021",
    "claimant": "ILO",
    "source_title": "Global Estimates",
    "source_url": "https://www.ilo.org/estimates",
    "source_date": "2022-09-12",
    "source_date_precision": "day",
    "archived_url": "https://web.archive.org/web/2022/https://www.ilo.org/estimates",
    "checked_on": "2026-11-20",
    "next_review": "2027-05-20",
}
FILM = {
    "key": "interview",
    "title": "An interview",
    "provider": "youtube",
    "source": "https://www.youtube.com/watch?v=abcdefghijk",
    "publisher": "A broadcaster",
    "length": "4 min",
    "captions": "y",
    "transcript": "Ada: What can one do? Bo: **Look closer**, and call.",
}


@pytest.fixture
def ada(app: Flask) -> Desk:
    open_shop()
    desk = Desk(app, "content", name="Ada")
    assert desk.press("/admin/claims/new", "/admin/claims/new", **CLAIM).status_code == 303
    return desk


def published(ada: Desk, body: str) -> str:
    editor = begun(ada)
    answer = ada.press(editor, f"{editor}/publish", **typed(ada, editor, body=body))
    assert answer.status_code == 303, text_of(answer)
    return editor


def test_a_figure_with_its_copy_stands_in_the_story_and_its_sources(ada: Desk, client: SeparateClient) -> None:
    published(ada, "[[claim ilo-2021]]")
    page = client.get("/campaigns/look-closer").text
    assert "28 million" in page
    assert "web.archive.org" in page


def test_a_figure_that_readers_met_changes_with_a_reason_that_they_read(ada: Desk, client: SeparateClient) -> None:
    published(ada, "[[claim ilo-2021]]")
    changed = CLAIM | {"value": "27 million", "says": "An estimated 27 million people."}
    silent = ada.press("/admin/claims/1", "/admin/claims/1", **changed)
    assert silent.status_code == 422
    assert "say why it changes" in text_of(silent)
    told = ada.press("/admin/claims/1", "/admin/claims/1", **changed, why="The source was revised.")
    assert told.status_code == 303
    kept.forget()
    for path in ("/campaigns/look-closer", "/corrections"):
        page = text_of(client.get(path))
        assert "The source was revised." in page, path
        assert "28 million" in page, path


def test_a_note_for_staff_changes_without_a_correction(ada: Desk, client: SeparateClient) -> None:
    published(ada, "[[claim ilo-2021]]")
    ada.press("/admin/claims/1", "/admin/claims/1", **CLAIM, staff_notes="Rounded by the source.")
    assert "Nothing had to be corrected yet" in text_of(client.get("/corrections"))
    assert keeping.claim_with(1).staff_notes == "Rounded by the source."


def test_a_hidden_figure_leaves_no_trace_and_comes_back(ada: Desk, client: SeparateClient) -> None:
    published(ada, "Words.\n\n[[claim ilo-2021]]")
    for there in (False, True):
        ada.press("/admin/claims", "/admin/claims/1/hide")
        kept.forget()
        assert ("28 million" in client.get("/campaigns/look-closer").text) is there


def test_a_stale_figure_is_flagged_until_somebody_looked(ada: Desk) -> None:
    ada.press("/admin/claims/1", "/admin/claims/1", **CLAIM | {"needs_review": "y"})
    assert "Look again" in ada.reads("/admin/claims")
    ada.press("/admin/claims", "/admin/claims/1/checked")
    assert "Look again" not in ada.reads("/admin/claims")
    assert claims(["ilo-2021"])["ilo-2021"].next_review > date(2026, 11, 20)


@pytest.mark.parametrize(
    "wrong",
    [{"source_url": "javascript:alert(1)"}, {"next_review": "2020-01-01"}, {"archived_sha256": "abc"}, {"value": ""}],
)
def test_a_figure_without_what_it_needs_is_refused_and_kept_in_the_form(ada: Desk, wrong: dict[str, str]) -> None:
    answer = ada.press("/admin/claims/new", "/admin/claims/new", **CLAIM | {"key": "other"} | wrong)
    assert answer.status_code == 422
    assert "An estimated 28 million" in answer.text


def test_a_story_says_in_public_what_it_told_wrongly(ada: Desk, client: SeparateClient) -> None:
    editor = published(ada, "Words.")
    assert ada.press(editor, f"{editor}/correct", correct__said="", correct__now="", correct__why="").status_code == 422
    ada.press(editor, f"{editor}/correct", correct__said="2015", correct__now="2017", correct__why="A slip.")
    kept.forget()
    assert "A slip." in text_of(client.get("/campaigns/look-closer"))


def film(**more: Any) -> dict[str, Any]:
    return FILM | more


def test_a_film_loads_nothing_before_it_is_pressed(ada: Desk, client: SeparateClient) -> None:
    assert ada.press("/admin/videos/new", "/admin/videos/new", **film()).status_code == 303
    published(ada, "[[video interview]]")
    answer = client.get("/campaigns/look-closer")
    assert "<iframe" not in answer.text
    assert 'href="/watch/interview"' in answer.text
    assert "<strong>Look closer</strong>" in answer.text
    assert "frame-src https://www.youtube-nocookie.com" in answer.headers["Content-Security-Policy"]
    watch = client.get("/watch/interview")
    assert 'src="https://www.youtube-nocookie.com/embed/abcdefghijk' in watch.text
    assert "frame-src" not in client.get("/campaigns").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"captions": ""},
        {"transcript": ""},
        {"source": "https://evil.example/x"},
        {"provider": "file", "source": "../x"},
    ],
)
def test_a_film_without_captions_transcript_or_a_known_address_is_refused(ada: Desk, wrong: dict[str, str]) -> None:
    told = {name: value for name, value in film(**wrong).items() if value}
    answer = ada.press("/admin/videos/new", "/admin/videos/new", **told)
    assert answer.status_code == 422
    assert "A broadcaster" in answer.text


def test_a_film_of_ours_is_sent_in_pieces(ada: Desk, app: Flask, client: SeparateClient) -> None:
    folder = app.extensions["settings"].var / "films"
    folder.mkdir(exist_ok=True)
    (folder / "own.mp4").write_bytes(b"0123456789")
    ada.press("/admin/videos/new", "/admin/videos/new", **film(provider="file", source="own"))
    ada.press("/admin/videos/1", "/admin/videos/1", **film(provider="file", source="own", title="Ours"))
    assert "/media/films/own.mp4" in client.get("/watch/interview").text
    part = client.get("/media/films/own.mp4", headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.data) == (206, b"234")
    part.close()
    for path in ("/media/films/secret.txt", "/media/films/..%2fsecret-key", "/media/films/none.mp4"):
        assert client.get(path).status_code == 404, path


def test_a_film_speaks_spanish_as_far_as_it_was_told(ada: Desk, client: SeparateClient) -> None:
    ada.press("/admin/videos/new", "/admin/videos/new", **film(provider="file", source="own"))
    english = client.get("/es/watch/interview").text
    assert '<h1 lang="en" dir="ltr">An interview</h1>' in english
    assert 'src="/media/films/own.es.vtt"' not in english
    page, vtt = "/admin/words/film/1/es", "WEBVTT\n\n00:01.000 --> 00:04.000\n¿Qué se puede hacer?"
    refused = ada.press(page, page, title="Una entrevista", captions="¿Qué se puede hacer?", seen=0)
    assert (refused.status_code, "Una entrevista" in refused.text) == (422, True)
    assert client.get("/media/films/own.es.vtt").status_code == 404
    ada.press(page, page, title="Una entrevista", transcript="Ada: **fijarse**.", captions=vtt, seen=0)
    spanish = client.get("/es/watch/interview").text
    assert "<h1>Una entrevista</h1>" in spanish
    assert "<strong>fijarse</strong>" in spanish
    assert '<span lang="en" dir="ltr">4 min</span>' in spanish
    assert re.findall(r'<track[^>]*srclang="(\w+)"[^>]*>', spanish) == ["es", "en"]
    assert client.get("/media/films/own.es.vtt").text == vtt
    assert "own.es.vtt" not in client.get("/watch/interview").text


def test_news_and_corrections_speak_spanish_and_go_with_their_words(ada: Desk, client: SeparateClient) -> None:
    editor = begun(ada)
    ada.press(editor, f"{editor}/publish", **typed(ada, editor))
    ada.press(editor, f"{editor}/news", news__title="Halfway", news__body="It has **beds**.")
    wrong = {"correct__said": "Ten shelters.", "correct__now": "Nine shelters.", "correct__why": "We miscounted."}
    ada.press(editor, f"{editor}/correct", **wrong)
    ada.press("/admin/words/news/1/es", "/admin/words/news/1/es", title="A mitad", seen=0)
    shelf = "/admin/phrases/corrections/es"
    ada.press(shelf, shelf, seen=0, **{field_of(ada.get(shelf).text, "Nine shelters."): "Nueve refugios."})
    kept.forget()
    page = client.get("/es/campaigns/look-closer").text
    assert "<h3>A mitad</h3>" in page
    assert '<div class="prose" lang="en" dir="ltr"><p>It has <strong>beds</strong>.</p>' in page
    for path in ("/es/campaigns/look-closer", "/es/corrections"):
        assert "<dd>Nueve refugios.</dd>" in client.get(path).text
        assert '<dd lang="en" dir="ltr">We miscounted.</dd>' in client.get(path).text
    ada.press(editor, f"{editor}/news/1/remove")
    assert kept_wording("news", 1, "es").texts == {}
