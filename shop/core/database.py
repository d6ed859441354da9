"""The database: one session, write units, and the ways to write a row.

This is the only file that names Flask-SQLAlchemy. Reads use `session()`; every write happens inside
`with transaction():`, which doors and journeys open and nobody nests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CursorResult,
    Executable,
    MetaData,
    String,
    Table,
    Text,
    cast,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session
from sqlalchemy.types import TypeEngine

from shop.core.turns import turn_to_write

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The class of every table; constraints get names, which migrations need on SQLite."""

    metadata = MetaData(naming_convention=NAMES)


Answer = CursorResult[*tuple[Any, ...]]
db = SQLAlchemy(model_class=Base)
_COUNTED = {"preserve_rowcount": True}
_writing: ContextVar[bool] = ContextVar("writing", default=False)
_stayed: ContextVar[int] = ContextVar("stayed", default=0)


class WriteOutsideTransaction(RuntimeError):
    """A row was about to be written with no `transaction()` open: a fault of ours, never of a visitor."""


class NestedTransaction(RuntimeError):
    """`transaction()` inside `transaction()`: only doors and journeys open one."""


class NetworkInsideTransaction(RuntimeError):
    """A gateway was called while a write unit was open, which would hold locks for as long as a stranger likes."""


def session() -> Session:
    """The session of this thread's application context."""
    return db.session()


@contextmanager
def transaction() -> Iterator[Session]:
    """One write unit: all of it is committed at the end, or none of it.

    Writers take turns on SQLite (one writer at a time is all it has; queueing here rather than in its busy loop cut
    the slowest answers from 2.5 s to 0.5 s). Raises NestedTransaction.
    """
    if _writing.get():
        raise NestedTransaction("a transaction is open already")
    current = session()
    current.rollback()  # ends a read begun earlier: its snapshot may be old
    with _turn(current):
        token = _writing.set(True)
        try:
            current.connection(execution_options={"write_unit": True})
            yield current
            current.commit()
            _stayed.set(_stayed.get() + 1)
        except BaseException:
            current.rollback()
            raise
        finally:
            _writing.reset(token)


def writing() -> bool:
    """Whether a write unit is open."""
    return _writing.get()


def assert_no_transaction() -> None:
    """Every gateway calls this before it speaks to the network; raises NetworkInsideTransaction."""
    if _writing.get():
        raise NetworkInsideTransaction("finish the transaction before speaking to anybody")
    _stayed.set(_stayed.get() + 1)


def what_stayed() -> int:
    """Grows with each write unit that is committed and each word to the network: what cannot be taken back."""
    return _stayed.get()


def end_read() -> None:
    """Let go of the read snapshot, so that a wait on the network holds no connection."""
    session().rollback()


def let_go(_problem: BaseException | None = None) -> None:
    """The same at the end of a request, whose answer stands: a connection that died is thrown away in silence.

    It is told by whoever asks next, and by the pool, which looks whether one lives before it hands it out.
    """
    if db.session.registry.has():
        try:
            session().rollback()
        except DBAPIError:
            session().invalidate()


def run(statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> Answer:
    """Run a statement past the unit of work: rows and counts as the driver has them, at a third of what objects cost.

    What waits to be written is written first, as the session would. Raises WriteOutsideTransaction.
    """
    if statement.is_dml and not _writing.get():
        raise WriteOutsideTransaction("open a transaction() before writing")
    current = session()
    current.flush()
    # Without being asked to, psycopg's count is lost behind the RETURNING that fetches a new key.
    options = _COUNTED if statement.is_insert else None
    return current.connection().execute(statement, values, execution_options=options)


def dialect() -> str:
    """sqlite or postgresql."""
    return session().get_bind().dialect.name


def upsert(into: Table, engine: str) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT. SQLAlchemy's part for PostgreSQL takes 2.4 MB, so only its stores load it."""
    if engine == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(into)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(into)


def insert_rows(model: type[Base], *rows: Mapping[str, Any]) -> None:
    """Insert a few rows, all of which name the same columns."""
    if rows:
        run(_into(table(model)), dict(rows[0]) if len(rows) == 1 else [dict(row) for row in rows])


def insert_once(model: type[Base], values: Mapping[str, Any], *, but_for: str | None = None) -> bool:
    """Insert a row unless one with the same unique key is there; True when it was added.

    `but_for` names the one column whose key may be there; with any other key twice the database refuses the row.
    """
    return rows_changed(run(_once(table(model), dialect(), but_for), dict(values))) == 1


@cache
def _into(into: Table) -> Executable:
    return insert(into)


@cache
def _once(into: Table, engine: str, column: str | None) -> Executable:
    once: Executable = upsert(into, engine).on_conflict_do_nothing(index_elements=[column] if column else None)
    return once


def table(model: type[Base]) -> Table:
    """The table behind a model: its columns have the names of the attributes."""
    return model.metadata.tables[model.__tablename__]


def insert_many(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert hundreds of rows and more at once; all of them name the same columns.

    SQLite takes one row after another in no time. PostgreSQL would be sent a message for each, so it gets an array
    for each column instead, which takes less than half as long.
    """
    into = table(model)
    if dialect() == "sqlite":
        run(_into(into), [dict(row) for row in rows])
        return
    names = list(rows[0])
    arrays = (cast([row[name] for row in rows], _array_of(into.c[name].type)) for name in names)
    unnested = select(func.unnest(*arrays).table_valued(*names).render_derived())
    session().execute(insert(into).from_select(names, unnested))


def _array_of(kind: TypeEngine[Any]) -> postgresql.ARRAY[Any]:
    """Texts without their length: a cast would cut what is too long, and the column is to refuse it."""
    from sqlalchemy.dialects import postgresql

    return postgresql.ARRAY(Text() if isinstance(kind, String) else kind)


def rows_changed(result: Any) -> int:
    """How many rows a guarded statement touched: 0 means that its guard said no."""
    return int(result.rowcount)


def _turn(current: Session) -> AbstractContextManager[Any]:
    url = current.get_bind().engine.url
    return turn_to_write(url.database or "") if url.get_backend_name() == "sqlite" else nullcontext()


@event.listens_for(Session, "before_flush")
def _refuse_stray_flush(current: Session, _context: Any, _instances: Any) -> None:
    if not _writing.get() and (current.new or current.dirty or current.deleted):
        raise WriteOutsideTransaction("open a transaction() before writing")


@event.listens_for(Session, "do_orm_execute")
def _guard_statement(state: ORMExecuteState) -> None:
    """Refuse stray writes; and let reads see what guarded statements changed, not what objects remember."""
    if not _writing.get() and (state.is_insert or state.is_update or state.is_delete):
        raise WriteOutsideTransaction("open a transaction() before writing")
    if state.is_select and state.is_orm_statement:
        state.update_execution_options(populate_existing=True)
