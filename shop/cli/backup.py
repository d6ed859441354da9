"""`backup FILE` and `restore FILE`: the whole database, with a manifest that says what must be in it.

SQLite is copied by its online backup interface (https://www.sqlite.org/backup.html), PostgreSQL by pg_dump at one
exported snapshot; both while the store sells. `FILE.json` beside it holds counts and a SHA-256, and a restore is
only done when what came back agrees with them.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection, inspect, text

from shop.cli import postgres_files
from shop.core import clock
from shop.core.database import db

# Not counted: the revision, and what search keeps in ways of its engine and can make again.
UNCOUNTED = ("alembic_version", "search_")


class Manifest(Struct, frozen=True):
    """What a backup holds: `rows` by table, `sha256` of the file."""

    made_at: str
    engine: str
    sha256: str
    rows: dict[str, int]


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write the database to FILE, and what is in it to FILE.json."""
    if file.exists():
        raise click.ClickException(f"{file} exists already. Choose another name.")
    draft = file.with_name(file.name + ".part")
    draft.unlink(missing_ok=True)
    try:
        rows = _copy_sqlite(draft) if _sqlite() else postgres_files.dump(draft, count=counted)
        manifest = Manifest(clock.now().isoformat(), db.engine.dialect.name, _sha256(draft), rows)
        _manifest(file).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
        _made_durable(draft).rename(file)
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{file}: {sum(rows.values())} rows of {len(rows)} tables.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the database holds now. Stop the store first.")
@with_appcontext
def restore(file: Path, force: bool) -> None:
    """Bring the database back to what FILE holds."""
    manifest = _read_manifest(file)
    if not force and (there := sum(_rows_there().values())):
        raise click.ClickException(f"The database holds {there} rows. Stop the store and add --force to replace them.")
    if _sqlite():
        _bring_back_sqlite(file)
    else:
        postgres_files.bring_back(file)
    _verify(manifest)
    click.echo(f"Restored {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, as of {manifest.made_at}.")


def counted(connection: Connection) -> dict[str, int]:
    """Rows of every table of the schema but the migrations' own."""
    names = sorted(name for name in inspect(connection).get_table_names() if not name.startswith(UNCOUNTED))
    return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}


def _rows_there() -> dict[str, int]:
    with db.engine.connect() as connection:
        return counted(connection)


def _copy_sqlite(draft: Path) -> dict[str, int]:
    with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(draft)) as copy:
        source.backup(copy)
        _assert_sound(copy, draft)
        copy.execute("PRAGMA journal_mode=DELETE")
        tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = sorted(name for (name,) in tables if not name.startswith(UNCOUNTED))
        return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _bring_back_sqlite(file: Path) -> None:
    """Copied page by page into the database in place, so that no process is left with a file that is gone."""
    db.engine.dispose()
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        _assert_sound(source, file)
        target = _sqlite_file()
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(target)) as current:
            source.backup(current)


def _assert_sound(connection: sqlite3.Connection, path: Path) -> None:
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        raise click.ClickException(f"{path} is no sound SQLite database: {problem}") from problem
    if found != "ok":
        raise click.ClickException(f"{path} is no sound SQLite database: {found}")


def _verify(manifest: Manifest) -> None:
    there = _rows_there()
    if wrong := {name for name in manifest.rows.keys() | there.keys() if manifest.rows.get(name) != there.get(name)}:
        raise click.ClickException(f"The counts do not agree with the manifest: {', '.join(sorted(wrong))}.")


def _read_manifest(file: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(_manifest(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as problem:
        raise click.ClickException(f"{_manifest(file)} is missing or cannot be read: {problem}") from problem
    if manifest.engine != db.engine.dialect.name:
        raise click.ClickException(
            f"{file} is a backup of {manifest.engine}; this store runs on {db.engine.dialect.name}."
        )
    if _sha256(file) != manifest.sha256:
        raise click.ClickException(f"{file} is not the file that its manifest speaks of: it was changed or cut off.")
    return manifest


def _manifest(file: Path) -> Path:
    return file.with_name(file.name + ".json")


def _made_durable(draft: Path) -> Path:
    """On the disk before it has its name: a name that is there means a whole file."""
    with draft.open("rb") as content:
        os.fsync(content.fileno())
    return draft


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _sqlite_file() -> Path:
    return Path(db.engine.url.database or "")
