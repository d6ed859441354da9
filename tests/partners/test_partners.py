"""What is known of partners: reminders, history, links, and who may be found by what."""

from __future__ import annotations

import socket
from datetime import date, timedelta

import pytest
from flask import Flask

from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.journeys import keep_partners as journey
from shop.journeys.keep_partners import Kept
from shop.partners import operations, queries
from shop.partners.opening import Opened, open_link
from shop.partners.operations import ProfileChanged
from shop.partners.rules import Link, Profile, links_of, matches, reminders, words_of
from shop.web import kept
from tests.admin.desk import Desk, text_of
from tests.support.client import SeparateClient
from tests.support.factories import PARTNER, open_shop
from tests.support.held_clock import HeldClock

TODAY = date(2026, 11, 20)
FORM = {
    "version": "0",
    "name": "Safe House",
    "legal_name": "Safe House Inc.",
    "former_names": "Old House",
    "place": "Springfield",
    "registry_name": "US IRS (EIN)",
    "registry_number": "12-3456789",
    "verified_on": "2026-11-20",
    "works_on": "shelter, legal aid",
    "works_in": "United States",
    "blurb": "Beds and lawyers.",
    "website": "https://safehouse.example",
    "links": "Annual report https://safehouse.example/report",
    "status": "active",
    "agreement": "Drawer 3",
    "agreement_signed_on": "2026-01-01",
    "agreement_expires_on": "2027-01-01",
}


def test_what_to_see_to() -> None:
    good = Profile(agreement="Drawer 3", agreement_expires_on=TODAY + timedelta(days=400))
    assert reminders(good, [Link("Site", "https://a.example", works=True)], TODAY, TODAY) == ()
    late = Profile(agreement="Drawer 3", agreement_expires_on=TODAY)
    found = reminders(late, [Link("Site", "https://a.example", None, False, "answers 404")], None, TODAY)
    assert found == ("Look its registration up again", "The agreement has expired", "Site: answers 404")
    soon = Profile(agreement="Drawer 3", agreement_expires_on=TODAY + timedelta(days=30))
    assert reminders(soon, [], TODAY, TODAY) == ("The agreement expires soon",)


def test_words_and_lines_are_read_as_people_write_them() -> None:
    assert words_of(" shelter,legal  aid,, shelter ") == ("shelter", "legal aid")
    assert links_of("Annual report https://a.example/r\n\nhttps://b.example") == (
        Link("Annual report", "https://a.example/r"),
        Link("https://b.example", "https://b.example"),
    )
    assert matches("legal spring", ["Legal aid", "Springfield"])
    assert not matches("winter", ["Springfield"])


def test_a_partner_is_added_changed_and_its_status_told(app: Flask, client: SeparateClient) -> None:
    open_shop()
    ada = Desk(app, "content", name="Ada")
    added = ada.press("/admin/partners/new", "/admin/partners/new", **FORM)
    assert added.status_code == 303, text_of(added)
    page = str(added.location)
    paused = FORM | {"version": "1", "status": "paused"}
    silent = ada.press(page, page, **paused)
    assert silent.status_code == 422
    assert "Say why its status changes" in text_of(silent)
    assert ada.press(page, page, **paused, why="We wait for its new board.").status_code == 303
    told = text_of(client.get("/partners/safe-house"))
    assert "We wait for its new board." in told
    assert "On file, until January 1, 2027" in told
    assert "safe-house" not in client.get("/partners").text
    assert "From active to paused" in ada.reads(page)
    assert ada.press(page, page, **FORM | {"version": "1"}, why="Late.").status_code == 409


@pytest.mark.parametrize("wrong", [{"verified_on": ""}, {"links": "javascript:alert(1)"}, {"name": ""}])
def test_what_cannot_be_is_refused_and_kept_in_the_form(app: Flask, wrong: dict[str, str]) -> None:
    open_shop()
    answer = Desk(app, "content", name="Ada").press("/admin/partners/new", "/admin/partners/new", **FORM | wrong)
    assert answer.status_code == 422
    assert "Beds and lawyers." in answer.text


def test_the_directory_is_searched_by_work_and_place(app: Flask, client: SeparateClient) -> None:
    open_shop()
    Desk(app, "content", name="Ada").press("/admin/partners/new", "/admin/partners/new", **FORM)
    for asked, there in (("work=legal", True), ("work=legal&place=springfield", True), ("place=Atlantis", False)):
        assert ("/partners/safe-house" in client.get(f"/partners?{asked}").text) is there, asked
    assert "Nobody fits that" in text_of(client.get("/partners?place=Atlantis"))


def test_links_are_opened_once_a_month_and_broken_ones_left_out(
    app: Flask, client: SeparateClient, held_clock: HeldClock
) -> None:
    open_shop()
    Desk(app, "content", name="Ada").press("/admin/partners/new", "/admin/partners/new", **FORM)
    asked: list[str] = []

    def opener(url: str) -> Opened:
        asked.append(url)
        return Opened("report" not in url, "answers 404" if "report" in url else "")

    assert "Annual report" in client.get("/partners/safe-house").text
    kept.forget()
    assert journey.open_links(opener) == 2
    assert journey.open_links(opener) == 0, "nothing is due for a month"
    assert "Annual report" not in client.get("/partners/safe-house").text
    held_clock.forward(days=31)
    assert journey.open_links(opener) == 2
    assert len(asked) == 4


def test_a_profile_is_guarded_by_its_version(app: Flask) -> None:
    shelf = open_shop()
    with transaction():
        operations.save_profile(shelf.partner_id, Profile(works_on=("shelter",)), seen=0)
    for seen in (0, 7):
        with pytest.raises(ProfileChanged), transaction():
            operations.save_profile(shelf.partner_id, Profile(), seen=seen)
    assert queries.profiles([shelf.partner_id])[shelf.partner_id].works_on == ("shelter",)


def test_nobody_is_active_who_was_not_looked_up(app: Flask) -> None:
    open_shop()
    with pytest.raises(Invalid):
        journey.begin_partner(Kept(PARTNER, Profile(), ()), actor="Ada")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/meta", "ftp://a.example", "nonsense", "http://"],
)
def test_nothing_inside_of_our_own_network_is_opened(url: str) -> None:
    opened = open_link(url)
    assert not opened.works
    assert opened.problem


def test_a_name_that_leads_nowhere_is_a_problem_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert not open_link("https://gone.example/").works
