"""Locks are taken in one order, so that no two write units can wait for each other; watched in every test.

`ORDER` are the tables whose rows more than one order, visitor or member of staff wants at once. Rows of the same
table are taken in the order of their ids. A row that a unit has already is no lock. Everything else that is changed
belongs to one of these rows and is only changed behind it (an order's lines behind the order, codes behind their
discount). Both engines are watched: SQLite has one writer at a time and never waits, but runs the same statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Insert, Select, Update, event
from sqlalchemy.dialects import postgresql, sqlite

ORDER = (
    "rate_counts",
    "orders",
    "returns",
    "stock_levels",
    "restock_requests",
    "discounts",
    "pledges",
    "journal_head",
    "receipt_counters",
    "audit_head",
)
# In no order of their own. Claims: whoever turns some has their levels first. Orders: a unit has one, or a sale and
# its differences; those that are unpaid are locked before their sale, and only those that are paid after it.
BEHIND = frozenset({"restock_requests", "orders"})
RANK = {table: rank for rank, table in enumerate(ORDER)}
_CHANGES = (sqlite.dml.OnConflictDoUpdate, postgresql.dml.OnConflictDoUpdate)
_IDS = re.compile(r"(?:given_(?:order_|variant_|pledge_)?id|variant_id_1|id_1|wanted)(?:_[0-9]+)?")
Lock = tuple[int, Any]
_known: WeakKeyDictionary[Any, str | None] = WeakKeyDictionary()  # by compiled statement, which engines keep


@contextmanager
def locks_watched(engine: Engine) -> Iterator[list[str]]:
    """Filled with a sentence for each lock that came too late."""
    late: list[str] = []
    kept = f"locks held, watched by {id(late)}"

    def begin(connection: Connection) -> None:
        connection.info[kept] = []

    def look(connection: Connection, _cursor: Any, _sql: str, _given: Any, context: Any, _many: bool) -> None:
        compiled = getattr(context, "compiled", None)
        if compiled is None or not connection.get_execution_options().get("write_unit"):
            return
        if compiled not in _known:
            _known[compiled] = _locked_table(compiled.statement)
        if (table := _known[compiled]) is None:
            return
        held: list[Lock] = connection.info.setdefault(kept, [])
        for values in context.compiled_parameters:
            for lock in _locks(table, values):
                late.extend(_too_late(lock, held))
                held.append(lock)

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", look)
    try:
        yield late
    finally:
        event.remove(engine, "begin", begin)
        event.remove(engine, "before_cursor_execute", look)


def _locked_table(statement: Any) -> str | None:
    """The table whose rows a statement locks, if it is one of `ORDER`. Of orders only the lock itself counts: a new
    one is nobody else's yet.
    """
    if isinstance(statement, Insert):
        clause = getattr(statement, "_post_values_clause", None)  # INSERT ... ON CONFLICT DO UPDATE changes a row
        name = str(statement.table.name)
        return name if name in RANK and isinstance(clause, _CHANGES) else None
    if isinstance(statement, Update):
        name = str(getattr(statement.table, "name", ""))
        return name if name in RANK and name != "orders" else None
    if isinstance(statement, Select) and statement._for_update_arg is not None:
        name = str(getattr(statement.get_final_froms()[0], "name", ""))
        return name if name in RANK else None
    return None


def _locks(table: str, values: dict[str, Any]) -> list[Lock]:
    """One for each id in the statement; statements for several rows sort them themselves."""
    ids = [] if table in BEHIND else sorted(value for name, value in values.items() if _IDS.fullmatch(name))
    return [(RANK[table], one) for one in ids or [None]]


def _too_late(lock: Lock, held: list[Lock]) -> list[str]:
    rank, key = lock
    if lock in held:
        return []
    later = [(other, its) for other, its in held if other > rank]
    if key is not None:
        later += [(other, its) for other, its in held if other == rank and its is not None and its > key]
    return [f"{ORDER[rank]} {key} after {ORDER[other]} {its}" for other, its in later[:1]]
