"""Pre-orders: how many of what is to come may be promised, and by when it leaves. Writes assume an open transaction.

The cap counts units that are still to come. A unit that came uses up its place, whether it goes to somebody who waits
or onto the shelf; a unit that is given back before it came leaves its place free. Nobody is ever promised a place
beyond the cap: the sale's own statement looks at it (`selling.hold`), and so does whoever lowers it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct
from sqlalchemy import bindparam, case, select, update

from shop.core.database import rows_changed, session, table
from shop.core.errors import Conflict
from shop.stock.models import Reservation, StockLevel
from shop.stock.operations import level_row, lock_levels
from shop.stock.queries import PREORDER


class Preorder(Struct, frozen=True):
    """How a variant stands: `taken` of `cap` places are; open while it has its days."""

    cap: int
    taken: int
    ships_by: date | None
    order_until: date | None


class CapBelowTaken(Conflict):
    """So few cannot be the cap: more are pre-ordered already."""

    def __init__(self, variant_id: int, taken: int) -> None:
        super().__init__(f"{taken} are pre-ordered already, so the cap is {taken} or more.", field=f"cap-{variant_id}")


def preorders_of(variant_ids: Iterable[int]) -> dict[int, Preorder]:
    """By variant, those left out that never had one; in the order of ids."""
    asked = select(StockLevel.variant_id, *PREORDER).where(StockLevel.variant_id.in_(list(variant_ids)))
    known = asked.where((StockLevel.preorder_cap > 0) | StockLevel.ships_by.is_not(None))
    return {row[0]: Preorder(*row[1:]) for row in session().execute(known.order_by(StockLevel.variant_id))}


def mark_of(known: Mapping[int, Preorder]) -> str:
    """What somebody saw of these, taken places apart: another mark means that it changed meanwhile."""
    seen = [f"{variant_id} {one.cap} {one.ships_by} {one.order_until}" for variant_id, one in sorted(known.items())]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:16]


def open_places(caps: Mapping[int, int], *, ships_by: date, order_until: date) -> None:
    """So many of each variant may be pre-ordered from now on, by these days. Raises CapBelowTaken."""
    days = {"ships_by": ships_by, "order_until": order_until}
    for variant_id, cap in sorted(caps.items()):
        guarded = level_row(variant_id).where(StockLevel.preordered <= cap)
        if rows_changed(session().execute(guarded.values(preorder_cap=cap, **days))) == 0:
            raise CapBelowTaken(variant_id, preorders_of([variant_id])[variant_id].taken)


def close_places(variant_ids: Iterable[int]) -> None:
    """No more are promised; what was promised still is."""
    ids = sorted(variant_ids)
    rows = update(table(StockLevel)).where(StockLevel.variant_id.in_(ids))
    session().execute(rows.values(preorder_cap=StockLevel.preordered, ships_by=None, order_until=None))


def use_places(variant_id: int, units: int) -> None:
    """So many that were promised came: neither their places nor their promises are left."""
    fewer = {"preordered": StockLevel.preordered - units, "preorder_cap": StockLevel.preorder_cap - units}
    session().execute(level_row(variant_id).values(**fewer))


def before_arrival(variant_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(places, units that are no waste) by variant where there are places, the levels kept from others: `note_arrived`
    wants them once more came.
    """
    lock_levels(ids := list(variant_ids))
    return {row[0]: (row[1], row[2]) for row in session().execute(_PLACES, {"wanted": ids})}


def note_arrived(before: Mapping[int, tuple[int, int]]) -> None:
    """What came uses up places, whoever gets it."""
    now = session().execute(_PLACES, {"wanted": sorted(before)}).all() if before else []
    for variant_id, _places, fit in now:
        places, fit_before = before[variant_id]
        left = max(places - max(fit - fit_before, 0), 0)
        fewer = case((StockLevel.preordered > left, StockLevel.preordered), else_=left)
        session().execute(level_row(variant_id).where(StockLevel.preorder_cap > left).values(preorder_cap=fewer))


_DAMAGED = StockLevel.unavailable - StockLevel.quality_hold - StockLevel.safety_stock
_PLACES = (
    select(StockLevel.variant_id, StockLevel.preorder_cap, StockLevel.on_hand - _DAMAGED)
    .where(StockLevel.variant_id.in_(bindparam("wanted", expanding=True)), StockLevel.preorder_cap > 0)
    .order_by(StockLevel.variant_id)
)


def orders_promised(variant_ids: Iterable[int]) -> list[str]:
    """Paid orders that wait for pre-ordered units of these, the first buyer first."""
    asked = select(Reservation.order_id).where(
        Reservation.variant_id.in_(list(variant_ids)), Reservation.preordered > 0, Reservation.state == "committed"
    )
    return list(dict.fromkeys(session().execute(asked.order_by(Reservation.id)).scalars()))


def days_of(variant_ids: Iterable[int]) -> dict[int, date]:
    """By when pre-orders that are open leave."""
    asked = select(StockLevel.variant_id, StockLevel.ships_by).where(StockLevel.variant_id.in_(list(variant_ids)))
    return {variant_id: day for variant_id, day in session().execute(asked) if day is not None}
