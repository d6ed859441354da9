"""Days in UTC inside of statements, the same on both engines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class day_of(GenericFunction[str]):  # noqa: N801  # reads as the function that it is in a statement
    """The day (UTC) of a moment, as `2026-11-25`."""

    type = String()
    inherit_cache = True


@compiles(day_of, "sqlite")
def _on_sqlite(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f"strftime('%Y-%m-%d', {compiler.process(_moment(element), **options)})"


@compiles(day_of, "postgresql")
def _on_postgresql(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f"to_char(timezone('UTC', {compiler.process(_moment(element), **options)}), 'YYYY-MM-DD')"


def _moment(element: Any) -> Any:
    return next(iter(element.clauses))
