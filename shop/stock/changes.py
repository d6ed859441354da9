"""Many cells changed at once, all or none, and taken back. Assumes an open transaction.

Rows are locked in the order of their ids before anything is compared, so that two who save the same cell cannot both
believe that they saw it last; the CHECK constraints are the last line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import bindparam, func, insert, select, update

from shop.core import clock
from shop.core.database import insert_many, insert_once, session, table
from shop.core.errors import Conflict, Invalid, NotFound
from shop.stock.cells import MOST_CELLS, CellsMoved, CellsShort, Edit, Refused
from shop.stock.models import StockChange, StockLevel, StockMovement
from shop.stock.queries import levels_by_id
from shop.stock.rules import MOST_AT_ONCE, Level

_SAID = {"received": "received", "counted": "counted", "returned": "returned", "written_off": "damaged"}
Steps = list[tuple[Edit, int]]  # edits with the difference that each makes, none of them nothing


class Cause(Struct, frozen=True):
    """Why cells change: `kind` is one of a change's kinds, `about` what it belongs to, such as "delivery 12"."""

    kind: str
    reason: str
    actor: str
    about: str | None = None


def change_cells(edits: Sequence[Edit], cause: Cause) -> int | None:
    """Make every edit, or none; the change's id, or None where nothing would be different.

    Raises CellsMoved, CellsShort, Invalid, NotFound.
    """
    steps = _steps(edits)
    if not steps:
        return None
    made = insert(table(StockChange)).values(**_row(cause)).returning(table(StockChange).c.id)
    change_id: int = session().execute(made).scalar_one()
    _move(steps, change_id, cause)
    return change_id


def short_by(edits: Sequence[Edit]) -> dict[int, int]:
    """How many units would be missing by variant, were every edit made; locks the levels. Raises nothing: what else is
    wrong with the edits is told when they are made.
    """
    levels = levels_by_id({edit.variant_id for edit in edits}, lock=True)
    known = [edit for edit in edits if edit.variant_id in levels]
    now = {edit: int(getattr(levels[edit.variant_id], edit.part)) for edit in known}
    steps = [(edit, edit.number if edit.seen is None else edit.number - now[edit]) for edit in known]
    missing = {key: _missing(level) for key, level in _after(levels, steps).items() if min(level.values()) >= 0}
    return {key: units for key, units in sorted(missing.items()) if units > 0}


def undo_change(change_id: int, *, actor: str) -> None:
    """Take a change back by another one. Raises Conflict when it was taken back already, CellsShort, NotFound."""
    told = select(StockChange.kind, StockChange.reason, StockChange.about)
    kept = session().execute(told.where(StockChange.id == change_id)).first()
    if kept is None:
        raise NotFound("There is no such change.")
    if kept.kind == "undone":
        raise Conflict("This took a change back. Make the change again instead.")
    cause = Cause("undone", f"Undone: {kept.reason}"[:200], actor, kept.about)
    if not insert_once(StockChange, _row(cause) | {"undoes": change_id}):
        raise Conflict("This change was taken back already.")
    steps = _steps(_backwards(change_id))
    undo_id = session().execute(select(StockChange.id).where(StockChange.undoes == change_id)).scalar_one()
    _move(steps, undo_id, cause)


def _backwards(change_id: int) -> list[Edit]:
    units = func.sum(StockMovement.on_hand_change), func.sum(StockMovement.unavailable_change)
    moved = select(StockMovement.variant_id, StockMovement.kept_as, *units).where(StockMovement.change_id == change_id)
    rows = session().execute(moved.group_by(StockMovement.variant_id, StockMovement.kept_as))
    found: list[Edit] = []
    for variant_id, kept_as, on_hand, unavailable in rows:
        found += [Edit(variant_id, kept_as or "damaged", -unavailable)] if unavailable else []
        found += [Edit(variant_id, "on_hand", -on_hand)] if on_hand else []
    return found


