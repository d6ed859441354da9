"""Every address of the back office, and who may use it: the store keeps to its golden file, role by role."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from shop.admin.routes import NEEDS, Open
from shop.core.database import transaction
from shop.core.logs import SECURITY
from shop.staff.models import SignIn, StaffMember
from shop.staff.rules.permissions import ASKED_AGAIN, GRANTS, ROLES, Permission
from tests.admin.desk import Desk, browser
from tests.admin.golden_roles import ANYONE, FILE, HALF_WAY, addresses, generated, golden
from tests.support.held_clock import HeldClock


def test_the_file_is_what_the_store_grants(app: Flask) -> None:
    """Changed on purpose? `.venv/bin/python -m tests.admin.golden_roles` writes it anew."""
    assert FILE.read_text(encoding="utf-8") == generated(app)
    assert set(addresses(app).values()) == set(NEEDS)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says_and_no_more(app: Flask, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner gets the pages themselves; for the others the guard decides, and what it lets in is a blank page."""
    desk = Desk(app, role)
    for endpoint in NEEDS if role != "owner" else ():
        monkeypatch.setitem(app.view_functions, endpoint, lambda **_asked: "")
    for address, allowed in golden().items():
        method, path = address.split()
        answer = desk.client.open(path, method=method)
        if allowed == HALF_WAY:
            assert (answer.status_code, answer.location) == (303, "/admin/"), address
        else:
            may = allowed == ANYONE or role in allowed.split()
            assert (answer.status_code == 403) == (not may), f"{role}: {address}: {answer.status}"
            assert answer.status_code < 500, address
        assert answer.headers["Cache-Control"] == "no-store", address


def test_the_signed_out_are_sent_to_sign_in_and_nothing_is_shown(app: Flask) -> None:
    for address, allowed in golden().items():
        method, path = address.split()
        answer = browser(app).open(path, method=method)
        if allowed == ANYONE:
            assert answer.status_code in (200, 400, 404), address
            continue
        assert answer.status_code == 303, address
        wanted = f"?next={path}" if method == "GET" else ""
        assert answer.location == f"/admin/sign-in{wanted}", address


def test_those_half_way_get_no_further_than_their_code(app: Flask) -> None:
    desk = Desk(app)
    with transaction() as current:
        current.execute(update(StaffMember).values(totp_on_at=StaffMember.added_at))
        current.execute(update(SignIn).values(second_factor=False))
    for address, allowed in golden().items():
        method, path = address.split()
        if allowed not in (HALF_WAY, ANYONE):
            answer = desk.client.open(path, method=method)
            assert answer.status_code == 303, address
            assert answer.location.startswith("/admin/second-factor"), address
    assert desk.get("/admin/second-factor").status_code == 200


def test_without_a_second_factor_there_is_nothing_but_its_set_up(app: Flask) -> None:
    desk = Desk(app)
    with transaction() as current:
        current.execute(update(SignIn).values(second_factor=False))
    own = {address for address, endpoint in addresses(app).items() if NEEDS[endpoint] is Permission.KEEP_OWN_SIGN_IN}
    for address, allowed in golden().items():
        method, path = address.split()
        if allowed not in (HALF_WAY, ANYONE) and address not in own:
            answer = desk.client.open(path, method=method)
            assert (answer.status_code, answer.location) == (303, "/admin/own/set-up"), address
    page = desk.get("/admin/own/set-up").text
    assert "Make a passkey" not in page  # the tests' host speaks plain http, where browsers make none
    assert "Set up an app" in page
    assert "/admin/orders" not in page


def test_what_matters_most_is_asked_for_again_after_a_while(app: Flask, held_clock: HeldClock) -> None:
    desk = Desk(app)
    again = {address for address, endpoint in addresses(app).items() if NEEDS[endpoint] in ASKED_AGAIN}
    assert {"GET /admin/staff", "GET /admin/orders/1/refund", "GET /admin/payouts/new", "GET /admin/audit.csv"} <= again
    held_clock.forward(minutes=15)
    for address in again:
        method, path = address.split()
        asked = desk.client.open(path, method=method).location or ""
        assert asked.startswith("/admin/own/confirm") == (method == "GET"), address
    held_clock.forward(minutes=14)
    desk.get("/admin/")
    held_clock.forward(minutes=16)
    referrer = {"Referer": "http://shop.test/admin/staff"}
    asked = desk.client.post("/admin/staff", headers=referrer).location
    assert asked == "/admin/own/confirm?next=/admin/staff"


def test_no_button_is_shown_to_those_who_may_not_press_it(app: Flask) -> None:
    page = Desk(app, "read_only").get("/admin/").get_data(as_text=True)
    assert 'href="/admin/orders"' in page
    assert "/admin/jobs" not in page
    assert "/admin/checks" not in page


def test_only_these_needs_are_open(app: Flask) -> None:
    assert {endpoint for endpoint, need in NEEDS.items() if isinstance(need, Open)} == {
        "admin.sign_in",
        "admin.second_step",
        "admin.leave_half_way",
        "admin.invited",
        "admin.passkey_step",
        "admin.passkey_to_ask",
    }


def test_a_permission_is_an_action_and_a_resource() -> None:
    assert all(len(permission.value.split(" ", 1)) == 2 for permission in Permission)
    assert len(set(Permission)) == len({permission.value for permission in Permission})


def test_the_roles_differ_as_they_should() -> None:
    """Who packs sees no money areas and takes no addresses along; who counts money sends nothing and writes nothing."""
    money = {Permission.SEE_MONEY, Permission.SEE_PAYOUTS, Permission.GIVE_MONEY_BACK, Permission.SEE_GIFTS}
    assert not GRANTS["fulfilment"] & (money | {Permission.SEE_LETTERS, Permission.EXPORT_AUDIT})
    assert money <= GRANTS["finance"]
    assert not GRANTS["finance"] & {Permission.SEND_ORDERS, Permission.CHANGE_STOCK, Permission.WRITE_STORIES}
    assert GRANTS["manager"] < GRANTS["owner"] == set(Permission)


def test_a_refusal_is_written_down(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", SECURITY)
    assert Desk(app, "read_only").get("/admin/jobs").status_code == 403
    assert [(record.getMessage(), vars(record)["role"]) for record in caplog.records] == [
        ("permission_refused", "read_only")
    ]
