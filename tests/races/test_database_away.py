"""R7: PostgreSQL dies under load and comes back. Who presses is told to wait; nothing acknowledged is lost."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shop.journeys.keep_stock import receive_stock
from tests.support import backstage, postgres
from tests.support.engines import PostgresSupply
from tests.support.factories import open_shop
from tests.support.servers import RunningStore, running_store
from tests.support.shopper import Crowd, Shopper

pytestmark = [pytest.mark.soak, pytest.mark.only_on("postgresql")]
BUYERS, BEFORE, AWAY, AFTER = 4, 2.0, 2.0, 3.0  # seconds
PAGES = "SELECT id FROM checkout_sessions"


@dataclass
class Heard:
    """What the store said to its visitors: statuses, and the payment pages that it led them to."""

    statuses: Counter[int] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, one: Shopper) -> None:
        with self.lock:
            self.statuses[one.page.status] += 1
            if one.at_payment:
                self.pages.append(one.session_id)


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test's own, because it is killed."""
    try:
        own = postgres.start(postgres.DURABLE)
    except postgres.PostgresMissing as problem:
        pytest.skip(str(problem))
    if own.process is None:
        pytest.skip("the server of TEST_DATABASE_URL is not ours to kill")
    yield own
    own.stop()


@pytest.fixture
def store(server: postgres.Server, tmp_path: Path) -> Iterator[RunningStore]:
    supply = PostgresSupply("away", server.url)
    with running_store(supply.migrated(), tmp_path) as opened:
        with backstage.inside(opened):
            shelf = open_shop()
            receive_stock(variant_id=shelf.variants["TEE-M"], quantity=5_000, reason="delivery", actor="robin")
        yield opened
    supply.close()


def test_nothing_that_was_said_is_lost(server: postgres.Server, store: RunningStore) -> None:
    heard, stop = Heard(), threading.Event()
    with Crowd(store.url) as crowd:
        people = [threading.Thread(target=_buys, args=(stop, crowd, heard), daemon=True) for _ in range(BUYERS)]
        for one in people:
            one.start()
        time.sleep(BEFORE)
        server.dies()
        time.sleep(AWAY)
        server.comes_back()
        before = len(heard.pages)
        time.sleep(AFTER)
        stop.set()
        for one in people:
            one.join(timeout=60)
    assert set(heard.statuses) <= {200, 303, 503}, heard.statuses
    assert heard.statuses[503], "nobody noticed: the database was not away"
    assert len(heard.pages) > before > 0, "people bought before and after"
    kept = {row[0] for row in backstage.rows(store, PAGES)}
    assert set(heard.pages) <= kept, "a page that somebody was sent to is forgotten"
    backstage.let_time_pass(store)
    backstage.works(store)
    assert backstage.breaches(store) == []


def _buys(stop: threading.Event, crowd: Crowd, heard: Heard) -> None:
    """One tee after another, each with cookies of its own; what could not be is tried again by the next."""
    while not stop.is_set():
        one = crowd.comes().puts("tee")
        heard.note(one)
        if one.page.status == 303:
            heard.note(one.checks_out(version=""))
        if one.page.status == 503:
            time.sleep(0.1)
