"""Permissions, waits, codes and the length of a sign-in: rules without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from shop.staff.rules.permissions import GRANTS, ROLES, Permission, may
from shop.staff.rules.second_factor import matching_step, new_recovery_code, new_seed, recovery_hash, seed_uri
from shop.staff.rules.sign_ins import browser_words, lapsed
from shop.staff.rules.throttle import Counter, password_counters

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_every_role_stands_in_the_table_and_strangers_may_nothing() -> None:
    assert set(GRANTS) == set(ROLES)
    assert not any(may("intern", permission) for permission in Permission)


def test_readers_change_nothing() -> None:
    changes = {Permission.SEND_ORDERS, Permission.CHANGE_STOCK, Permission.REVIVE_JOBS}
    assert not GRANTS["read_only"] & changes
    assert GRANTS["read_only"] | GRANTS["fulfilment"] < GRANTS["manager"] < GRANTS["owner"]


def test_waits_grow_to_a_quarter_of_an_hour_and_no_further() -> None:
    counter = Counter("key", free=5)
    seconds = [counter.wait(failures).total_seconds() for failures in range(1, 14)]
    assert seconds == [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert counter.wait(10**9) == timedelta(minutes=15)


def test_counters_hold_no_address_in_clear() -> None:
    counters = password_counters(email="ada@example.org", address="192.0.2.77")
    assert [len(counter.key) for counter in counters] == [64, 64]
    assert counters[0].free < counters[1].free


def test_a_code_counts_for_its_step_and_one_on_either_side() -> None:
    seed = new_seed()
    step = int(NOON.timestamp()) // 30
    totp = pyotp.TOTP(seed)
    found = {away: matching_step(seed, totp.generate_otp(step + away), at=NOON) for away in range(-3, 4)}
    assert found == {-3: None, -2: None, -1: step - 1, 0: step, 1: step + 1, 2: None, 3: None}


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "0x1234"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert matching_step(new_seed(), typed, at=NOON) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    seed = new_seed()
    code = pyotp.TOTP(seed).at(NOON)
    assert matching_step(seed, f" {code[:3]} {code[3:]} ", at=NOON) == int(NOON.timestamp()) // 30


def test_the_app_reads_who_and_where_from_the_picture() -> None:
    seed = new_seed()
    read = pyotp.parse_uri(seed_uri(seed, email="ada@example.org", issuer="Staff of shop.test"))
    assert (read.name, read.issuer, read.secret) == ("ada@example.org", "Staff of shop.test", seed)


def test_a_recovery_code_is_read_however_it_is_typed() -> None:
    code = new_recovery_code()
    kept = recovery_hash(1, code)
    assert kept is not None
    assert recovery_hash(1, f"  {code.lower().replace('-', ' ')} ") == kept
    assert recovery_hash(2, code) != kept
    assert recovery_hash(1, code[:-1]) is None
    assert recovery_hash(1, "AEIO-AEIO-AEIO-AEIO") is None


@pytest.mark.parametrize(
    ("began", "seen", "half_way", "over"),
    [
        (0, 0, False, False),
        (29, 29, False, False),
        (30, 30, False, True),
        (719, 1, False, False),
        (720, 0, False, True),
        (9, 9, True, False),
        (10, 0, True, True),
    ],
)
def test_a_sign_in_ends_by_idleness_and_by_age(began: int, seen: int, half_way: bool, over: bool) -> None:
    times = {"began_at": NOON - timedelta(minutes=began), "seen_at": NOON - timedelta(minutes=seen)}
    assert lapsed(**times, half_way=half_way, at=NOON) is over


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent: str, words: str) -> None:
    assert browser_words(agent) == words
