"""A store in processes of its own, with one tee on its shelf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import backstage
from tests.support.engines import Database
from tests.support.factories import open_shop
from tests.support.servers import RunningStore, running_store
from tests.support.shopper import Crowd


@pytest.fixture
def store(database: Database, tmp_path: Path) -> Iterator[RunningStore]:
    """Ten of each size of `tee`. Every invariant holds at the end, or the test fails; see `broken_store`."""
    with _opened(database, tmp_path) as opened:
        yield opened
        assert backstage.breaches(opened) == []


@pytest.fixture
def broken_store(database: Database, tmp_path: Path) -> Iterator[RunningStore]:
    """The same, for negative controls, which break what `store` would complain of."""
    with _opened(database, tmp_path) as opened:
        yield opened


@pytest.fixture
def crowd(request: pytest.FixtureRequest) -> Iterator[Crowd]:
    """People at whichever store the test asked for."""
    name = "store" if "store" in request.fixturenames else "broken_store"
    with Crowd(request.getfixturevalue(name).url) as people:
        yield people


@contextmanager
def _opened(database: Database, folder: Path) -> Iterator[RunningStore]:
    """`running_store`, stocked; whatever serves it at the end is ended too."""
    with running_store(database, folder) as store:
        with backstage.inside(store):
            open_shop()
        try:
            yield store
        finally:
            backstage.kill(store.web)
