"""Reads of imports."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, func, select

from shop.core.database import session
from shop.core.errors import NotFound
from shop.imports.models import ImportRow, StockImport

_DIFFERS: ColumnElement[bool] = and_(ImportRow.problem == "", ImportRow.before != ImportRow.after)


class ImportFacts(Struct, frozen=True):
    """One import, without its file."""

    id: int
    file_name: str
    mode: str
    reason: str
    expected_rows: int | None
    state: str
    round: int
    rows: int
    done: int
    message: str
    change_id: int | None
    actor: str
    uploaded_at: datetime
    ended_at: datetime | None


class Tally(Struct, frozen=True):
    """Of the numbers of an import: how many differ, are the same, have a problem, and by how many units in all."""

    differ: int
    same: int
    problems: int
    units: int


class RowFacts(Struct, frozen=True):
    """One number of a file after the dry run."""

    number: int
    code: str
    part: str
    typed: str
    variant_id: int | None
    before: int | None
    after: int | None
    problem: str


def one_import(import_id: int) -> ImportFacts:
    """Raises NotFound."""
    row = session().execute(select(*_FACTS).where(StockImport.id == import_id)).first()
    if row is None:
        raise NotFound("There is no such import.")
    return ImportFacts(*tuple(row))


def imports(*, page: int, size: int) -> tuple[list[ImportFacts], bool]:
    """A page of imports, newest first, and whether there are more."""
    newest = select(*_FACTS).order_by(StockImport.id.desc()).limit(size + 1).offset((page - 1) * size)
    found = [ImportFacts(*tuple(row)) for row in session().execute(newest)]
    return found[:size], len(found) > size


def content_of(import_id: int) -> bytes | None:
    """The file, until it was read."""
    return session().execute(select(StockImport.content).where(StockImport.id == import_id)).scalar_one()


def tally(import_id: int) -> Tally:
    """How the dry run came out."""
    differ, problem = case((_DIFFERS, 1), else_=0), case((ImportRow.problem != "", 1), else_=0)
    units = case((_DIFFERS, ImportRow.after - ImportRow.before), else_=0)
    counted = select(func.count(), func.sum(differ), func.sum(problem), func.sum(units))
    rows, differs, problems, change = session().execute(counted.where(ImportRow.import_id == import_id)).one()
    return Tally(int(differs or 0), rows - int(differs or 0) - int(problems or 0), int(problems or 0), int(change or 0))


def rows_of(import_id: int, *, which: str, page: int = 1, size: int = 100) -> tuple[list[RowFacts], bool]:
    """A page of its numbers in the order of the file: those that `differ`, with `problems`, or all; are there more."""
    asked = select(*_ROW).where(ImportRow.import_id == import_id).order_by(ImportRow.id)
    if which == "differ":
        asked = asked.where(_DIFFERS)
    elif which == "problems":
        asked = asked.where(ImportRow.problem != "")
    found = [RowFacts(*row) for row in session().execute(asked.limit(size + 1).offset((page - 1) * size))]
    return found[:size], len(found) > size


_FACTS = (
    StockImport.id,
    StockImport.file_name,
    StockImport.mode,
    StockImport.reason,
    StockImport.expected_rows,
    StockImport.state,
    StockImport.round,
    StockImport.rows,
    StockImport.done,
    StockImport.message,
    StockImport.change_id,
    StockImport.actor,
    StockImport.uploaded_at,
    StockImport.ended_at,
)
_ROW = (
    ImportRow.number,
    ImportRow.code,
    ImportRow.part,
    ImportRow.typed,
    ImportRow.variant_id,
    ImportRow.before,
    ImportRow.after,
    ImportRow.problem,
)
