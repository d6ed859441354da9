"""The worker keeps promises, survives bad moments, and ends with nothing in hand."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from shop.cli.worker import Errand, Worker, build
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.outbox import promise, waiting_and_dead
from tests.support.held_clock import HeldClock

pytestmark = pytest.mark.breaks_invariants("promises are left waiting here on purpose")


def _promise(*keys: str) -> None:
    with transaction():
        for key in keys:
            promise("greet", key=key, payload={"to": key})


def test_a_round_keeps_what_is_due(app: Flask) -> None:
    got: list[Json] = []
    _promise("ada", "bob")
    worker = Worker({"greet": got.append}, [])
    assert worker.once() == 2
    assert worker.once() == 0
    assert [one["to"] for one in got] == ["ada", "bob"]


def test_it_stops_after_the_jobs_in_hand(app: Flask) -> None:
    _promise(*(str(number) for number in range(60)))
    done: list[Json] = []

    def stop_at_once(payload: Json) -> None:
        done.append(payload)
        worker.stop()

    worker = Worker({"greet": stop_at_once}, [])
    worker.run()
    assert waiting_and_dead() == (60 - len(done), 0)
    assert 0 < len(done) <= 20


def test_an_errand_is_done_at_the_start_and_when_its_time_comes(app: Flask) -> None:
    runs: list[int] = []
    worker = Worker(
        {}, [Errand("often", every=0, run=lambda: runs.append(1)), Errand("rarely", 3600, lambda: runs.append(2))]
    )
    for _ in range(3):
        worker.once()
    assert runs == [1, 2, 1, 1]


def test_an_errand_that_fails_is_logged_and_holds_up_nothing(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("no luck")

    _promise("ada")
    got: list[Json] = []
    assert Worker({"greet": got.append}, [Errand("sweep", 60, fail)]).once() == 1
    assert "sweep failed" in caplog.text


def test_a_bad_round_is_logged_and_tried_again(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker({}, [])
    monkeypatch.setattr("shop.cli.worker.TROUBLED", 0.0)
    rounds = iter([1, 2])

    def once() -> int:
        if next(rounds) == 1:
            raise OSError("the database is away")
        worker.stop()
        return 0

    monkeypatch.setattr(worker, "once", once)
    worker.run()
    assert "the round failed" in caplog.text


def test_it_ends_soon_when_idle(app: Flask) -> None:
    worker = Worker({}, [])
    threading.Timer(0.1, worker.stop).start()
    worker.run()
    assert worker.stopping.is_set()


def test_the_stores_own_worker_knows_every_promise(app: Flask, held_clock: HeldClock) -> None:
    built = build(app.extensions["services"], app.extensions["settings"])
    assert {"event", "refund"} <= built.handlers.keys()
    names = [errand.name for errand in built.timetable]
    assert names == ["reconcile", "claims", "cards", "stock", "search", "links", "check", "tidy up", "helplines"]
    assert built.once() == 0
