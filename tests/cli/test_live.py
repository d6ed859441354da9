"""The commands against a running store, in processes of their own."""

from __future__ import annotations

import signal
import time

import pytest

from tests.support.servers import RunningStore

pytestmark = pytest.mark.soak


def test_a_running_store_answers_its_doctor(live_store: RunningStore) -> None:
    done = live_store.flask("doctor")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_cleanly_when_asked(live_store: RunningStore, number: signal.Signals) -> None:
    worker = live_store.start_worker()
    until = time.monotonic() + 20
    while "ready" not in live_store.log.read_text() and time.monotonic() < until:
        time.sleep(0.1)
    worker.send_signal(number)
    assert worker.wait(timeout=15) == 0
    assert "nothing in hand" in live_store.log.read_text()


def test_a_single_round_ends_by_itself(live_store: RunningStore) -> None:
    done = live_store.flask("worker", "--once")
    assert done.returncode == 0, done.stderr
