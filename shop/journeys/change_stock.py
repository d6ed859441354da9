"""Numbers of stock change together, for whatever cause; what became free goes first to those who wait for it."""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.journeys.keep_restock import offer
from shop.restock.queries import waited_for
from shop.staff.operations import record as audit
from shop.stock.cells import Edit
from shop.stock.changes import Cause, change_cells, undo_change
from shop.stock.logbook import variants_of


def make_change(edits: Sequence[Edit], cause: Cause) -> int | None:
    """In the open transaction: every edit or none, and the offers; the change's id, None where nothing is different.

    Raises CellsMoved, CellsShort, Invalid, NotFound.
    """
    change_id = change_cells(edits, cause)
    if change_id is not None:
        _offer({edit.variant_id for edit in edits})
        details: Json = {"cells": len(edits), "reason": cause.reason}
        audit(actor=cause.actor, action=f"stock.{cause.kind}", subject=f"stock change {change_id}", details=details)
    return change_id


def change_stock_cells(edits: Sequence[Edit], *, reason: str, actor: str) -> int | None:
    """Save a page of the sheet in one piece; raises as `make_change` does."""
    said = reason.strip()
    if not said:
        raise Invalid("Say why in a few words; whoever asks later will thank you.", field="reason")
    with transaction():
        return make_change(edits, Cause("edited", said[:200], actor))


def undo_stock_change(change_id: int, *, actor: str) -> None:
    """Take a change back by movements that are its opposite. Raises Conflict, CellsShort, NotFound."""
    with transaction():
        undo_change(change_id, actor=actor)
        _offer(variants_of(change_id))
        audit(actor=actor, action="stock.undone", subject=f"stock change {change_id}", details={})


def _offer(variant_ids: set[int]) -> None:
    for variant_id in sorted(variant_ids & set(waited_for())):
        offer(variant_id)
