"""Ledgers are only added to: refused by the objects here, and by the database for whoever comes another way."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from shop.core import clock
from shop.core.append_only import AppendOnly
from shop.core.database import session, table, transaction
from shop.staff.models import AuditEntry

pytestmark = pytest.mark.breaks_invariants("the entries here are written by hand and chain to nothing")


@pytest.fixture
def entry(app: Flask) -> int:
    with transaction() as current:
        row = AuditEntry(
            position=1,
            actor="ada",
            action="test",
            subject="x",
            details={},
            happened_at=clock.now(),
            previous_hash="0" * 64,
            hash="1" * 64,
        )
        current.add(row)
    return 1


def _kept() -> str:
    session().rollback()
    return session().execute(text("SELECT actor FROM audit_entries")).scalar_one()  # type: ignore[no-any-return]  # untyped text


def test_an_object_is_never_changed(entry: int) -> None:
    with pytest.raises(AppendOnly, match="never changed"), transaction() as current:
        current.get_one(AuditEntry, entry).actor = "eve"
    assert _kept() == "ada"


def test_an_object_is_never_removed(entry: int) -> None:
    with pytest.raises(AppendOnly, match="never changed"), transaction() as current:
        current.delete(current.get_one(AuditEntry, entry))
    assert _kept() == "ada"


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditEntry).values(actor="eve"),
        delete(AuditEntry),
        text("UPDATE audit_entries SET actor = 'eve'"),
        text("DELETE FROM audit_entries"),
    ],
    ids=["update", "delete", "UPDATE", "DELETE"],
)
def test_the_database_itself_refuses(entry: int, statement: Executable) -> None:
    with pytest.raises(DBAPIError, match="append-only"), transaction() as current:
        current.execute(statement)
    assert _kept() == "ada"


@pytest.mark.only_on("sqlite")
def test_sqlite_refuses_to_replace(entry: int) -> None:
    """INSERT OR REPLACE removes the old row without asking a delete trigger, unless triggers are recursive."""
    row = table(AuditEntry).c
    names = [column.name for column in row]
    changed = select(*(literal("eve") if name == "actor" else row[name] for name in names))
    replace = insert(table(AuditEntry)).prefix_with("OR REPLACE").from_select(names, changed)
    with pytest.raises(DBAPIError, match="append-only"), transaction() as current:
        current.execute(replace)
    assert _kept() == "ada"


@pytest.mark.only_on("postgresql")
def test_postgresql_refuses_to_truncate(entry: int) -> None:
    with pytest.raises(DBAPIError, match="append-only"), transaction() as current:
        current.execute(text("TRUNCATE audit_entries"))
    assert _kept() == "ada"
