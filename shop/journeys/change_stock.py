"""Numbers of stock change together, for whatever cause; what became free goes first to those who wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from shop.catalogue.finding import variants_by_code
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, NotFound
from shop.journeys.await_stock import LOST, make_room, serve_waiting
from shop.journeys.keep_restock import offer
from shop.purchasing.operations import take_back
from shop.restock.queries import waited_for
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences
from shop.stock.cells import MOST_CELLS, CellsShort, Edit
from shop.stock.changes import Cause, change_cells, undo_change
from shop.stock.logbook import MovedCell, cells_of, one_change, variants_of
from shop.stock.preorders import before_arrival, note_arrived
from shop.stock.queries import levels

BACK = frozenset({"returned", "written_off"})  # kinds of changes that bring nothing that was to come
MOST_NAMED = 50  # cells of one change that its audit entry names


def make_change(edits: Sequence[Edit], cause: Cause, *, lost: bool = False) -> int | None:
    """In the open transaction: every edit or none, and the offers; the change's id, None where nothing is different.

    With `lost`, and for what was counted or written off, sold units that are gone make their orders wait for stock.
    Raises CellsMoved, CellsShort, Invalid, NotFound.
    """
    if lost or cause.kind in LOST:
        edits = [*make_room(edits, actor=cause.actor), *edits]
    variants = {edit.variant_id for edit in edits}
    before, places = _numbers(edits), before_arrival(variants) if cause.kind not in BACK else {}
    change_id = change_cells(edits, cause)
    if change_id is not None:
        details = {"cells": len(edits), "reason": cause.reason} | differences(before, _numbers(edits))
        _came_free(variants, actor=cause.actor)
        note_arrived(places)
        audit(actor=cause.actor, action=f"stock.{cause.kind}", subject=f"stock change {change_id}", details=details)
    return change_id


@again
def change_stock_cells(edits: Sequence[Edit], *, reason: str, actor: str, lost: bool = False) -> int | None:
    """Save a page of the sheet in one piece; `lost` and what is raised are those of `make_change`."""
    said = reason.strip()
    if not said:
        raise Invalid("Say why in a few words; whoever asks later will thank you.", field="reason")
    with transaction():
        return make_change(edits, Cause("edited", said[:200], actor), lost=lost)


class Move(Struct, frozen=True):
    """What may happen to units by hand: how it is called, its kind, and by how many each unit moves a number."""

    label: str
    kind: str
    on_hand: int
    damaged: int


MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "returned": Move("Came back, fit to sell", "returned", 1, 0),
        "returned_damaged": Move("Came back damaged", "returned", 1, 1),
        "written_off": Move("Written off from the shelf", "written_off", -1, 0),
        "damaged_off": Move("Damaged ones thrown away", "written_off", -1, -1),
    }
)


@again
def move_units(*, code: str, units: int, what: str, reason: str, actor: str) -> int:
    """Units with this barcode or SKU move as `MOVES[what]` says; the variant. Raises NotFound, Conflict, Invalid."""
    found = variants_by_code([code]).get(code.strip().upper())
    end_read()
    if found is None:
        raise NotFound(f"No tee of ours carries “{code.strip()[:40]}”.", field="code")
    move, variant_id = MOVES[what], found[0]
    parts = {"on_hand": move.on_hand * units, "damaged": move.damaged * units}
    edits = [Edit(variant_id, part, change) for part, change in parts.items() if change]
    try:
        with transaction():
            make_change(edits, Cause(move.kind, reason.strip()[:200], actor))
    except CellsShort as problem:
        raise Conflict(
            "There are not that many: the rest is promised to orders or kept back.", field="units"
        ) from problem
    return variant_id


@again
def undo_stock_change(change_id: int, *, actor: str) -> None:
    """Take a change back by movements that are its opposite. Raises Conflict, CellsShort, NotFound."""
    with transaction():
        undo_change(change_id, actor=actor)
        _not_arrived(change_id)
        told = begun({f"variant {one.variant_id} {one.part}": f"{-one.change:+}" for one in _first(change_id)})
        _came_free(variants_of(change_id), actor=actor)
        audit(actor=actor, action="stock.undone", subject=f"stock change {change_id}", details=told)


def _numbers(edits: Sequence[Edit]) -> Json:
    """For the audit log: the numbers of the first cells; the change itself keeps every one."""
    some = edits[:MOST_NAMED]
    now = levels({edit.variant_id for edit in some})
    return {
        f"variant {edit.variant_id} {edit.part.replace('_', ' ')}": getattr(now[edit.variant_id], edit.part)
        for edit in some
        if edit.variant_id in now
    }


def _first(change_id: int) -> Sequence[MovedCell]:
    return cells_of(change_id, limit=MOST_NAMED)


def _not_arrived(change_id: int) -> None:
    """What a delivery brought is awaited again once its receipt is undone."""
    about = one_change(change_id).about or ""
    if not about.startswith("delivery "):
        return
    units: dict[int, dict[str, int]] = {}
    for cell in cells_of(change_id, limit=MOST_CELLS):
        units.setdefault(cell.variant_id, {"on_hand": 0, "damaged": 0})[cell.part] += cell.change
    for variant_id, moved in sorted(units.items()):
        take_back(int(about.split()[1]), variant_id=variant_id, units=moved["on_hand"], damaged=moved["damaged"])


def _came_free(variant_ids: set[int], *, actor: str) -> None:
    """Whoever paid comes before whoever waits to buy."""
    serve_waiting(variant_ids, actor=actor)
    for variant_id in sorted(variant_ids & set(waited_for())):
        offer(variant_id)
