"""Signing in and out, as a browser sees it."""

from __future__ import annotations

import re
import statistics
import time

import pyotp
import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from shop.core.config import Settings
from shop.core.database import session
from shop.core.logs import SECURITY
from shop.staff import queries
from shop.staff.models import SignIn
from shop.staff.operations import MemberAdded
from tests.admin.desk import browser, press, text_of, token_of, typed_in
from tests.staff.people import PASSWORD, added, with_app
from tests.support.audit_log import recent_audit
from tests.support.client import SeparateClient, end_reading, visitor_of
from tests.support.held_clock import HeldClock


@pytest.fixture
def ada(app: Flask) -> MemberAdded:
    return added()


def _sign_in(
    client: SeparateClient, password: str = PASSWORD, *, email: str = "ada@example.org", to: str = ""
) -> TestResponse:
    page = "/admin/sign-in" + to
    return press(client, page, page, email=email, password=password)


def _whole(client: SeparateClient, member: MemberAdded, clock: HeldClock) -> TestResponse:
    """By password and the code of an app that was set up before; the clock has to stand still."""
    seed = with_app(member.id)
    step = _sign_in(client).location
    return press(client, step, step, code=pyotp.TOTP(seed).at(clock.now))


def test_password_and_code_open_the_page_that_was_asked_for(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    seed = with_app(ada.id)
    asked = client.get("/admin/orders?state=paid")
    step = press(client, asked.location, asked.location, email=" ADA@example.org ", password=PASSWORD).location
    answer = press(client, step, step, code=pyotp.TOTP(seed).at(held_clock.now))
    assert (answer.status_code, answer.location) == (303, "/admin/orders?state=paid")
    assert client.get("/admin/orders").status_code == 200
    assert recent_audit(limit=1)[0].action == "staff.signed_in"


def test_a_password_alone_opens_nothing_but_the_set_up_of_a_second_factor(
    app: Flask, client: SeparateClient, ada: MemberAdded
) -> None:
    _sign_in(client)
    assert client.get("/admin/orders").location == "/admin/own/set-up"
    assert "One more thing opens your account" in text_of(client.get("/admin/own/set-up"))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/admin",
        "/\\evil.example",
        "/admin//evil.example",
        "/admin/\\evil.example",
        "/admin/%0d%0aSet-Cookie:a=b",
        "javascript:alert(1)",
        "/",
        "/administrator",
        "",
    ],
)
def test_after_signing_in_nobody_is_sent_elsewhere(
    app: Flask, client: SeparateClient, ada: MemberAdded, elsewhere: str
) -> None:
    name, token = token_of(client.get("/admin/sign-in"), "/admin/sign-in")
    typed = {name: token, "email": "ada@example.org", "password": PASSWORD}
    answer = client.post("/admin/sign-in", query_string={"next": elsewhere}, data=typed)
    assert answer.location == "/admin/"


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Flask, client: SeparateClient, ada: MemberAdded) -> None:
    answer = _sign_in(client)
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("staff="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert "Expires" not in cookie
    forms = client.get("/admin/sign-in").headers.getlist("Set-Cookie")
    token = next(one for one in forms if one.startswith("staff_csrf="))
    assert {"HttpOnly", "Path=/admin", "SameSite=Strict"} <= {part.strip() for part in token.split(";")}


def test_over_https_the_cookie_is_bound_to_the_host(app: Flask, settings: Settings, ada: MemberAdded) -> None:
    with visitor_of(replace(settings, base_url="https://shop.test")) as client:
        answer = _sign_in(client)
        assert client.get("/admin/own").status_code == 200
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-staff="))
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "not her password"), ("eve@example.org", PASSWORD), ("ada@example.org", "x" * 999)],
)
def test_wrong_e_mail_and_wrong_password_are_told_alike(
    app: Flask, client: SeparateClient, ada: MemberAdded, email: str, password: str
) -> None:
    answer = _sign_in(client, password, email=email)
    assert answer.status_code == 422
    assert "The e-mail address or the password is not right." in text_of(answer)
    assert typed_in(answer, "email") == email
    assert password not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("email", "password"), [("", ""), ("a\x00b@example.org", "x"), ("x" * 300, "x"), ("ada@example.org", "")]
)
def test_what_cannot_be_right_is_told_beside_its_field(
    app: Flask, client: SeparateClient, email: str, password: str
) -> None:
    answer = _sign_in(client, password, email=email)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)


@pytest.mark.at_its_pace
def test_an_unknown_e_mail_takes_as_long_as_a_wrong_password(app: Flask, ada: MemberAdded) -> None:
    def median(email: str) -> float:
        times = []
        for number in range(4):
            client = browser(app)
            client.get("/admin/sign-in")
            began = time.perf_counter()
            _sign_in(client, f"wrong password {number}", email=email)
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    known, unknown = median("ada@example.org"), median("eve@example.org")
    assert 0.4 < known / unknown < 2.5


