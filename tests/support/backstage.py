"""Behind the scenes of a running store: other programs in its place, its rows, and what must be true at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, text

from shop.core import outbox
from shop.core.config import Settings
from shop.core.database import db
from shop.factory import create_app
from shop.journeys.check_invariants import Finding, broken
from shop.journeys.handlers import handlers
from shop.journeys.reconcile import Report, reconcile
from tests.support.servers import ROOT, RunningStore

STORE = "app"
PATIENCE = 90.0


@contextmanager
def inside(store: RunningStore) -> Iterator[Flask]:
    """The store's own application in this process, for what staff would do."""
    app = create_app(Settings.from_environ(store.environ))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9` for a process and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def serve(store: RunningStore, application: str = STORE, **environ: str) -> None:
    """Kill what serves the store and serve `application` (a module with an `app`) in its place."""
    kill(store.web)
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{store.environ['PORT']}"]
    store.web = _start(store, [*words, f"{application}:app"], environ)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{store.url}/healthz", timeout=5).close()
            return
        except OSError:
            assert store.web.poll() is None, store.log.read_text(encoding="utf-8")[-2_000:]
            assert time.monotonic() < until, "the store did not answer"
            time.sleep(0.05)


def works(store: RunningStore) -> None:
    """What `worker --once` does (a sweep, then every promise that is due), in this process, which is quicker."""
    with inside(store) as app:
        services = app.extensions["services"]
        reconcile(services)
        outbox.drain(handlers(services))


def sweeps(store: RunningStore) -> Report:
    """What `reconcile` does, in this process."""
    with inside(store) as app:
        return reconcile(app.extensions["services"])


def breaches(store: RunningStore) -> list[Finding]:
    """The invariants that do not hold."""
    with inside(store):
        return broken()


def work(store: RunningStore, application: str, **environ: str) -> int:
    """A worker in a process of its own that ends when nothing is due; negative is the signal that killed it."""
    return _start(store, ["-m", "flask", "--app", application, "worker", "--once"], environ).wait(timeout=PATIENCE)


def start_worker(store: RunningStore) -> subprocess.Popen[bytes]:
    """A worker in a session of its own, so that it can be killed."""
    return _start(store, ["-m", "flask", "--app", STORE, "worker"], {})


def rows(store: RunningStore, question: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the store's database, or tell it: leases and waits that time would end, ended now."""
    engine = create_engine(store.environ["DATABASE_URL"], connect_args=_patience(store))
    try:
        with engine.begin() as connection:
            answer = connection.execute(text(question), values)
            return [tuple(row) for row in answer] if answer.returns_rows else []
    finally:
        engine.dispose()


def let_time_pass(store: RunningStore) -> None:
    """As if minutes had gone by: leases of the dead have lapsed, waits between two tries are over."""
    rows(store, "UPDATE outbox_jobs SET lease = NULL, leased_until = NULL WHERE state = 'waiting'")
    rows(store, "UPDATE outbox_jobs SET run_at = created_at WHERE state = 'waiting'")


@dataclass(frozen=True)
class End:
    """What a sale leaves behind, without ids and times: two ends are equal or somebody lost something."""

    orders: tuple[tuple[str, int], ...]
    payments: tuple[int, ...]
    stock: tuple[tuple[int, ...], ...]
    balances: tuple[tuple[str, str, int], ...]
    letters: tuple[tuple[str, str, int], ...]
    unfinished: int
    charges: int
    mails: int


def end_of(store: RunningStore) -> End:
    """How things stand, in the store's database, at Stripe, and in the folder of letters."""
    world = store.standin.world
    return End(
        orders=_told(store, "SELECT state, COUNT(*) FROM orders WHERE state <> 'cancelled' GROUP BY state ORDER BY 1"),
        payments=tuple(row[0] for row in rows(store, "SELECT amount_minor FROM payments ORDER BY id")),
        stock=_told(store, "SELECT on_hand, held, committed, unavailable FROM stock_levels ORDER BY variant_id"),
        balances=_told(
            store, "SELECT account, COALESCE(party, ''), SUM(amount_minor) FROM postings GROUP BY 1, 2 ORDER BY 1, 2"
        ),
        letters=_told(store, "SELECT kind, state, COUNT(*) FROM letters GROUP BY kind, state ORDER BY 1, 2"),
        unfinished=rows(store, "SELECT COUNT(*) FROM outbox_jobs WHERE state <> 'done'")[0][0],
        charges=len(world.store.rows("SELECT id FROM object WHERE kind = 'charge'")),
        mails=len([*_mails(store)]),
    )


def _mails(store: RunningStore) -> Iterator[str]:
    folder = Settings.from_environ(store.environ).var / "mail"
    return (path.name for path in folder.glob("*.eml"))


def _told(store: RunningStore, question: str) -> Any:
    return tuple(tuple(int(one) if not isinstance(one, str) else one for one in row) for row in rows(store, question))


def _patience(store: RunningStore) -> dict[str, Any]:
    return {"timeout": 30} if store.environ["DATABASE_URL"].startswith("sqlite") else {}


def _start(store: RunningStore, words: list[str], environ: dict[str, str]) -> subprocess.Popen[bytes]:
    with store.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=store.environ | environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
