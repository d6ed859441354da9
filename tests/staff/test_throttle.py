"""Guessing gets slow, and the owner is not locked out by a stranger."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.core.database import session, transaction
from shop.staff.models import Throttle
from shop.staff.operations.throttle import TooManyTries, count_try, forgive
from shop.staff.rules.throttle import Counter, password_counters
from tests.support.held_clock import HeldClock

HOME = password_counters(email="ada@example.org", address="192.0.2.1")
ELSEWHERE = password_counters(email="ada@example.org", address="198.51.100.1")


def _try(counters: tuple[Counter, ...], times: int = 1) -> None:
    for _ in range(times):
        with transaction():
            count_try(counters)


def test_the_sixth_try_waits_and_waits_grow(app: Flask, held_clock: HeldClock) -> None:
    _try(HOME, 5)
    for seconds in (15, 30, 60, 120, 240, 480, 900, 900):
        with pytest.raises(TooManyTries) as refused:
            _try(HOME)
        assert refused.value.wait.total_seconds() == seconds
        held_clock.forward(refused.value.wait)
        _try(HOME)


def test_a_refused_try_is_not_counted(app: Flask, held_clock: HeldClock) -> None:
    _try(HOME, 5)
    for _ in range(20):
        with pytest.raises(TooManyTries):
            _try(HOME)
    held_clock.forward(seconds=15)
    _try(HOME)


def test_a_stranger_does_not_lock_the_owner_out(app: Flask, held_clock: HeldClock) -> None:
    _try(ELSEWHERE, 5)
    with pytest.raises(TooManyTries):
        _try(ELSEWHERE)
    _try(HOME)


def test_one_password_on_many_accounts_is_slow_too(app: Flask, held_clock: HeldClock) -> None:
    for number in range(30):
        _try(password_counters(email=f"{number}@example.org", address="198.51.100.7"))
    with pytest.raises(TooManyTries):
        _try(password_counters(email="ada@example.org", address="198.51.100.250"))
    _try(HOME)


def test_being_right_starts_the_count_anew(app: Flask, held_clock: HeldClock) -> None:
    _try(HOME, 5)
    with transaction():
        forgive(HOME)
    _try(HOME, 5)
    with pytest.raises(TooManyTries):
        _try(HOME)


def test_signing_in_often_never_slows_a_network_down(app: Flask, held_clock: HeldClock) -> None:
    for _ in range(100):
        _try(HOME)
        with transaction():
            forgive(HOME)


def test_a_day_later_it_is_forgotten_and_swept_away(app: Flask, held_clock: HeldClock) -> None:
    _try(ELSEWHERE, 5)
    held_clock.forward(hours=24)
    _try(HOME)
    with transaction():
        forgive(HOME)
    left = session().execute(select(func.count()).select_from(Throttle)).scalar_one()
    assert left == 1  # what is counted for the network of HOME
    _try(ELSEWHERE, 5)


def test_it_says_how_long_in_minutes() -> None:
    from datetime import timedelta

    assert "a minute" in TooManyTries(timedelta(seconds=15)).message
    assert "15 minutes" in TooManyTries(timedelta(minutes=14, seconds=1)).message
