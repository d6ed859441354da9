"""One's own sign-ins and second factor."""

from __future__ import annotations

import pyotp
from flask import Flask

from shop.staff import queries
from shop.staff.rules.hashing import verified
from tests.admin.desk import Desk, browser, press, text_of, token_of, typed_in
from tests.staff.people import PASSWORD, added
from tests.support.audit_log import recent_audit
from tests.support.held_clock import HeldClock

SECOND = "/admin/own/second-factor"


def test_one_sees_where_one_is_signed_in_and_ends_the_others(app: Flask) -> None:
    here = Desk(app)
    there = Desk(app, member_id=here.member_id)
    assert here.reads("/admin/own").count("Firefox on Linux") >= 2
    other = max(row.id for row in queries.sign_ins_of(1))
    assert here.press("/admin/own", f"/admin/own/{other}/end").status_code == 303
    assert there.get("/admin/").status_code == 303
    there = Desk(app, member_id=here.member_id)
    here.press("/admin/own", "/admin/own/end-others")
    assert there.get("/admin/").status_code == 303
    assert here.get("/admin/").status_code == 200


def test_another_password_by_the_one_that_is(app: Flask) -> None:
    ada = added()
    desk, other = Desk(app, member_id=ada.id), Desk(app, member_id=ada.id)
    to = "/admin/own/password"
    for current, chosen, said in (
        ("not hers", "eleven slow herons", "not right"),
        (PASSWORD, "short", "12 characters"),
        ("", "", "Enter your password."),
    ):
        answer = desk.press("/admin/own", to, current=current, chosen=chosen)
        assert (answer.status_code, said in text_of(answer)) == (422, True), said
    assert desk.press("/admin/own", to, current=PASSWORD, chosen="eleven slow herons").status_code == 303
    assert other.get("/admin/").status_code == 303
    account = queries.account("ada@example.org")
    assert account is not None
    assert verified(account.password_hash, "eleven slow herons")


def test_nobody_ends_the_sign_in_of_somebody_else(app: Flask) -> None:
    ada, ben = Desk(app), Desk(app, "read_only", name="Ben")
    target = queries.sign_ins_of(ada.member_id)[0].id
    name, token = token_of(ben.get("/admin/own"), "/admin/sign-out")
    assert ben.client.post(f"/admin/own/{target}/end", data={name: token}).status_code == 303
    assert "There is no such sign-in any more." in ben.reads("/admin/own")
    assert ada.get("/admin/").status_code == 200


def test_the_picture_says_what_the_key_says_and_is_gone_afterwards(app: Flask, held_clock: HeldClock) -> None:
    desk = Desk(app)
    assert desk.get(SECOND).location == "/admin/own"
    desk.press("/admin/own", f"{SECOND}/begin")
    seed = queries.seed_to_scan(desk.member_id)
    assert seed is not None
    assert seed in desk.reads(SECOND).replace(" ", "")
    picture = desk.get(f"{SECOND}/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert b"<svg" in picture.data
    assert b"style=" not in picture.data
    answer = desk.press(SECOND, SECOND, code=pyotp.TOTP(seed).at(held_clock.now))
    assert "They are not shown again" in text_of(answer)
    assert desk.get(f"{SECOND}/qr.svg").status_code == 404
    assert "10 recovery codes left" in desk.reads("/admin/own")
    assert [entry.action for entry in recent_audit(limit=1)] == ["staff.second_factor_on"]


def test_a_wrong_first_code_keeps_what_was_typed(app: Flask, held_clock: HeldClock) -> None:
    desk = Desk(app)
    desk.press("/admin/own", f"{SECOND}/begin")
    answer = desk.press(SECOND, SECOND, code="123 456")
    assert answer.status_code == 422
    assert typed_in(answer, "code") == "123 456"


def test_it_is_switched_off_by_the_password_only(app: Flask, held_clock: HeldClock) -> None:
    added()
    client = browser(app)
    press(client, "/admin/sign-in", "/admin/sign-in", email="ada@example.org", password=PASSWORD)
    press(client, "/admin/own", f"{SECOND}/begin")
    seed = queries.seed_to_scan(1)
    assert seed is not None
    press(client, SECOND, SECOND, code=pyotp.TOTP(seed).at(held_clock.now))
    wrong = press(client, "/admin/own", f"{SECOND}/off", password="not her password")
    assert wrong.status_code == 422
    assert "On." in text_of(wrong)
    fresh = press(client, "/admin/own", f"{SECOND}/codes", password=PASSWORD)
    assert fresh.status_code == 200
    assert "They are not shown again" in text_of(fresh)
    assert press(client, "/admin/own", f"{SECOND}/off", password=PASSWORD).status_code == 303
    assert "The app's codes open nothing any more." in text_of(client.get("/admin/own"))
    assert client.get("/admin/").location == "/admin/own/set-up"
