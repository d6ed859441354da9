"""What many tests begin with, made once a worker: on SQLite the file is put back as it was then.

Only a database that nothing was written to yet is replaced, and only by what was made at the same (held) time.
PostgreSQL has no such copy in under a second, so there it is made anew.
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
_kept: dict[tuple[object, datetime | None], tuple[Path, Any]] = {}
_folder = tempfile.TemporaryDirectory(prefix="store-tests-kept-")
_touched: list[bool] = []


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


def commits() -> int:
    """How many write units were committed in this test so far."""
    return len(_touched)


def once(key: object, make: Callable[[], T]) -> T:
    """What `make` answers, and the database as it leaves it."""
    if db.engine.dialect.name != "sqlite" or _touched or not db.engine.url.database:
        return make()
    session().rollback()
    known, path = (key, clock._held), Path(db.engine.url.database)
    if known not in _kept:
        made = make()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = Path(_folder.name) / f"{len(_kept)}.sqlite3"
        shutil.copyfile(path, kept)
        _kept[known] = (kept, made)
        return made
    kept, made = _kept[known]
    db.session.remove()
    db.engine.dispose()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(kept, path)
    _touched.append(True)
    return made


def demo_movement() -> None:
    """The demo's own movement, as `flask --app app demo` puts it in."""
    once("demo", seed)
