"""Invited by mail, joined, moved, sent away, helped back in: and never without an owner."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from shop.core.database import transaction
from shop.staff import queries
from shop.staff.operations import members
from shop.staff.queries.members import member
from tests.admin.desk import Desk, browser, press, text_of
from tests.staff.people import PASSWORD, added, with_app
from tests.support.at_once import at_once
from tests.support.audit_log import recent_audit
from tests.support.factories import open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Till

NEW = "eleven slow herons at dusk"


@pytest.fixture
def till(app: Flask) -> Till:
    open_shop()
    return Till()


@pytest.fixture
def ada(app: Flask, till: Till) -> Desk:
    return Desk(app)


def _link(till: Till) -> str:
    till.works()
    body = till.post.letters[-1].get_body(("plain",))
    assert body is not None
    found = re.search(r"/admin/invited/[\w-]+", body.get_content())
    assert found is not None
    return found[0]


def _invites(ada: Desk, till: Till, *, email: str = "Kim@example.org", role: str = "fulfilment") -> str:
    assert ada.press("/admin/staff", "/admin/staff", email=email, role=role).status_code == 303
    return _link(till)


def test_somebody_is_invited_joins_and_may_what_the_role_may(app: Flask, ada: Desk, till: Till) -> None:
    link = _invites(ada, till)
    assert "kim@example.org" in ada.reads("/admin/staff")
    kim = browser(app)
    assert "as Fulfilment" in text_of(kim.get(link))
    weak = press(kim, link, link, name="Kim", password="short")
    assert (weak.status_code, "12 characters" in text_of(weak)) == (422, True)
    answer = press(kim, link, link, name="Kim", password=NEW)
    assert answer.location == "/admin/own/set-up"
    assert kim.get("/admin/orders").location == "/admin/own/set-up"
    assert (
        press(browser(app), "/admin/sign-in", "/admin/sign-in", email="kim@example.org", password=NEW).status_code
        == 303
    )
    assert browser(app).get(link).status_code == 404
    assert member(2).role == "fulfilment"
    assert "Not set up yet" in ada.reads("/admin/staff")
    told = [(one.action, one.actor) for one in recent_audit(limit=3)]
    assert told == [("staff.signed_in", "Kim"), ("staff.added", "Ada’s invitation"), ("staff.invited", "Ada")]


def test_a_link_ends_by_time_by_being_taken_back_and_by_a_newer_one(
    app: Flask, ada: Desk, till: Till, held_clock: HeldClock
) -> None:
    first = _invites(ada, till)
    second = _invites(ada, till)
    assert browser(app).get(first).status_code == 404
    ada.press("/admin/staff", "/admin/staff/invitations/2/revoke")
    assert browser(app).get(second).status_code == 404
    third = _invites(ada, till, email="lee@example.org")
    held_clock.forward(minutes=3 * 24 * 60)
    assert browser(app).get(third).status_code == 404


def test_nobody_reads_the_link_in_the_list_of_letters(app: Flask, ada: Desk, till: Till) -> None:
    link = _invites(ada, till)
    page = ada.get("/admin/letters").text
    assert "kim@example.org" not in page
    assert link not in ada.get("/admin/letters/1").text


def test_what_cannot_be_is_told_beside_its_field(app: Flask, ada: Desk, till: Till) -> None:
    for email, role in (("nobody", "owner"), ("ada@example.org", "owner"), ("kim@example.org", "emperor")):
        answer = ada.press("/admin/staff", "/admin/staff", email=email, role=role)
        assert answer.status_code in (409, 422), email
        assert 'aria-invalid="true"' in answer.text


def test_a_role_changes_from_the_next_page_on_and_sending_away_ends_everything(app: Flask, ada: Desk) -> None:
    ben = Desk(app, "read_only", name="Ben")
    assert ben.get("/admin/jobs").status_code == 403
    ada.press("/admin/staff/2", "/admin/staff/2", role="manager")
    assert recent_audit(limit=1)[0].details == {"before": {"role": "read_only"}, "after": {"role": "manager"}}
    assert ben.get("/admin/jobs").status_code == 200
    assert ben.get("/admin/staff").status_code == 403
    ada.press("/admin/staff/2", "/admin/staff/2/disable")
    assert ben.get("/admin/").location.startswith("/admin/sign-in")
    ada.press("/admin/staff/2", "/admin/staff/2/enable")
    assert "Closed" not in ada.reads("/admin/staff/2")


def test_there_is_always_an_owner(app: Flask, ada: Desk) -> None:
    for to, fields in (("/admin/staff/1", {"role": "manager"}), ("/admin/staff/1/disable", {})):
        ada.press("/admin/staff/1", to, **fields)
    assert (member(1).role, member(1).disabled_at) == ("owner", None)


def test_of_two_owners_who_resign_at_once_one_stays(app: Flask) -> None:
    Desk(app)
    Desk(app, name="Bo")

    def resign(number: int) -> None:
        with transaction():
            members.set_role(number + 1, "manager")

    answers = at_once(app, 2, resign)
    assert [type(one) for one in answers if one is not None] == [members.LastOwner]


def test_who_lost_everything_is_helped_back_in(app: Flask, ada: Desk, till: Till) -> None:
    ben = added(email="ben@example.org", name="Ben", role="content")
    with_app(ben.id)
    page = f"/admin/staff/{ben.id}"
    ada.press(page, f"{page}/forget-factors")
    assert not queries.has_factor(ben.id)
    ada.press(page, f"{page}/password")
    link, at = _link(till), browser(app)
    assert press(at, link, link, password=NEW).location == "/admin/sign-in"
    refused = press(at, "/admin/sign-in", "/admin/sign-in", email="ben@example.org", password=PASSWORD)
    assert refused.status_code == 422
    press(at, "/admin/sign-in", "/admin/sign-in", email="ben@example.org", password=NEW)
    assert at.get("/admin/").location == "/admin/own/set-up"


def test_roles_are_told_as_the_store_decides_them(ada: Desk) -> None:
    assert "keep staff and their roles Yes · No" in ada.reads("/admin/staff/roles")


def test_who_is_asked_again_goes_on_by_the_password(app: Flask, till: Till, held_clock: HeldClock) -> None:
    ada = added()
    with_app(ada.id)
    desk = Desk(app, member_id=ada.id)
    held_clock.forward(minutes=16)
    asked = desk.get("/admin/staff").location
    assert press(desk.client, asked, asked, password="not her password").status_code == 422
    assert press(desk.client, asked, asked, password=PASSWORD).location == "/admin/staff"
    assert desk.get("/admin/staff").status_code == 200
