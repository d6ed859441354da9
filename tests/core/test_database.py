"""Write units: all or nothing, never nested, never astray, and sixteen of them at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from shop.core import clock, database
from shop.core.columns import Json
from shop.core.database import (
    NestedTransaction,
    NetworkInsideTransaction,
    WriteOutsideTransaction,
    assert_no_transaction,
    db,
    end_read,
    insert_once,
    insert_rows,
    let_go,
    session,
    transaction,
)
from shop.core.outbox import Job
from tests.support.client import UnflushedObjects, end_reading

THREADS = 16
ROUNDS = 10


def _values(key: str) -> Json:
    moment = clock.now()
    told = {"kind": "test", "key": key, "payload": {}, "state": "done", "attempts": 0}
    return told | {"run_at": moment, "created_at": moment, "finished_at": moment}


def _row(key: str = "one") -> Job:
    """Any row will do; a job that is done means nothing to anybody."""
    return Job(**_values(key))


def _count() -> int:
    found = session().execute(select(func.count()).select_from(Job)).scalar_one()
    session().rollback()
    return found


def test_what_a_unit_writes_is_there_afterwards(app: Flask) -> None:
    with transaction() as current:
        current.add(_row())
    assert _count() == 1


def test_a_failing_unit_leaves_nothing(app: Flask) -> None:
    with pytest.raises(LookupError), transaction() as current:
        current.add(_row("one"))
        current.flush()
        current.add(_row("two"))
        raise LookupError
    assert _count() == 0


def test_even_ctrl_c_leaves_nothing(app: Flask) -> None:
    with pytest.raises(KeyboardInterrupt), transaction() as current:
        current.add(_row())
        current.flush()
        raise KeyboardInterrupt
    assert _count() == 0
    with transaction() as current:
        current.add(_row())
    assert _count() == 1


def test_a_broken_constraint_fails_at_the_end_and_leaves_nothing(app: Flask) -> None:
    with pytest.raises(IntegrityError), transaction() as current:
        current.add_all([_row(), _row()])
    assert _count() == 0


def test_a_unit_inside_a_unit_is_refused_and_spoils_the_outer(app: Flask) -> None:
    with pytest.raises(NestedTransaction), transaction() as current:
        current.add(_row())
        with transaction():
            pytest.fail("opened a second one")
    assert _count() == 0


def _add_row() -> None:
    session().add(_row())
    try:
        session().flush()
    finally:
        session().rollback()


STRAY = {
    "a new object": _add_row,
    "an insert": lambda: session().execute(insert(Job).values(**_values("x"))),
    "an update": lambda: session().execute(update(Job).values(state="changed")),
    "a delete": lambda: session().execute(delete(Job)),
}


@pytest.mark.parametrize("write", STRAY.values(), ids=STRAY.keys())
def test_writing_outside_a_unit_is_refused(app: Flask, write: Callable[[], object]) -> None:
    with pytest.raises(WriteOutsideTransaction):
        write()
    assert _count() == 0


def test_an_object_never_flushed_is_not_lost_silently(app: Flask) -> None:
    session().add(_row())
    with pytest.raises(UnflushedObjects):
        end_reading()
    session().rollback()


def test_no_network_while_a_unit_is_open(app: Flask) -> None:
    assert_no_transaction()
    with transaction(), pytest.raises(NetworkInsideTransaction):
        assert_no_transaction()
    assert_no_transaction()


def test_a_unit_sees_what_was_written_after_an_earlier_read(app: Flask) -> None:
    assert session().execute(select(func.count()).select_from(Job)).scalar_one() == 0
    _in_thread(app, lambda: _write(_row()))
    with transaction() as current:
        assert current.execute(select(func.count()).select_from(Job)).scalar_one() == 1


def test_end_read_lets_go_of_the_snapshot(app: Flask) -> None:
    assert session().execute(select(func.count()).select_from(Job)).scalar_one() == 0
    _in_thread(app, lambda: _write(_row()))
    end_read()
    assert session().execute(select(func.count()).select_from(Job)).scalar_one() == 1


def test_a_connection_that_died_spoils_no_answer_and_is_not_used_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = session().connection().connection.dbapi_connection
    with monkeypatch.context() as patch:
        patch.setattr(db.engine.dialect, "do_rollback", _dies)
        with pytest.raises(OperationalError):
            end_read()
        let_go()
    assert session().connection().connection.dbapi_connection is not dead
    assert _count() == 0


def _dies(_connection: object) -> None:
    raise database.db.engine.dialect.loaded_dbapi.OperationalError("the server closed the connection")


def test_what_a_statement_was_given_stands_in_no_error(app: Flask) -> None:
    with pytest.raises(IntegrityError) as told, transaction():
        insert_rows(Job, _values("a name") | {"state": None})
    assert "a name" not in str(told.value).partition("DETAIL")[0]


def test_insert_once_adds_one_row_for_one_key(app: Flask) -> None:
    values = _values("one")
    with transaction():
        assert insert_once(Job, values)
        assert not insert_once(Job, values)
    assert _count() == 1


def test_sixteen_writers_never_find_the_database_locked(app: Flask) -> None:
    _write(_row())
    failures = _race(app, _count_up)
    assert failures == []
    assert _counted() == THREADS * ROUNDS


@pytest.mark.only_on("sqlite")
def test_sixteen_writers_need_begin_immediate(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the deferred BEGIN that SQLite uses by itself, and no turns, the same race must fail."""
    _write(_row())
    monkeypatch.setattr(database, "turn_to_write", lambda _database: nullcontext())
    monkeypatch.setattr(db.engine.dialect, "do_begin", lambda connection: connection.execute("BEGIN DEFERRED"))
    failures = _race(app, _count_up)
    assert failures
    assert all(isinstance(one, OperationalError) and "locked" in str(one) for one in failures)
    assert _counted() == THREADS * ROUNDS - len(failures)


