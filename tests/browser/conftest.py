"""The demo movement over real HTTP, with its worker, and a browser. One store serves the whole run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import backstage
from tests.support.chromium import CHROMIUM, MISSING, chromium
from tests.support.engines import SqliteSupply
from tests.support.servers import RunningStore, running_store


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    """Seeded, with a worker at work; every invariant holds when the last visitor has left."""
    supply, folder = SqliteSupply("browser"), tmp_path_factory.mktemp("shop")
    try:
        with running_store(supply.migrated(), folder) as store:
            seeded = store.flask("demo")
            assert seeded.returncode == 0, seeded.stderr
            worker = backstage.start_worker(store)
            yield store
            backstage.kill(worker)
            done = store.flask("check")
            assert done.returncode == 0, done.stdout + done.stderr
    finally:
        supply.close()


@pytest.fixture
def mails(shop: RunningStore) -> Path:
    """The folder that letters are put into."""
    return Path(shop.environ["VAR_DIR"]) / "mail"
