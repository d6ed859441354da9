"""The recipe for each engine.

SQLite needs its own begin (https://docs.sqlalchemy.org/en/21/dialects/sqlite.html, "Enabling Non-Legacy SQLite
Transactional Modes"): a deferred BEGIN that later writes fails at once under contention, BEGIN IMMEDIATE waits.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event

from shop.core.database import Base, writing

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=15000",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "wal_autocheckpoint=4000",  # pages: whoever fills it puts all of them in place while the others wait
    "recursive_triggers=ON",  # else INSERT OR REPLACE deletes a ledger's row without asking its triggers
)
POSTGRES_LIMITS = "-c lock_timeout=3000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=15000"


def engine_options(url: str) -> dict[str, Any]:
    """Options for create_engine: the limits of QUALITY on PostgreSQL, a pool for threads on SQLite.

    What a statement was given stays out of errors, and so out of the log: names, addresses, tokens.
    """
    if url.startswith("postgresql"):
        return {
            "hide_parameters": True,
            "connect_args": {"options": POSTGRES_LIMITS, "connect_timeout": 5},
            "pool_pre_ping": True,
            "pool_size": 10,
            "max_overflow": 20,
        }
    # Each connection keeps the schema, statements and pages: 0.8 MB. The one used last is used next, so few are warm.
    pool = {"pool_size": 4, "max_overflow": 4, "pool_use_lifo": True}
    return {"hide_parameters": True, "connect_args": {"check_same_thread": False, "timeout": 15}, **pool}


def tune(engine: Engine) -> None:
    """Hook the SQLite recipe onto an engine; PostgreSQL has its limits from the connection options."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        # Not as an event of the engine: whoever listens to one engine makes it look for listeners at every statement.
        engine.dialect.do_begin = _begin_sqlite  # type: ignore[method-assign]  # this engine's own
    else:
        _narrow_indexes()


def _narrow_indexes() -> None:
    """Models say by `sqlite_where` alone which rows an index holds: a word for PostgreSQL there would load its part."""
    for index in (index for one in Base.metadata.tables.values() for index in one.indexes):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(dbapi_connection: Any) -> None:
    dbapi_connection.execute("BEGIN IMMEDIATE" if writing() else "BEGIN")
