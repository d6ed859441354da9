"""Tables whose rows are only ever added: refused by the objects here, and by a trigger in the database."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapper

from shop.core.errors import ShopError

TABLES: set[str] = set()
M = TypeVar("M", bound=DeclarativeBase)


class AppendOnly(ShopError):
    """Somebody tried to change or remove a row of a ledger."""


def append_only(model: type[M]) -> type[M]:
    """Class decorator: rows of this table are only ever added.

    The migration that makes the table adds the triggers of `create_triggers`; a house test holds both lists equal.
    """

    def refuse(_mapper: Mapper[Any], _connection: Any, _row: object) -> None:
        raise AppendOnly(f"{model.__name__} rows are never changed or removed; add one that corrects them.")

    event.listen(model, "before_update", refuse)
    event.listen(model, "before_delete", refuse)
    TABLES.add(model.__tablename__)
    return model


def create_triggers(table: str, dialect: str) -> list[str]:
    """The statements that make the database itself refuse UPDATE and DELETE (and TRUNCATE) on `table`."""
    if dialect == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
