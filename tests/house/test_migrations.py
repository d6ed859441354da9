"""The schema comes from the migrations alone, and is the models' on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, Connection, MetaData, Table, inspect, text
from sqlalchemy.exc import DBAPIError

from shop.core.append_only import TABLES
from shop.core.database import db
from shop.factory import ROOT, create_app
from tests.support.engines import Database
from tests.support.settings import settings_for

TRIGGERS = {
    "sqlite": ({"{}_no_update", "{}_no_delete"}, "SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": (
        {"{}_append_only", "{}_no_truncate"},
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    ),
}


@pytest.fixture
def bare_app(bare_database: Database, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(settings_for(bare_database.url, tmp_path))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


ENGINES_OWN = "search_"  # what each engine searches with: no model describes it


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith(ENGINES_OWN))


def _differences() -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": _ours}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, db.metadata))


def _tables() -> set[str]:
    return {
        name for name in inspect(db.engine).get_table_names() if not name.startswith((ENGINES_OWN, "alembic_version"))
    }


def _checks(connection: Connection) -> set[tuple[str, str | None]]:
    inspector = inspect(connection)
    return {(table, one["name"]) for table in _tables() for one in inspector.get_check_constraints(table)}


def test_the_migrated_schema_is_the_models(app: Flask) -> None:
    assert _differences() == []


def test_a_difference_would_be_seen(app: Flask) -> None:
    """The control: drop one column by hand and the comparison must tell."""
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE pages ADD COLUMN surprise INTEGER"))
    try:
        assert [found[0] for found in _differences()] == ["remove_column"]
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE pages DROP COLUMN surprise"))


def test_every_check_of_the_models_is_in_the_schema(app: Flask) -> None:
    """Alembic does not compare CHECK constraints, so they are compared here by name."""
    modelled = {
        (table.name, str(one.name))
        for table in db.metadata.tables.values()
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    with db.engine.connect() as connection:
        assert _checks(connection) == modelled


def test_up_down_and_up_again(bare_app: Flask) -> None:
    flask_migrate.upgrade()
    first = _tables()
    flask_migrate.downgrade(revision="base")
    assert _tables() == set()
    flask_migrate.upgrade()
    assert _tables() == first == set(db.metadata.tables)
    assert _differences() == []


def test_migrating_twice_changes_nothing(app: Flask) -> None:
    flask_migrate.upgrade()
    assert _differences() == []


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_the_migrations_bring_no_rows(app: Flask) -> None:
    """Tests empty the tables between each other; a row of a migration would be lost by that."""
    with db.engine.connect() as connection:
        counts = {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in _tables()}
    assert {name for name, count in counts.items() if count} == set()


def test_triggers_stand_on_exactly_the_append_only_tables(app: Flask) -> None:
    names, query = TRIGGERS[db.engine.dialect.name]
    with db.engine.connect() as connection:
        found = {row.lower() for row in connection.execute(text(query)).scalars()}
    assert found == {name.format(table) for table in TABLES for name in names}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_ledger_refuses_change(app: Flask, name: str) -> None:
    table = db.metadata.tables[name]
    column = min(table.columns, key=lambda one: bool(one.foreign_keys)).name
    with db.engine.connect() as connection:
        _insert_anything(connection, table)
        for statement in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"):
            with pytest.raises(DBAPIError, match="append-only"):
                _alone(connection, statement)
        connection.rollback()


def _alone(connection: Connection, statement: str) -> None:
    with connection.begin_nested():
        connection.execute(text(statement))


def _insert_anything(connection: Connection, table: Table) -> None:
    """One row of believable nonsense, in a transaction that is never committed."""
    _forget_foreign_keys(connection)
    bare = MetaData()
    plain = Table(table.name, bare, autoload_with=connection, resolve_fks=False)
    words = {"kind": "received", "step": "given", "details": "{}", "content": "{}", "stock": "kept"}
    values = {
        one.name: words.get(one.name, _anything(one.type.python_type.__name__))
        for one in plain.columns
        if not one.nullable and (one.autoincrement is not True or not one.primary_key)
    }
    names = ", ".join(values)
    connection.execute(
        text(f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(':' + name for name in values)})"), values
    )
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = origin"))


def _forget_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))


def _anything(kind: str) -> object:
    return {"int": 1, "date": "2026-11-20", "datetime": "2026-11-20 12:00:00", "bool": False}.get(kind, "x")
