"""How Alembic runs in this store: one transaction for the whole way up or down, on SQLite and PostgreSQL.

A new revision: change the models, then `flask --app app db revision --autogenerate --rev-id 0002 -m "what it does"`,
read what it wrote and correct it. A table that is append-only also needs `create_triggers` from
`shop.core.append_only`; a table rebuilt by batch mode on SQLite loses its triggers and needs them again.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from shop.core.columns import UtcDateTime
from shop.core.database import db

ONE_AT_A_TIME = 7_206_543  # any number, the same for everybody who migrates this database


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own column type is written as what it is underneath, so that old revisions never need our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Tables that each engine searches with are described by no model, and no new revision may drop them for that."""
    return not (kind == "table" and (name or "").startswith("search_"))


def migrate_online() -> None:
    """Each engine once: a lock where others may migrate too, and foreign keys off while SQLite rebuilds tables."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _set_foreign_keys(connection, "OFF")
        else:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("SET lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
            connection.commit()
        try:
            _run(connection)
        finally:
            if sqlite:
                _set_foreign_keys(connection, "ON")
            else:
                connection.rollback()
                connection.invalidate()  # gives back the advisory lock and the limits with the connection


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        include_name=is_ours,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if dangling:
                raise RuntimeError(f"this migration leaves rows that point at nothing: {dangling[:5]}")


def _set_foreign_keys(connection: Connection, state: Literal["ON", "OFF"]) -> None:
    """Has no effect inside a transaction, so it goes to the driver before or after one."""
    connection.rollback()
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={state}").close()


if context.is_offline_mode():
    context.configure(dialect_name=current_app.config.get("SQL_DIALECT", "postgresql"), literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    migrate_online()
