"""Reads of what was changed together: the last change, and one with its cells."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.stock.models import StockChange, StockMovement

_Undo = aliased(StockChange)


class ChangeRow(Struct, frozen=True):
    """A change: how many `cells` moved, and by whom it was taken back, if it was."""

    id: int
    kind: str
    about: str | None
    reason: str
    actor: str
    made_at: datetime
    undone_by: str | None
    cells: int


class MovedCell(Struct, frozen=True):
    """One cell of a change; `part` is what was moved, `change` by how many."""

    variant_id: int
    part: str
    change: int


def last_change(actor: str) -> ChangeRow | None:
    """The newest change that this person made and that was not taken back."""
    mine = _changes().where(StockChange.actor == actor, StockChange.kind != "undone", _Undo.id.is_(None))
    row = session().execute(mine.order_by(StockChange.id.desc()).limit(1)).first()
    return ChangeRow(*row) if row else None


def recent_changes(*, page: int, size: int) -> tuple[list[ChangeRow], bool]:
    """A page of changes, newest first, and whether there are more."""
    rows = session().execute(_changes().order_by(StockChange.id.desc()).limit(size + 1).offset((page - 1) * size)).all()
    return [ChangeRow(*row) for row in rows[:size]], len(rows) > size


def changes_about(about: str) -> list[ChangeRow]:
    """Changes that belong to a delivery, a count or an import, the first one first."""
    rows = session().execute(_changes().where(StockChange.about == about).order_by(StockChange.id))
    return [ChangeRow(*row) for row in rows]


def one_change(change_id: int) -> ChangeRow:
    """Raises NotFound."""
    row = session().execute(_changes().where(StockChange.id == change_id)).first()
    if row is None:
        raise NotFound("There is no such change.")
    return ChangeRow(*row)


def cells_of(change_id: int, *, limit: int = 500) -> list[MovedCell]:
    """What moved, the first `limit` cells of it."""
    moved = select(
        StockMovement.variant_id,
        StockMovement.kept_as,
        StockMovement.on_hand_change,
        StockMovement.unavailable_change,
    )
    rows = session().execute(moved.where(StockMovement.change_id == change_id).order_by(StockMovement.id).limit(limit))
    return [MovedCell(row[0], row[1] or "on_hand", row[2] or row[3]) for row in rows]


def variants_of(change_id: int) -> set[int]:
    """Whose numbers a change moved."""
    return set(
        session().execute(select(StockMovement.variant_id).where(StockMovement.change_id == change_id)).scalars()
    )


def _changes() -> AnySelect:
    cells = select(func.count()).where(StockMovement.change_id == StockChange.id).scalar_subquery()
    return select(
        StockChange.id,
        StockChange.kind,
        StockChange.about,
        StockChange.reason,
        StockChange.actor,
        StockChange.made_at,
        _Undo.actor,
        cells,
    ).outerjoin(_Undo, _Undo.undoes == StockChange.id)