def _steps(edits: Sequence[Edit]) -> Steps:
    """What each edit comes to, with its rows locked; refuses what was seen differently and what is promised."""
    if len(edits) > MOST_CELLS:
        raise Invalid(f"At most {MOST_CELLS:,} cells change at once.")
    if any(abs(edit.number) > MOST_AT_ONCE for edit in edits):
        raise Invalid(f"A number here is at most {MOST_AT_ONCE:,}.")
    levels = levels_by_id({edit.variant_id for edit in edits}, lock=True)
    if any(edit.variant_id not in levels for edit in edits):
        raise NotFound("There is no such variant.")
    now = {edit: int(getattr(levels[edit.variant_id], edit.part)) for edit in edits}
    if moved := [Refused(edit, now[edit]) for edit in edits if _moved(edit, now[edit])]:
        raise CellsMoved(moved)
    steps = [(edit, edit.number if edit.seen is None else edit.number - now[edit]) for edit in edits]
    if short := {key for key, level in _after(levels, steps).items() if _impossible(level)}:
        raise CellsShort([Refused(edit, now[edit]) for edit in edits if edit.variant_id in short])
    return [(edit, change) for edit, change in steps if change]


def _moved(edit: Edit, now: int) -> bool:
    """Another number than was seen; two who typed the same number agree."""
    return edit.seen is not None and now not in (edit.seen, edit.number)


def _after(levels: Mapping[int, Level], steps: Iterable[tuple[Edit, int]]) -> dict[int, dict[str, int]]:
    after = {
        key: {name: int(getattr(level, name)) for name in ("on_hand", "damaged", "quality_hold", "safety_stock")}
        | {"promised": level.held + level.committed}
        for key, level in levels.items()
    }
    for edit, change in steps:
        after[edit.variant_id][edit.part] += change
    return after


def _impossible(level: Mapping[str, int]) -> bool:
    return min(level.values()) < 0 or _missing(level) > 0


def _missing(level: Mapping[str, int]) -> int:
    kept = level["damaged"] + level["quality_hold"] + level["safety_stock"]
    return level["promised"] + kept - level["on_hand"]


def _move(steps: Steps, change_id: int, cause: Cause) -> None:
    """The levels by one statement run for each variant, and a movement for each cell."""
    if not steps:
        return
    differences: dict[int, dict[str, int]] = {}
    for edit, change in steps:
        part = differences.setdefault(
            edit.variant_id, {"on_hand": 0, "damaged": 0, "quality_hold": 0, "safety_stock": 0}
        )
        part[edit.part] += change
    session().execute(_ADD, [{"given_id": key, **_columns(part)} for key, part in differences.items()])
    said = {"reason": cause.reason, "actor": cause.actor, "moved_at": clock.now(), "change_id": change_id}
    insert_many(StockMovement, [_movement(edit, change, cause.kind) | said for edit, change in steps])


def _columns(part: Mapping[str, int]) -> dict[str, int]:
    kept = part["damaged"] + part["quality_hold"] + part["safety_stock"]
    return {
        "given_on_hand": part["on_hand"],
        "given_unavailable": kept,
        "given_quality": part["quality_hold"],
        "given_safety": part["safety_stock"],
    }


def _movement(edit: Edit, change: int, kind: str) -> dict[str, object]:
    on_hand = edit.part == "on_hand"
    return {
        "variant_id": edit.variant_id,
        "kind": _SAID.get(kind, "adjusted") if on_hand else "damaged" if edit.part == "damaged" else "transferred",
        "on_hand_change": change if on_hand else 0,
        "unavailable_change": 0 if on_hand else change,
        "kept_as": None if on_hand else edit.part,
    }


def _row(cause: Cause) -> dict[str, object]:
    told = {"kind": cause.kind, "about": cause.about, "reason": cause.reason, "actor": cause.actor}
    return told | {"made_at": clock.now()}


_LEVEL = table(StockLevel)
_ADD = (
    update(_LEVEL)
    .where(_LEVEL.c.variant_id == bindparam("given_id"))
    .values(
        on_hand=_LEVEL.c.on_hand + bindparam("given_on_hand"),
        unavailable=_LEVEL.c.unavailable + bindparam("given_unavailable"),
        quality_hold=_LEVEL.c.quality_hold + bindparam("given_quality"),
        safety_stock=_LEVEL.c.safety_stock + bindparam("given_safety"),
    )
)
