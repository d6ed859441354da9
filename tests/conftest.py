"""Fixtures of every test. A test that asks for `app` or `client` runs once on each engine (`--engine`).

The usual run leaves the tests of the doors (`DOORS`) to SQLite: what they say of pages and commands rests on rooms and
journeys, which run on both, and they take a third of the time. `--engine both`, which CI runs, leaves out nothing.

To write one: ask for `client` (or `app` and `transaction()` for what happens behind the doors), arrange through
operations and journeys, act, assert. `held_clock` stops the time; `live_store` is the whole store over real HTTP.

After each such test the store must be whole: nothing added but never flushed, and every invariant of
`flask --app app check` holds if anything was written. A test that breaks one on purpose says so by
`@pytest.mark.breaks_invariants("which and why")`.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.brand import queries as brand_queries
from shop.core import editions
from shop.core.config import STANDIN_SECRET, Settings
from shop.core.database import db
from shop.factory import create_app
from shop.journeys import check_invariants
from shop.journeys.services import Services
from shop.stripe_standin.testing import RunningStandIn, running_standin
from shop.web import kept
from tests.support import postgres
from tests.support.broken_off import each_broken_off_once
from tests.support.client import SeparateClient, TemplatesKept, end_reading
from tests.support.engines import Database, PostgresSupply, SqliteSupply, Supply
from tests.support.held_clock import HeldClock
from tests.support.hurry import hurried
from tests.support.lock_order import locks_watched
from tests.support.servers import RunningStore, running_store
from tests.support.settings import settings_for
from tests.support.snapshots import writes_noted

SERVER = pytest.StashKey[postgres.Server]()
URL = pytest.StashKey[str]()
MISSING = pytest.StashKey[str]()
TEMPLATES = TemplatesKept()
DOORS = ("admin", "cli", "demo", "forms", "web")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("usual", "sqlite", "postgresql", "both"), default="usual")
    parser.addoption("--broken-off", action="store_true", help="every write unit is broken off once, and must recover")


def pytest_configure(config: pytest.Config) -> None:
    """The run's first process starts PostgreSQL once; xdist's workers are told where it is."""
    told: dict[str, str] | None = getattr(config, "workerinput", None)
    if told is not None:
        config.stash[URL], config.stash[MISSING] = told["postgres_url"], told["postgres_missing"]
        return
    config.stash[URL] = config.stash[MISSING] = ""
    if config.option.engine == "sqlite" or config.option.collectonly:
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a time limit ends us as Ctrl-C does: tidily
    try:
        config.stash[SERVER] = postgres.start()
        config.stash[URL] = config.stash[SERVER].url
    except postgres.PostgresMissing as problem:
        if os.environ.get("CI") == "true" or config.option.engine == "postgresql":
            raise pytest.UsageError(str(problem)) from problem
        config.stash[MISSING] = str(problem)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Item) -> None:
    """Called by xdist for each worker that it starts."""
    node.workerinput["postgres_url"] = node.config.stash[URL]  # type: ignore[attr-defined]  # xdist's node
    node.workerinput["postgres_missing"] = node.config.stash[MISSING]  # type: ignore[attr-defined]  # xdist's node


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """`--dist loadgroup`: one worker has all browser tests, with one store and one Chromium; others go one by one.

    Marks of xdist 3.8 would say it too, but pytest 9.2 does not hear them: it keeps its ids elsewhere.
    """
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it comes without

    class OneBrowser(LoadScopeScheduling):  # type: ignore[misc]  # as above
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if nodeid.startswith("tests/browser/") else nodeid

    return OneBrowser(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the long runs the longest begin first, so that no worker is left with one when the others are done."""
    items.sort(key=lambda item: -_minutes(item))


def _minutes(item: pytest.Item) -> float:
    return max((mark.kwargs.get("minutes", 0) for mark in item.iter_markers("soak")), default=0)


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: the collector of garbage need not look at it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(SERVER, None):
        server.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that needs a database runs on the engines asked for, or on those it says it is about."""
    if "supply" not in metafunc.fixturenames:
        return
    asked = metafunc.config.option.engine
    kinds = ["sqlite", "postgresql"] if asked in ("usual", "both") else [asked]
    if only := metafunc.definition.get_closest_marker("only_on"):
        kinds = [kind for kind in kinds if kind in only.args]
    elif asked == "usual" and metafunc.definition.path.parent.name in DOORS:
        kinds = ["sqlite"]
    metafunc.parametrize("supply", kinds, indirect=True, scope="session")


@pytest.fixture(autouse=True)
def no_waiting(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test about how long something takes says `@pytest.mark.at_its_pace`."""
    if request.node.get_closest_marker("at_its_pace"):
        yield
    else:
        with hurried():
            yield


