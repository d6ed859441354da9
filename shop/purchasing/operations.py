"""Writes of purchasing. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, insert, update

from shop.core import clock
from shop.core.database import insert_many, insert_once, rows_changed, session, table
from shop.core.errors import Conflict, Invalid
from shop.purchasing.models import PurchaseLine, PurchaseOrder

MOST_UNITS = 100_000  # of one line
MOST_LINES = 1_000


class ReceivedMeanwhile(Conflict):
    """Somebody else entered the same line; `variant_id` says which. Nothing was changed."""

    def __init__(self, variant_id: int) -> None:
        super().__init__("Somebody else entered part of this delivery meanwhile. Look at what is there now, then save.")
        self.variant_id = variant_id


class Wanted(Struct, frozen=True):
    """So many of a variant to be ordered."""

    variant_id: int
    product_id: int
    units: int


class Arrival(Struct, frozen=True):
    """What arrived of a variant, good and damaged; `seen` is what the page said had been received before."""

    variant_id: int
    product_id: int
    good: int
    damaged: int
    seen: int


def place(*, supplier: str, reference: str, expected_on: date | None, wanted: Sequence[Wanted], actor: str) -> int:
    """Note an order to a supplier; its id. Raises Invalid."""
    if not 0 < len(wanted) <= MOST_LINES or len({one.variant_id for one in wanted}) < len(wanted):
        raise Invalid("Enter at least one line, and each SKU once.", field="lines")
    if any(not 0 < one.units <= MOST_UNITS for one in wanted):
        raise Invalid(f"A line is for 1 to {MOST_UNITS:,} units.", field="lines")
    told = {"supplier": supplier, "reference": reference, "expected_on": expected_on, "state": "ordered"}
    made = insert(table(PurchaseOrder)).values(**told, placed_by=actor, placed_at=clock.now())
    purchase_id: int = session().execute(made.returning(table(PurchaseOrder).c.id)).scalar_one()
    none = {"purchase_id": purchase_id, "received": 0, "damaged": 0}
    lines = [{"variant_id": one.variant_id, "product_id": one.product_id, "ordered": one.units} for one in wanted]
    insert_many(PurchaseLine, [line | none for line in lines])
    return purchase_id


def note_arrivals(purchase_id: int, arrivals: Sequence[Arrival]) -> None:
    """Count up what lines received. Raises Conflict for a closed delivery, ReceivedMeanwhile, Invalid."""
    _hold_open(purchase_id)
    for one in sorted(arrivals, key=lambda arrival: arrival.variant_id):
        if min(one.good, one.damaged) < 0 or not 0 < one.good + one.damaged <= MOST_UNITS:
            raise Invalid(f"Enter how many arrived, from 0 to {MOST_UNITS:,}.")
        empty = {"ordered": 0, "received": 0, "damaged": 0}
        key = {"purchase_id": purchase_id, "variant_id": one.variant_id}
        if one.seen == 0:
            insert_once(PurchaseLine, key | {"product_id": one.product_id} | empty)
        line = update(PurchaseLine).where(
            PurchaseLine.purchase_id == purchase_id,
            PurchaseLine.variant_id == one.variant_id,
            _seen(one),
        )
        more = line.values(
            received=PurchaseLine.received + one.good + one.damaged, damaged=PurchaseLine.damaged + one.damaged
        )
        if rows_changed(session().execute(more)) == 0:
            raise ReceivedMeanwhile(one.variant_id)


def _seen(one: Arrival) -> ColumnElement[bool]:
    """The guard: nobody entered anything since the page was read, so a second press adds nothing."""
    return PurchaseLine.received == one.seen


def take_back(purchase_id: int, *, variant_id: int, units: int, damaged: int) -> None:
    """A receipt was undone: these did not arrive, and the delivery is awaited again."""
    line = update(PurchaseLine).where(PurchaseLine.purchase_id == purchase_id, PurchaseLine.variant_id == variant_id)
    session().execute(line.values(received=PurchaseLine.received - units, damaged=PurchaseLine.damaged - damaged))
    again = update(PurchaseOrder).where(PurchaseOrder.id == purchase_id)
    session().execute(again.values(state="ordered", closed_at=None))


def close(purchase_id: int) -> None:
    """Nothing more will come. Raises Conflict when it was closed already."""
    _hold_open(purchase_id)
    done = update(PurchaseOrder).where(PurchaseOrder.id == purchase_id)
    session().execute(done.values(state="closed", closed_at=clock.now()))


def change_expected(purchase_id: int, *, expected_on: date | None) -> None:
    """Another day, or none that is known. Raises Conflict for a closed delivery."""
    _hold_open(purchase_id)
    session().execute(update(PurchaseOrder).where(PurchaseOrder.id == purchase_id).values(expected_on=expected_on))


def _hold_open(purchase_id: int) -> None:
    """Take the delivery's row for this transaction, if it is open."""
    mine = update(PurchaseOrder).where(PurchaseOrder.id == purchase_id, PurchaseOrder.state == "ordered")
    if rows_changed(session().execute(mine.values(state="ordered"))) == 0:
        raise Conflict("This delivery was closed already.")
