"""Promises: kept once, tried again, given up visibly, and never made without their cause."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core import outbox
from shop.core.columns import Json
from shop.core.database import session, transaction
from shop.core.outbox import Job, Leased, drain, keep, lease_due, promise, revive, waiting_and_dead
from tests.support.held_clock import HeldClock

pytestmark = pytest.mark.breaks_invariants("jobs are left waiting, leased and dead here on purpose")


def _fail(_payload: Json) -> None:
    raise RuntimeError("no luck")


def _promised(*keys: str, kind: str = "greet") -> None:
    with transaction():
        for key in keys:
            promise(kind, key=key, payload={"to": key})


def _job() -> Job:
    session().rollback()
    return session().execute(select(Job)).scalar_one()


def test_a_promise_is_kept_once_with_what_it_was_given(app: Flask, held_clock: HeldClock) -> None:
    got: list[Json] = []
    _promised("ada")
    assert drain({"greet": got.append}) == 1
    assert drain({"greet": got.append}) == 0
    assert got == [{"to": "ada"}]
    job = _job()
    assert (job.state, job.attempts, job.finished_at, job.lease) == ("done", 1, held_clock.now, None)


def test_a_promise_rolls_back_with_its_cause(app: Flask) -> None:
    with pytest.raises(LookupError), transaction():
        promise("greet", key="ada")
        raise LookupError
    assert drain({"greet": _fail}) == 0


def test_the_same_promise_is_made_once(app: Flask) -> None:
    with transaction():
        assert promise("greet", key="ada")
        assert not promise("greet", key="ada")
        assert promise("greet", key="bob")
        assert promise("wave", key="ada")
    assert waiting_and_dead() == (3, 0)


def test_promises_are_kept_in_the_order_they_were_made(app: Flask, held_clock: HeldClock) -> None:
    got: list[str] = []
    keys = [f"{n:02}" for n in range(25)]
    _promised(*keys)
    drain({"greet": lambda payload: got.append(payload["to"])})
    assert got == keys


def test_a_promise_for_later_waits_for_its_time(app: Flask, held_clock: HeldClock) -> None:
    with transaction():
        promise("greet", key="ada", run_at=held_clock.now + timedelta(minutes=10))
    held_clock.forward(minutes=9, seconds=59)
    assert lease_due(limit=10) == []
    held_clock.forward(seconds=1)
    assert [job.key for job in lease_due(limit=10)] == ["ada"]


def test_a_failure_is_recorded_and_tried_again_later(app: Flask, held_clock: HeldClock) -> None:
    _promised("ada")
    assert drain({"greet": _fail}) == 1
    job = _job()
    assert (job.state, job.attempts, job.lease) == ("waiting", 1, None)
    assert "no luck" in (job.last_error or "")
    assert timedelta(seconds=1) <= job.run_at - held_clock.now <= timedelta(seconds=2)
    held_clock.forward(seconds=2)
    got: list[Json] = []
    assert drain({"greet": got.append}) == 1
    assert _job().last_error is None


def test_one_failure_does_not_hold_up_the_others(app: Flask, held_clock: HeldClock) -> None:
    got: list[Json] = []
    _promised("bad", kind="fail")
    _promised("good")
    drain({"fail": _fail, "greet": got.append})
    assert got == [{"to": "good"}]


def test_what_fails_for_ever_is_dead_until_it_is_revived(app: Flask, held_clock: HeldClock) -> None:
    _promised("ada")
    for attempt in range(1, outbox.MOST_ATTEMPTS + 1):
        assert waiting_and_dead() == (1, 0)
        assert drain({"greet": _fail}) == 1, attempt
        held_clock.forward(hours=1)
    assert waiting_and_dead() == (0, 1)
    assert drain({"greet": _fail}) == 0
    with transaction():
        assert revive(_job().id)
    got: list[Json] = []
    assert drain({"greet": got.append}) == 1
    with transaction():
        assert not revive(_job().id)


def test_a_job_nobody_knows_fails_visibly(app: Flask, held_clock: HeldClock) -> None:
    _promised("ada", kind="unheard-of")
    drain({})
    assert "unheard-of" in (_job().last_error or "")


def test_a_lease_keeps_others_away_until_it_lapses(app: Flask, held_clock: HeldClock) -> None:
    _promised("ada")
    (first,) = lease_due(limit=10)
    assert lease_due(limit=10) == []
    held_clock.forward(outbox.LEASE + timedelta(seconds=1))
    (second,) = lease_due(limit=10)
    assert second.id == first.id
    assert second.lease != first.lease
    assert second.attempts == 2


def test_a_worker_whose_lease_lapsed_no_longer_counts(app: Flask, held_clock: HeldClock) -> None:
    _promised("ada")
    (slow,) = lease_due(limit=10)
    held_clock.forward(outbox.LEASE + timedelta(seconds=1))
    (quick,) = lease_due(limit=10)
    keep(slow, {"greet": _fail})
    assert _job().lease == quick.lease
    keep(quick, {"greet": lambda _payload: None})
    assert _job().state == "done"
    keep(slow, {"greet": _fail})
    assert _job().state == "done"


def test_what_a_failing_handler_wrote_is_gone(app: Flask, held_clock: HeldClock) -> None:
    def half(_payload: Json) -> None:
        with transaction():
            promise("wave", key="half")
            raise RuntimeError("died in the middle")

    _promised("ada")
    drain({"greet": half})
    assert waiting_and_dead() == (1, 0)


def test_waits_grow_and_never_pass_an_hour() -> None:
    waits = [outbox.wait_before(attempt) for attempt in range(1, 30)]
    assert timedelta(seconds=1) <= waits[0] <= timedelta(seconds=2)
    assert timedelta(minutes=30) <= waits[-1] <= timedelta(hours=1)
    assert max(waits) <= timedelta(hours=1)


def test_many_workers_never_run_one_job_twice(app: Flask) -> None:
    _promised(*(str(n) for n in range(60)))
    ran: Counter[str] = Counter()
    guard = threading.Lock()
    start = threading.Barrier(4)

    def note(payload: Json) -> None:
        with guard:
            ran[payload["to"]] += 1

    def work() -> None:
        with app.app_context():
            start.wait()
            while drain({"greet": note}):
                pass

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(ran) == 60
    assert set(ran.values()) == {1}
    assert waiting_and_dead() == (0, 0)


def test_draining_stops_where_it_is_told_to(app: Flask) -> None:
    _promised(*(str(n) for n in range(30)))
    assert drain({"greet": lambda _payload: None}, most=20) == 20
    assert waiting_and_dead() == (10, 0)


def test_a_leased_job_is_a_plain_record() -> None:
    job = Leased(id=1, kind="greet", key="ada", payload={}, attempts=1, lease="x")
    with pytest.raises(AttributeError):
        job.lease = "y"  # type: ignore[misc]  # what the test is about