def test_guessing_is_slowed_down_and_says_how_long(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    for _ in range(5):
        assert _sign_in(client, "not her password").status_code == 422
    answer = _sign_in(client)
    assert answer.status_code == 429
    assert "Wait a minute" in text_of(answer)
    held_clock.forward(seconds=15)
    assert _sign_in(client).status_code == 303


def test_a_form_without_its_token_changes_nothing_and_keeps_what_was_typed(
    app: Flask, client: SeparateClient, ada: MemberAdded
) -> None:
    answer = client.post("/admin/sign-in", data={"email": "ada@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert typed_in(answer, "email") == "ada@example.org"
    assert "press the button again" in text_of(answer)
    end_reading()
    assert session().execute(select(func.count()).select_from(SignIn)).scalar_one() == 0


def test_signing_out_ends_the_sign_in_itself(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    _whole(client, ada, held_clock)
    cookie = client.get_cookie("staff", domain="shop.test")
    assert cookie is not None
    answer = press(client, "/admin/", "/admin/sign-out")
    assert answer.location == "/admin/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert client.get_cookie("staff", domain="shop.test") is None
    client.set_cookie("staff", cookie.value, domain="shop.test")
    assert client.get("/admin/").status_code == 303


def test_signing_out_needs_the_token(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    _whole(client, ada, held_clock)
    client.post("/admin/sign-out")
    assert client.get("/admin/").status_code == 200


def test_with_a_second_factor_the_password_leads_half_way_only(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    seed, codes = _with_second_factor(client, held_clock)
    press(client, "/admin/", "/admin/sign-out")
    answer = _sign_in(client, to="?next=/admin/stock")
    assert answer.location == "/admin/second-factor?next=/admin/stock"
    half = client.get_cookie("staff", domain="shop.test")
    assert client.get("/admin/").location == "/admin/second-factor?next=/admin/"
    wrong = press(client, answer.location, answer.location, code="000000")
    assert wrong.status_code == 422
    held_clock.forward(seconds=30)
    right = press(client, answer.location, answer.location, code=pyotp.TOTP(seed).at(held_clock.now))
    assert right.location == "/admin/stock"
    whole = client.get_cookie("staff", domain="shop.test")
    assert half is not None
    assert whole is not None
    assert half.value != whole.value
    assert queries.signed_in(half.value) is None
    assert client.get("/admin/stock").status_code == 200
    assert len(codes) == 10


def test_a_recovery_code_stands_in_for_the_phone_once(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    _, codes = _with_second_factor(client, held_clock)
    for expected in (303, 422):
        again = browser(app)
        step = _sign_in(again).location
        assert press(again, step, step, code=codes[0].lower()).status_code == expected


def test_guessing_codes_is_slowed_down(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock
) -> None:
    seed, _ = _with_second_factor(client, held_clock)
    held_clock.forward(seconds=60)
    guesser = browser(app)
    step = _sign_in(guesser).location
    answers = [press(guesser, step, step, code="000000").status_code for _ in range(5)]
    assert answers == [422] * 5
    assert press(guesser, step, step, code=pyotp.TOTP(seed).at(held_clock.now)).status_code == 429


def test_half_way_one_can_leave(app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock) -> None:
    _with_second_factor(client, held_clock)
    other = browser(app)
    _sign_in(other)
    assert press(other, "/admin/second-factor", "/admin/second-factor/leave").location == "/admin/sign-in"
    assert other.get("/admin/second-factor").location == "/admin/sign-in?next=/admin/second-factor"


def _with_second_factor(client: SeparateClient, clock: HeldClock) -> tuple[str, list[str]]:
    """Sign in and set it up, page by page: the seed and the recovery codes."""
    _sign_in(client)
    press(client, "/admin/own", "/admin/own/second-factor/begin")
    seed = queries.seed_to_scan(1)
    assert seed is not None
    page = "/admin/own/second-factor"
    answer = press(client, page, page, code=pyotp.TOTP(seed).at(clock.now))
    assert answer.status_code == 200
    return seed, [word for word in text_of(answer).split() if len(word) == 19 and word.count("-") == 3]


def test_a_password_is_hidden_and_may_be_filled_in(app: Flask, client: SeparateClient) -> None:
    page = client.get("/admin/sign-in").text
    field = next(one for one in re.findall("<input[^>]+>", page) if 'name="password"' in one)
    assert {'type="password"', 'autocomplete="current-password"'} <= set(field[:-1].split())


def test_what_is_refused_is_written_down_without_a_name(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock, caplog: pytest.LogCaptureFixture
) -> None:
    with_app(ada.id)
    caplog.set_level("WARNING", SECURITY)
    _sign_in(client, "a wrong one, and long")
    _sign_in(client, email="nobody@example.org")
    step = _sign_in(client).location
    press(client, step, step, code="000000")
    told = [(record.getMessage(), vars(record)["member"]) for record in caplog.records]
    assert told == [("password_refused", ada.id), ("password_refused", None), ("code_refused", ada.id)]
    assert "example.org" not in caplog.text


def test_whoever_keeps_guessing_is_written_down(
    app: Flask, client: SeparateClient, ada: MemberAdded, held_clock: HeldClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", SECURITY)
    for _ in range(6):
        _sign_in(client, "a wrong one, and long")
    assert caplog.messages == ["password_refused"] * 5 + ["tries_slowed"]
