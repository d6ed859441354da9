"""PostgreSQL's own programs for backups, told where the database is without showing its password to `ps`."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import Connection, text

from shop.core.database import db

DEBIAN = "/usr/lib/postgresql"  # where Debian keeps the programs of each version


def dump(draft: Path, *, count: Callable[[Connection], dict[str, int]]) -> dict[str, int]:
    """Write a dump to `draft`; returns what `count` counted in the very same snapshot."""
    with db.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        rows = count(connection)
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={draft}", _address())
        return rows


def bring_back(file: Path) -> None:
    """Replace the public schema by what the dump holds, all or nothing."""
    db.engine.dispose()
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, f"--dbname={_address()}", str(file))


def _address() -> str:
    """For libpq, without the password."""
    plain = db.engine.url.set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False)


def _run(program: str, *words: str) -> None:
    password = db.engine.url.password
    environment = {"LC_ALL": "C"} | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run(  # noqa: S603  # a program we looked up, with words of our own
        [_found(program), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(f"{program} failed: {done.stderr.strip()[-500:]}")


def _found(program: str) -> str:
    """The newest that is installed: an older one refuses to read a newer server."""
    versions = sorted(Path(DEBIAN).glob(f"*/bin/{program}"), key=_version, reverse=True)
    if found := (str(versions[0]) if versions else shutil.which(program)):
        return found
    raise click.ClickException(
        f"{program} is not installed. It comes with PostgreSQL's client (Debian: apt-get install postgresql-client)."
    )


def _version(path: Path) -> int:
    figures = re.match(r"\d+", path.parts[-3])
    return int(figures.group()) if figures else 0
