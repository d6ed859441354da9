"""Writes of imports. All assume an open transaction; each step is a guarded statement, so that none is done twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, update

from shop.core import clock
from shop.core.database import insert_many, rows_changed, session, table
from shop.core.errors import Conflict
from shop.imports.models import ImportRow, StockImport


def upload(*, file_name: str, content: bytes, mode: str, reason: str, expected_rows: int | None, actor: str) -> int:
    """Keep a file that is to be read; its id."""
    told = {"file_name": file_name[:200], "content": content, "mode": mode, "reason": reason, "actor": actor}
    start = {"state": "uploaded", "round": 1, "rows": 0, "done": 0, "message": "", "uploaded_at": clock.now()}
    made = insert(table(StockImport)).values(**told, **start, expected_rows=expected_rows)
    import_id: int = session().execute(made.returning(table(StockImport).c.id)).scalar_one()
    return import_id


def turn(import_id: int, before: str, after: str, **values: Any) -> bool:
    """From one state to the next; False when it is in another."""
    mine = update(StockImport).where(StockImport.id == import_id, StockImport.state == before)
    return rows_changed(session().execute(mine.values(state=after, **values))) == 1


def turn_or_tell(import_id: int, before: str, after: str, **values: Any) -> None:
    """As `turn`, raising Conflict."""
    if not turn(import_id, before, after, **values):
        raise Conflict("This import went on meanwhile. Look at where it is now.")


def note_progress(import_id: int, *, done: int, rows: int) -> None:
    """For whoever watches."""
    session().execute(update(StockImport).where(StockImport.id == import_id).values(done=done, rows=rows))


def keep_rows(import_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add numbers of the dry run."""
    if rows:
        insert_many(ImportRow, [{"import_id": import_id, **row} for row in rows])


def forget_rows(import_id: int) -> None:
    """Before another dry run."""
    session().execute(delete(ImportRow).where(ImportRow.import_id == import_id))
