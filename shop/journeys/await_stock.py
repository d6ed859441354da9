"""Orders wait for stock by themselves: what was lost after its sale moves the newest of them to waiting, and whatever
comes next brings the oldest back. Everything here runs in an open transaction but `keep_waiting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.orders.operations import record
from shop.orders.queries import lines_of_all
from shop.stock.awaiting import Awaited, await_units, awaited_by, awaited_variants, holders_of, serve
from shop.stock.cells import Edit
from shop.stock.changes import short_by
from shop.stock.queries import available_of, levels

LOST = frozenset({"counted", "written_off"})  # kinds of changes that say what is, whatever was promised


def make_room(edits: Sequence[Edit], *, actor: str) -> list[Edit]:
    """What these edits take from sold units waits from now on; safety stock is used first, by edits that are returned.

    Whatever is still short, because a payment is on its way or it is kept back, is refused when the edits are made.
    """
    used: list[Edit] = []
    waiting: dict[str, list[Awaited]] = {}
    for variant_id, units in short_by(edits).items():
        spare = min(levels([variant_id])[variant_id].safety_stock, units)
        used += [Edit(variant_id, "safety_stock", -spare)] if spare else []
        if units > spare:
            for one in await_units(variant_id, units - spare, spared=_in_parcels(variant_id)):
                waiting.setdefault(one.order_id, []).append(one)
    for order_id, moved in sorted(waiting.items()):
        record(order_id, "stock_lost", f"Waits for stock: {_named(order_id, moved)}.", actor=actor)
    return used


def serve_waiting(variant_ids: Iterable[int], *, actor: str) -> int:
    """What is free of these goes to the orders that wait for it, the first buyer first; how many orders were served."""
    given: dict[str, list[Awaited]] = {}
    for variant_id in awaited_variants(variant_ids):
        for one in serve(variant_id):
            given.setdefault(one.order_id, []).append(one)
    still = awaited_by(given)
    for order_id, units in sorted(given.items()):
        ends = "It waits for the rest." if order_id in still else "Nothing is missing any more."
        record(order_id, "stock_came", f"Back from waiting: {_named(order_id, units)}. {ends}", actor=actor)
    return len(given)


@again
def keep_waiting() -> int:
    """Whatever came free by itself, as from a payment page that ended, goes to orders that wait. Safe at any time."""
    waited = awaited_variants()
    free = sorted(one for one, units in available_of(waited).items() if units > 0) if waited else []
    end_read()
    if not free:
        return 0
    with transaction():
        return serve_waiting(free, actor="system")


def _in_parcels(variant_id: int) -> dict[str, int]:
    """Units of a variant by order that are packed and have not left."""
    found: dict[str, int] = {}
    for order_id, lines in lines_of_all(holders_of(variant_id)).items():
        packed = sum(one.packed_quantity - one.sent_quantity for one in lines if one.variant_id == variant_id)
        found |= {order_id: packed} if packed else {}
    return found


def _named(order_id: str, units: Sequence[Awaited]) -> str:
    lines = {one.variant_id: one for one in lines_of_all([order_id]).get(order_id, [])}
    named = [(one.units, lines[one.variant_id]) for one in units if one.variant_id in lines]
    return "; ".join(f"{count} × {line.title}, {line.colour} {line.size}" for count, line in named)
