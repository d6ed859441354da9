"""What makes an answer of a passkey right, without a database; and where passkeys can be."""

from __future__ import annotations

import json

import pytest

from shop.core.errors import Invalid
from shop.staff.rules.passkeys import (
    NewKey,
    checked_answer,
    checked_creation,
    creation_options,
    credential_of,
    house_at,
    request_options,
)
from tests.support.authenticator import Authenticator

HOUSE = house_at("https://shop.test", name="Staff of shop.test")
ASKED = "a-challenge-of-enough-characters"
assert HOUSE is not None


def _device(origin: str = "https://shop.test", host: str = "shop.test") -> Authenticator:
    return Authenticator(origin, host)


def _options(asked: str = ASKED) -> dict[str, str]:
    found: dict[str, str] = json.loads(request_options(HOUSE, challenge=asked, known=[]))  # type: ignore[arg-type]  # not None, as asserted above
    return found


def _made(device: Authenticator) -> NewKey:
    options = creation_options(HOUSE, challenge=ASKED, member=(1, "ada@example.org", "Ada"), known=[])  # type: ignore[arg-type]  # as above
    return checked_creation(HOUSE, challenge=ASKED, answer=device.makes(json.loads(options)))  # type: ignore[arg-type]  # as above


def _answers(device: Authenticator, key: NewKey, answer: str, *, count: int = 0) -> int:
    return checked_answer(HOUSE, challenge=ASKED, answer=answer, public_key=key.public_key, sign_count=count)  # type: ignore[arg-type]  # as above


def test_a_key_that_was_made_here_signs_here() -> None:
    device = _device()
    key = _made(device)
    answer = device.signs(_options())
    assert credential_of(answer) == key.credential_id
    assert _answers(device, key, answer) == 1


def test_every_other_answer_is_refused() -> None:
    device = _device()
    key = _made(device)
    elsewhere, neighbour = _device("https://shop.test.evil.example"), _device(host="evil.example")
    elsewhere.key = neighbour.key = device.key
    wrong = {
        "another challenge": device.signs(_options("another-challenge-altogether-xxx")),
        "another site": elsewhere.signs(_options()),
        "another host": neighbour.signs(_options()),
        "another key": _device().signs(_options()),
        "another ceremony": device.signs(_options(), kind="webauthn.create"),
        "no JSON": "{",
        "no answer": "{}",
        "nothing": "",
    }
    for name, answer in wrong.items():
        with pytest.raises(Invalid):
            _answers(device, key, answer)
            pytest.fail(name)


def test_a_copy_of_a_key_that_counts_behind_is_refused() -> None:
    device = _device()
    key = _made(device)
    with pytest.raises(Invalid):
        _answers(device, key, device.signs(_options()), count=7)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://shop.example", "shop.example"),
        ("http://localhost:5000", "localhost"),
        ("http://shop.example", None),
        ("http://127.0.0.1:5000", None),
        ("https://192.0.2.1", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_need_a_host_name_and_a_safe_way_to_it(address: str, host: str | None) -> None:
    found = house_at(address, name="x")
    assert (found.host if found else None) == host


def test_what_is_no_answer_names_no_key() -> None:
    assert [credential_of(text) for text in ("", "[]", "null", '{"id": 7}', "{")] == [""] * 5
