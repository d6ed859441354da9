"""The stand-in's one SQLite file: objects as JSON, deliveries, due moments and kept answers.

One connection behind one lock: a writer never meets another, a reader never sees half a change, and
nothing needs a retry. Every write stands in `with store.writing():`.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.json import decode, encode

from shop.stripe_standin.shapes import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL,
    private TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, seq);
CREATE INDEX IF NOT EXISTS charge_of ON object (json_extract(body, '$.payment_intent')) WHERE kind = 'charge';
CREATE INDEX IF NOT EXISTS refund_of ON object (json_extract(body, '$.charge')) WHERE kind = 'refund';
CREATE INDEX IF NOT EXISTS moved_by ON object (json_extract(body, '$.source')) WHERE kind = 'balance_transaction';
CREATE TABLE IF NOT EXISTS due (
    object_id TEXT NOT NULL, action TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (object_id, action)
);
CREATE INDEX IF NOT EXISTS due_at ON due (at);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'delivered', 'held', 'dropped', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL,
    give_up_at REAL NOT NULL,
    last_status INTEGER,
    last_error TEXT
);
CREATE INDEX IF NOT EXISTS delivery_event ON delivery (event_id);
CREATE INDEX IF NOT EXISTS delivery_next ON delivery (state, next_at);
CREATE TABLE IF NOT EXISTS kept_answer (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, kept_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Record:
    """One stored object: what the API shows (`body`) and what only the stand-in knows (`private`)."""

    seq: int
    id: str
    kind: str
    body: Json
    private: Json


def packed(told: Json) -> str:
    """An object as JSON text."""
    return encode(told).decode()


class Store:
    """Opens the file, making it and its folder when missing; `:memory:` keeps nothing."""

    def __init__(self, path: str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        # NORMAL under WAL loses nothing when the process dies, only when the machine does: enough here.
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;"
        )
        self._connection.executescript(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A steady view: nothing is written meanwhile."""
        with self._lock:
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; any exception undoes all of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Run one statement and fetch all it returns."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one writing statement inside `writing()`; returns how many rows it touched."""
        if not self._connection.in_transaction:
            raise RuntimeError("A write needs `with store.writing():`.")
        return self._connection.execute(sql, values).rowcount

    def insert(self, body: Json, *, private: Json | None = None) -> Json:
        """Add one object; its kind is `body["object"]`. Returns the body."""
        self.run(
            "INSERT INTO object (id, kind, created, body, private) VALUES (?, ?, ?, ?, ?)",
            (body["id"], body["object"], body["created"], packed(body), packed(private or {})),
        )
        return body

    def save(self, body: Json, *, private: Json | None = None) -> Json:
        """Replace an object's body, and what is private about it when given. Returns the body."""
        if private is None:
            self.run("UPDATE object SET body = ? WHERE id = ?", (packed(body), body["id"]))
        else:
            self.run(
                "UPDATE object SET body = ?, private = ? WHERE id = ?",
                (packed(body), packed(private), body["id"]),
            )
        return body

    def find(self, object_id: str, *, kind: str | None = None) -> Record | None:
        """The object with this id, of this kind when one is asked for."""
        found = self.rows("SELECT * FROM object WHERE id = ?", (object_id,))
        if not found or (kind is not None and found[0]["kind"] != kind):
            return None
        return _record(found[0])

    def select(self, where: str, values: Sequence[Any], *, ascending: bool, limit: int) -> list[Record]:
        """Objects that meet `where`, newest first unless `ascending`.

        `where` is written by the stand-in's own modules; whatever a caller sent stands in `values`.
        """
        order = "ASC" if ascending else "DESC"
        sql = f"SELECT * FROM object WHERE {where} ORDER BY seq {order} LIMIT ?"
        return [_record(row) for row in self.rows(sql, (*values, limit))]

    def setting(self, name: str, default: str) -> str:
        """A small fact that outlives a restart."""
        found = self.rows("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0]["value"]) if found else default

    def set_setting(self, name: str, value: str) -> None:
        """Remember a small fact."""
        self.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))


def _record(row: sqlite3.Row) -> Record:
    return Record(
        seq=row["seq"],
        id=row["id"],
        kind=row["kind"],
        body=decode(row["body"]),
        private=decode(row["private"]),
    )
