"""Counting tries before they are made, so that many at once cannot slip through together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from shop.core import clock
from shop.core.database import insert_once, session
from shop.core.errors import TooMany
from shop.core.logs import security
from shop.staff.models import Throttle
from shop.staff.rules.throttle import FORGOTTEN_AFTER, Counter


class TooManyTries(TooMany):
    """Tried too often; `wait` says how long nothing is looked at."""

    def __init__(self, wait: timedelta) -> None:
        minutes = -(-int(wait.total_seconds()) // 60)
        span = "a minute" if minutes <= 1 else f"{minutes} minutes"
        super().__init__(f"There were too many tries that failed. Wait {span}, then try again.")
        self.wait = wait


def count_try(counters: Iterable[Counter]) -> None:
    """Count one more try, for the time being as a failure; raises TooManyTries where one has to wait first."""
    moment = clock.now()
    for counter in counters:
        insert_once(Throttle, {"key": counter.key, "failures": 0, "last_at": moment, "free_at": moment})
        _count(counter, moment)


def forgive(counters: Iterable[Counter]) -> None:
    """The try was right: the first counter starts anew, the wider ones take this try back; old counts go."""
    narrow, *wider = counters
    session().execute(delete(Throttle).where(Throttle.key == narrow.key))
    for counter in wider:
        taken_back = update(Throttle).where(Throttle.key == counter.key, Throttle.failures > 0)
        session().execute(taken_back.values(failures=Throttle.failures - 1, free_at=clock.now()))
    session().execute(delete(Throttle).where(Throttle.last_at <= clock.now() - FORGOTTEN_AFTER))


def _count(counter: Counter, moment: datetime) -> None:
    held = select(Throttle.failures, Throttle.last_at, Throttle.free_at).where(Throttle.key == counter.key)
    row = session().execute(held.with_for_update()).one()
    if row.free_at > moment:
        security("tries_slowed")
        raise TooManyTries(row.free_at - moment)
    failures = 1 if moment - row.last_at >= FORGOTTEN_AFTER else row.failures + 1
    counted = update(Throttle).where(Throttle.key == counter.key)
    session().execute(counted.values(failures=failures, last_at=moment, free_at=moment + counter.wait(failures)))
