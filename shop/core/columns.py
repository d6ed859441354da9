"""Column types and their short names, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Row, Select, String
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

Json = dict[str, Any]
AnyRow = Row[*tuple[Any, ...]]  # rows wide enough that the type checker gives up on their columns
AnySelect = Select[*tuple[Any, ...]]
BigKey = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out; SQLite keeps it without a zone, PostgreSQL with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are aware and in UTC")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = Annotated[int, mapped_column(BigKey, primary_key=True)]
TextKey = Annotated[str, mapped_column(String(32), primary_key=True)]
Minor = Annotated[int, mapped_column(BigInteger)]
CurrencyCode = Annotated[str, mapped_column(String(3))]
Stamp = Annotated[datetime, mapped_column(UtcDateTime)]
Document = Annotated[Json, mapped_column(JSON)]
Name = Annotated[str, mapped_column(String(200))]
Word = Annotated[str, mapped_column(String(40))]
