"""Cells of the sheet: one number of one variant, and what was typed over it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from shop.core.errors import Conflict, Invalid
from shop.stock.rules import MOST_AT_ONCE

PARTS = ("on_hand", "damaged", "quality_hold", "safety_stock")
MOST_CELLS = 20_000  # in one change
_TYPED = re.compile(r"([+−-]?)\s*([0-9]{1,6}|[0-9]{1,3}[,.\u202f\u00a0’' ][0-9]{3})")


class Edit(Struct, frozen=True):
    """One of `PARTS` of a variant: `number` replaces what was `seen`, or where nothing was seen is a difference."""

    variant_id: int
    part: str
    number: int
    seen: int | None = None


class Refused(Struct, frozen=True):
    """An edit that cannot be made, and what its number is `now`."""

    edit: Edit
    now: int


class CellsMoved(Conflict):
    """Somebody else was there first: `cells` have both numbers. Nothing was changed."""

    def __init__(self, cells: Sequence[Refused]) -> None:
        super().__init__(
            "Somebody else changed a number after you had read it. Nothing was saved: look and save again."
        )
        self.cells = cells


class CellsShort(Conflict):
    """Less would be left than is promised to orders or kept back. Nothing was changed."""

    def __init__(self, cells: Sequence[Refused]) -> None:
        super().__init__("Too few would be left: the rest is promised to orders or kept back. Nothing was saved.")
        self.cells = cells


def read_cell(typed: str, *, variant_id: int, part: str, seen: int) -> Edit | None:
    """`47` sets, `+3` and `-2` change by so many; None where nothing was changed. Raises Invalid.

    Thousands may stand apart as spreadsheets of different countries write them (`1,040`); no part of a unit is sold.
    """
    found = _TYPED.fullmatch(typed.strip())
    if found is None or (number := int(re.sub(r"[^0-9]", "", found[2]))) > MOST_AT_ONCE:
        raise Invalid(f"Type a number from 0 to {MOST_AT_ONCE:,}, or a change such as +3 or -2.")
    if sign := found[1]:
        return Edit(variant_id, part, number if sign == "+" else -number) if number else None
    return None if number == seen else Edit(variant_id, part, number, seen)
