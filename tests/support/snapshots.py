"""What many tests begin with, made once a worker: then SQLite gets the file as it was, PostgreSQL the rows.

Only a database that nothing was written to yet is replaced, and only by what was made at the same (held) time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, event

from shop.core import clock
from shop.core.database import db, session
from shop.demo.seed import seed

T = TypeVar("T")
_kept: dict[tuple[object, str, datetime | None], tuple[str, Any]] = {}
_folder = tempfile.TemporaryDirectory(prefix="store-tests-kept-")
_touched = [True]  # outside of `writes_noted` a store in another process may have the file open


@contextmanager
def writes_noted() -> Iterator[list[bool]]:
    """Filled by the first commit of a write unit on this app's engine."""
    wrote: list[bool] = []
    _touched.clear()

    def note(connection: Connection) -> None:
        if connection.get_execution_options().get("write_unit"):
            _touched.append(True)
            if not wrote:
                wrote.append(True)

    event.listen(db.engine, "commit", note)
    yield wrote
    event.remove(db.engine, "commit", note)
    _touched.append(True)


def commits() -> int:
    """How many write units were committed in this test so far."""
    return len(_touched)


def once(key: object, make: Callable[[], T]) -> T:
    """What `make` answers, and the database as it leaves it."""
    if _touched or not db.engine.url.database:
        return make()
    session().rollback()
    known = (key, str(db.engine.url), clock._held)
    on_sqlite = db.engine.dialect.name == "sqlite"
    if known not in _kept:
        made = make()
        db.session.remove()
        name = f"kept_{len(_kept)}"
        (_keep_file if on_sqlite else _keep_rows)(name)
        _kept[known] = (name, made)
        return made
    name, made = _kept[known]
    db.session.remove()
    (_put_file if on_sqlite else _put_rows)(name)
    _touched.append(True)
    return made


def _keep_file(name: str) -> None:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(str(db.engine.url.database), Path(_folder.name) / name)


def _put_file(name: str) -> None:
    db.engine.dispose()
    path = Path(str(db.engine.url.database))
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(Path(_folder.name) / name, path)


def _keep_rows(name: str) -> None:
    """Into a schema of that name, with a function that puts them back and sets each counter to where it was."""
    with db.engine.begin() as connection:
        tables = _column(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        full = [one for one in tables if _column(connection, f'SELECT EXISTS (SELECT FROM public."{one}")')[0]]
        full.remove("alembic_version")
        counters = connection.exec_driver_sql(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )
        steps = [f'INSERT INTO public."{one}" SELECT * FROM {name}."{one}"' for one in full]
        steps += [f"PERFORM setval('public.\"{counter}\"', {value})" for counter, value in counters]
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        for one in full:
            connection.exec_driver_sql(f'CREATE TABLE {name}."{one}" AS TABLE public."{one}"')
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}.put() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {'; '.join(steps)}; END $$"
        )


def _put_rows(name: str) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(f"SELECT {name}.put()")


def _column(connection: Connection, asked: str) -> list[Any]:
    return [row[0] for row in connection.exec_driver_sql(asked)]


def demo_movement() -> None:
    """The demo's own movement, as `flask --app app demo` puts it in."""
    once("demo", seed)
