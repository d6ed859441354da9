"""Tables that can be damaged at will, for the controls of checks that read them."""

from __future__ import annotations

from sqlalchemy import text

from shop.core.database import session


def shadow(table: str) -> None:
    """Put a copy without triggers, keys and constraints before a table, until the session's next rollback.

    Both engines look among temporary tables first, so that every statement that names the table means the copy.
    """
    session().execute(text(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {table}"))
