"""Passkeys at the desk, over HTTP, with a device in software."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace
from werkzeug.test import TestResponse

from shop.core.config import Settings
from shop.staff import queries
from tests.admin.desk import press, text_of, token_of
from tests.staff.people import PASSWORD, added
from tests.support.audit_log import recent_audit
from tests.support.authenticator import Authenticator
from tests.support.client import SeparateClient
from tests.support.held_clock import HeldClock

OWN, SET_UP, SECOND = "/admin/own", "/admin/own/set-up", "/admin/second-factor"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Over https, where browsers make passkeys."""
    return replace(settings, base_url="https://shop.test")


@pytest.fixture
def device() -> Authenticator:
    return Authenticator("https://shop.test", "shop.test")


def _asks(client: SeparateClient, page: str, to: str) -> dict[str, str]:
    name, token = token_of(client.get(page), page)
    answer = client.post(to, data={name: token})
    assert answer.status_code == 200, answer.status
    told: dict[str, str] = answer.get_json()
    return told


def _sign_in(client: SeparateClient, **more: str) -> TestResponse:
    return press(client, "/admin/sign-in", "/admin/sign-in", email="ada@example.org", password=PASSWORD, **more)


def _set_up(client: SeparateClient, device: Authenticator) -> TestResponse:
    answer = device.makes(_asks(client, SET_UP, f"{OWN}/passkeys/options"))
    return press(client, SET_UP, f"{OWN}/passkeys", credential=answer, label="Work laptop")


def _signs_in(client: SeparateClient, device: Authenticator) -> TestResponse:
    answer = device.signs(_asks(client, SECOND, f"{SECOND}/options"))
    return press(client, SECOND, f"{SECOND}/passkey", credential=answer)


def test_a_new_member_sets_up_a_passkey_and_signs_in_by_it(
    app: Flask, client: SeparateClient, device: Authenticator
) -> None:
    added()
    assert _sign_in(client).location == "/admin/"
    assert client.get("/admin/").location == SET_UP
    codes = text_of(_set_up(client, device))
    assert "They are not shown again" in codes
    assert client.get("/admin/").status_code == 200
    assert "Work laptop" in text_of(client.get(OWN))
    assert queries.recovery_codes_left(1) == 10

    press(client, "/admin/", "/admin/sign-out")
    assert _sign_in(client).location.startswith(SECOND)
    assert client.get("/admin/").location.startswith(SECOND)
    assert _signs_in(client, device).location == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert recent_audit(limit=1)[0].details == {"by": "password and passkey “Work laptop”"}


def test_an_answer_counts_once_and_for_its_own_question(
    app: Flask, client: SeparateClient, device: Authenticator
) -> None:
    added()
    _sign_in(client)
    _set_up(client, device)
    press(client, "/admin/", "/admin/sign-out")
    _sign_in(client)
    old = device.signs(_asks(client, SECOND, f"{SECOND}/options"))
    _asks(client, SECOND, f"{SECOND}/options")
    refused = press(client, SECOND, f"{SECOND}/passkey", credential=old)
    assert refused.status_code == 422
    assert "not accepted" in text_of(refused)
    good = device.signs(_asks(client, SECOND, f"{SECOND}/options"))
    stranger = Authenticator("https://shop.test", "shop.test").signs(_asks(client, SECOND, f"{SECOND}/options"))
    assert press(client, SECOND, f"{SECOND}/passkey", credential=stranger).status_code == 422
    assert press(client, SECOND, f"{SECOND}/passkey", credential=good).status_code == 422
    assert _signs_in(client, device).status_code == 303


def test_asked_again_a_passkey_will_do_and_the_last_one_leads_back_to_the_set_up(
    app: Flask, client: SeparateClient, device: Authenticator, held_clock: HeldClock
) -> None:
    added()
    _sign_in(client)
    _set_up(client, device)
    held_clock.forward(minutes=16)
    asked = client.get("/admin/staff").location
    assert asked == "/admin/own/confirm?next=/admin/staff"
    answer = device.signs(_asks(client, asked, f"{OWN}/confirm/options"))
    to = f"{OWN}/confirm/passkey"
    name, token = token_of(client.get(asked), asked)
    confirmed = client.post(to, query_string={"next": "/admin/staff"}, data={name: token, "credential": answer})
    assert confirmed.location == "/admin/staff"
    assert client.get("/admin/staff").status_code == 200
    press(client, OWN, f"{OWN}/passkeys/1/remove")
    assert client.get("/admin/staff").location == SET_UP
    assert queries.recovery_codes_left(1) == 0


def test_a_desk_left_open_adds_and_removes_no_passkey(
    app: Flask, client: SeparateClient, device: Authenticator, held_clock: HeldClock
) -> None:
    added()
    _sign_in(client)
    _set_up(client, device)
    for _ in range(2):
        held_clock.forward(minutes=25)
        client.get("/admin/")
    for to in (f"{OWN}/passkeys", f"{OWN}/passkeys/1/remove", f"{OWN}/second-factor/begin"):
        assert press(client, OWN, to, credential="{}").location.startswith("/admin/own/confirm"), to
    assert len(queries.passkeys_of(1)) == 1