@pytest.mark.only_on("sqlite")
def test_sqlite_is_tuned_by_the_recipe(app: Flask) -> None:
    found = {
        name: session().connection().exec_driver_sql(f"PRAGMA {name}").scalar()
        for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "trusted_schema")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 15000,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


@pytest.mark.only_on("postgresql")
def test_postgresql_never_waits_for_ever(app: Flask) -> None:
    limits = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "transaction_isolation")
    found = [session().connection().exec_driver_sql(f"SHOW {name}").scalar() for name in limits]
    assert found == ["3s", "10s", "15s", "read committed"]


def _count_up() -> None:
    """Read, then write what was read: right only where nobody came between."""
    with transaction() as current:
        before = current.execute(select(Job.attempts).with_for_update()).scalar_one()
        current.execute(update(Job).values(attempts=before + 1))


def _counted() -> int:
    session().rollback()
    return session().execute(select(Job.attempts)).scalar_one()


def _write(row: Job) -> None:
    with transaction() as current:
        current.add(row)


def _in_thread(app: Flask, act: Callable[[], object]) -> None:
    def run() -> None:
        with app.app_context():
            act()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def _race(app: Flask, act: Callable[[], object]) -> list[Exception]:
    """Each thread does it `ROUNDS` times, all starting at once; answers what was raised."""
    failures: list[Exception] = []
    start = threading.Barrier(THREADS)

    def run() -> None:
        with app.app_context():
            start.wait()
            for _ in range(ROUNDS):
                try:
                    act()
                except Exception as error:  # noqa: BLE001  # counted, whatever it is
                    failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_a_row_is_written_past_the_unit_of_work_only_inside_of_a_transaction(app: Flask) -> None:
    with pytest.raises(WriteOutsideTransaction):
        insert_rows(Job, _values("one"))
    with transaction():
        insert_rows(Job, _values("one"), _values("two"))
        assert not insert_once(Job, _values("one"))
        with pytest.raises(IntegrityError), session().begin_nested():
            insert_once(Job, _values("one"), but_for="id")
    assert _count() == 2
