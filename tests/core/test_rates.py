"""Rates: so many, then no more, however many ask at once; kept without telling who asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.core import rates
from shop.core.database import session, transaction
from shop.core.rates import Rate, RateCount, UsedUp
from tests.support.at_once import at_once
from tests.support.held_clock import HeldClock

HOUR = timedelta(hours=1)


def _use(subject: str, free: int = 3) -> None:
    with transaction():
        rates.use([Rate("test", subject, free, HOUR)])


def test_so_many_are_free_and_the_next_window_starts_anew(app: Flask, held_clock: HeldClock) -> None:
    for _ in range(3):
        _use("net")
    with pytest.raises(UsedUp) as told:
        _use("net")
    assert told.value.wait == HOUR  # noon is where an hour begins
    assert "60 minutes" in told.value.message
    _use("another net")
    held_clock.forward(HOUR)
    _use("net")


def test_what_is_kept_names_nobody_and_goes_after_a_day(app: Flask, held_clock: HeldClock) -> None:
    _use("203.0.113.0/24")
    row = session().execute(select(RateCount)).scalar_one()
    assert "203.0.113" not in row.key
    held_clock.forward(timedelta(days=2))
    with transaction():
        assert rates.forget_old() == 1
    assert session().execute(select(func.count()).select_from(RateCount)).scalar_one() == 0


def test_many_at_once_get_no_more_than_is_free(app: Flask) -> None:
    answers = at_once(app, 12, lambda _number: _use("crowd", free=5))
    assert [type(one) for one in answers].count(UsedUp) == 7
