"""Deliveries: ordered from a supplier, then received in parts: more or less than asked for, some of it damaged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.journeys.change_stock import make_change
from shop.purchasing import operations as purchasing
from shop.purchasing.operations import Arrival, Wanted
from shop.purchasing.queries import purchase
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences
from shop.stock.cells import Edit
from shop.stock.changes import Cause


@again
def order_delivery(
    *, supplier: str, reference: str, expected_on: date | None, wanted: Sequence[Wanted], actor: str
) -> int:
    """Note what was ordered; its id. Raises Invalid."""
    with transaction():
        purchase_id = purchasing.place(
            supplier=supplier, reference=reference, expected_on=expected_on, wanted=wanted, actor=actor
        )
        told = {"supplier": supplier, "reference": reference, "expected": expected_on}
        units = {f"variant {one.variant_id}": one.units for one in wanted}
        _audit(actor, "delivery.ordered", purchase_id, begun({**told, **units}))
    return purchase_id


@again
def receive_delivery(
    purchase_id: int, arrivals: Sequence[Arrival], *, note: str, close: bool, actor: str
) -> int | None:
    """What arrived goes on hand, damaged units kept aside, in one change; `close` says that nothing more will come.

    Raises Invalid, Conflict (closed), ReceivedMeanwhile, NotFound.
    """
    if not arrivals and not close:
        raise Invalid("Enter how many arrived of at least one line.")
    about = purchase(purchase_id)
    reason = f"{about.supplier} {about.reference}".strip() + (f": {note.strip()}" if note.strip() else "")
    with transaction():
        change_id = None
        if arrivals:
            purchasing.note_arrivals(purchase_id, arrivals)
            edits = [edit for one in arrivals for edit in _edits(one)]
            change_id = make_change(edits, Cause("received", reason[:200], actor, f"delivery {purchase_id}"))
        if close:
            purchasing.close(purchase_id)
            _audit(actor, "delivery.closed", purchase_id, differences({"state": about.state}, {"state": "closed"}))
    return change_id


@again
def expect_delivery(purchase_id: int, *, expected_on: date | None, actor: str) -> None:
    """It comes on another day. Raises Conflict when it was closed."""
    with transaction():
        was = purchase(purchase_id).expected_on
        purchasing.change_expected(purchase_id, expected_on=expected_on)
        _audit(actor, "delivery.expected", purchase_id, differences({"expected": was}, {"expected": expected_on}))


def _edits(one: Arrival) -> list[Edit]:
    arrived = [Edit(one.variant_id, "on_hand", one.good + one.damaged)]
    return [*arrived, Edit(one.variant_id, "damaged", one.damaged)] if one.damaged else arrived


def _audit(actor: str, action: str, purchase_id: int, details: Json) -> None:
    audit(actor=actor, action=action, subject=f"delivery {purchase_id}", details=details)
