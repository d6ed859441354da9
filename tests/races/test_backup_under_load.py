"""R11: backups while people buy. Each is whole, and a store that is brought back from it breaks no law."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from shop.core.config import Settings
from shop.core.database import db
from shop.factory import create_app
from shop.journeys.check_invariants import broken
from shop.journeys.keep_stock import receive_stock
from tests.support import backstage
from tests.support.engines import Supply
from tests.support.servers import RunningStore
from tests.support.shopper import Crowd

BUYERS, TEE_M = 3, 2


@pytest.mark.parametrize(
    "rounds", [pytest.param(2, marks=pytest.mark.soak), pytest.param(100, marks=pytest.mark.night)]
)
def test_each_backup_comes_back_whole(store: RunningStore, supply: Supply, tmp_path: Path, rounds: int) -> None:
    with backstage.inside(store):
        receive_stock(variant_id=TEE_M, quantity=50_000, reason="delivery", actor="robin")
    sold = []
    with _people_buying(store):
        for number in range(rounds):
            file = tmp_path / f"{number}.backup"
            done = store.flask("backup", str(file))
            assert done.returncode == 0, done.stderr
            sold.append(_brought_back(store, supply, file))
    assert sold == sorted(sold)
    assert sold[-1] > sold[0], "people bought meanwhile"


@contextmanager
def _people_buying(store: RunningStore) -> Iterator[None]:
    stop = threading.Event()
    with Crowd(store.url) as crowd:
        people = [threading.Thread(target=_buys, args=(stop, crowd, store), daemon=True) for _ in range(BUYERS)]
        for one in people:
            one.start()
        try:
            yield
        finally:
            stop.set()
            for one in people:
                one.join(timeout=60)


def _buys(stop: threading.Event, crowd: Crowd, store: RunningStore) -> None:
    while not stop.is_set():
        one = crowd.comes().puts("tee").gives(500).checks_out(version="")
        one.pays(store.standin).comes_back()


def _brought_back(store: RunningStore, supply: Supply, file: Path) -> int:
    """Into an empty store of its own: how many orders it holds, once no law is found broken."""
    given = supply.bare()
    told = Settings.from_environ(store.environ | {"DATABASE_URL": given.url})
    app = create_app(replace(told, var=file.parent / "var"))
    try:
        with app.app_context():
            done = app.test_cli_runner().invoke(args=["restore", str(file)])
            assert done.exit_code == 0, done.output
            assert broken() == []
            with db.engine.connect() as connection:
                return int(connection.exec_driver_sql("SELECT COUNT(*) FROM orders").scalar_one())
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        supply.take_back(given)
