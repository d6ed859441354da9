"""The clock: runs, stands, goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from shop.core import clock
from tests.support.held_clock import START, HeldClock


def test_time_is_aware_utc_and_runs() -> None:
    first = clock.now()
    assert first.tzinfo is UTC
    assert first <= clock.now() <= first + timedelta(seconds=5)


def test_a_held_clock_stands_and_then_runs_again() -> None:
    moment = datetime(2030, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with clock.held_at(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
        with clock.held_at(moment + timedelta(days=1)):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment
    assert clock.now() != moment


def test_the_fixture_moves_only_when_told(held_clock: HeldClock) -> None:
    assert clock.now() == held_clock.now == START
    held_clock.forward(minutes=31)
    held_clock.forward(timedelta(seconds=1))
    assert clock.now() == START + timedelta(minutes=31, seconds=1)