@pytest.fixture(scope="session")
def supply(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Supply]:
    """Where this worker's databases come from; the parameter names the engine."""
    made: Supply
    if request.param == "sqlite":
        made = SqliteSupply(worker_id)
    elif missing := request.config.stash[MISSING]:
        pytest.skip(missing)
    else:
        made = PostgresSupply(worker_id, request.config.stash[URL])
    yield made
    made.close()


@pytest.fixture
def database(supply: Supply) -> Iterator[Database]:
    """A migrated database with no rows, for this test alone."""
    given = supply.migrated()
    yield given
    supply.take_back(given)


@pytest.fixture
def bare_database(supply: Supply) -> Iterator[Database]:
    """A database without a single table, for tests of the migrations."""
    given = supply.bare()
    yield given
    supply.take_back(given)


@pytest.fixture(scope="session")
def kept_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for what the store makes, emptied for each test but for the static files: pressing them takes long."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def kept_apps() -> Iterator[dict[Settings, Flask]]:
    """Apps that tests share, by what they were told: making one costs more than most tests do."""
    made: dict[Settings, Flask] = {}
    yield made
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def standin() -> Iterator[RunningStandIn]:
    """A stand-in for Stripe, for this test alone; `settings` point at it. It sends no webhooks by itself."""
    with running_standin(webhook_secret=STANDIN_SECRET) as running:
        yield running


@pytest.fixture
def settings(database: Database, kept_var: Path, request: pytest.FixtureRequest) -> Settings:
    """What the app is told; a module that needs others overrides this fixture with `replace(settings, …)`."""
    for made in kept_var.iterdir():
        if made.name not in ("assets", "words"):
            shutil.rmtree(made) if made.is_dir() else made.unlink()
    told = settings_for(database.url, kept_var)
    if "standin" in request.fixturenames:
        standin: RunningStandIn = request.getfixturevalue("standin")
        return replace(told, stripe_api_base=standin.base_url)
    return told


@pytest.fixture
def services() -> Services | None:
    """The outside world as the app is to see it; None takes the real ones. A module may override this with its own."""
    return None


@pytest.fixture
def app(
    settings: Settings, services: Services | None, kept_apps: dict[Settings, Flask], request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """The store with its context pushed, and checked when the test is over.

    It may have served other tests, on another database under the same address; what they changed in it was put back.
    A test that changes its routes says `@pytest.mark.own_app`.
    """
    apart = services is not None or "standin" in request.fixturenames or request.node.get_closest_marker("own_app")
    made = _made(settings, services) if apart or settings not in kept_apps else kept_apps[settings]
    if not apart:
        kept_apps[settings] = made
    extensions, config = dict(made.extensions), dict(made.config)
    broken = each_broken_off_once() if request.config.option.broken_off else nullcontext()
    with made.app_context(), writes_noted() as wrote, locks_watched(db.engine) as late, broken:
        brand_queries.forget()
        kept.forget()
        editions.forget()
        try:
            yield made
            end_reading()
            if request.node.get_closest_marker("breaks_invariants") is None:
                assert not late, f"locks out of their order (tests/support/lock_order.py): {sorted(set(late))}"
                if wrote:
                    _assert_whole()
        finally:
            db.session.remove()
            if apart or db.engine.dialect.name == "sqlite":  # whose file is another one for the next test
                db.engine.dispose()
            made.extensions.clear()
            made.extensions.update(extensions)
            made.config.clear()
            made.config.update(config)


@pytest.fixture
def client(app: Flask) -> SeparateClient:
    """A visitor's browser; each one keeps its own cookies (`app.test_client()` makes another)."""
    made = app.test_client()
    assert isinstance(made, SeparateClient)
    return made


@pytest.fixture
def held_clock() -> Iterator[HeldClock]:
    """The store's clock, standing still at noon (UTC) of 20 November 2026 until the test moves it."""
    with ExitStack() as stack:
        yield HeldClock(stack)


@pytest.fixture
def live_store(database: Database, tmp_path: Path) -> Iterator[RunningStore]:
    """The empty store over real HTTP with its stand-in; seed it by `live_store.flask("demo")`.

    Whatever the test did to it, every invariant must hold at the end.
    """
    with running_store(database, tmp_path) as store:
        yield store
        done = store.flask("check")
        assert done.returncode == 0, done.stdout + done.stderr


def _made(settings: Settings, services: Services | None) -> Flask:
    made = create_app(settings, services=services)
    made.test_client_class = SeparateClient
    made.jinja_env.bytecode_cache = TEMPLATES
    return made


def _assert_whole() -> None:
    broken = check_invariants.broken()
    assert not broken, f"the test left the store in disorder: {broken}"
