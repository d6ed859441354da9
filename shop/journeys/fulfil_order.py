"""From the shelf into a parcel, and out of the door: whole orders or parts of them, by one press or by scanning.

pack (units counted into a parcel)  ->  send (stock leaves, order sent when nothing waits, letter promised)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.core.outbox import promise
from shop.orders import packing
from shop.orders.operations import record
from shop.orders.queries import lines_of, locked
from shop.orders.rules import Line, OrderFacts
from shop.parcels import operations as parcels
from shop.parcels.queries import holds_on, parcel, parcels_of
from shop.parcels.rules import ParcelFacts
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended
from shop.stock.awaiting import awaited_by
from shop.stock.operations import lock_levels
from shop.stock.sending import ship

LONGEST = 80  # characters of a carrier's name and of a tracking number


@again
def pack_order(*, order_id: str, actor: str, units: Mapping[int, int] | None = None) -> str:
    """Pack so many units of each line, or all that are left; the parcel's id.

    Raises Conflict for an order that is not paid, is on hold or has nothing left to pack, PackedMeanwhile where
    somebody else was faster, Invalid for numbers that make no sense.
    """
    with transaction():
        return pack(locked(order_id), units, actor=actor)


@again
def unpack(*, parcel_id: str, actor: str) -> bool:
    """Open a parcel that has not left; False when it was opened or sent meanwhile."""
    order_id = parcel(parcel_id).order_id
    with transaction():
        facts = locked(order_id)
        known = parcel(parcel_id)
        if not parcels.open_again(parcel_id):
            return False
        packing.unpack_units(known.units)
        record(order_id, "unpacked", "The parcel was opened again.", actor=actor)
        audit(actor=actor, action="order.unpacked", subject=facts.number, details=ended({"parcel": parcel_id}))
    return True


@again
def send_parcel(*, parcel_id: str, actor: str, carrier: str = "", tracking: str = "") -> bool:
    """It leaves; False when it had left before. Raises Conflict when it was opened, or its order is on hold."""
    order_id = parcel(parcel_id).order_id
    with transaction():
        facts = locked(order_id)
        known = parcel(parcel_id)
        if known.state == "sent":
            return False
        send(facts, known, carrier=carrier, tracking=tracking, actor=actor)
    return True


@again
def fulfil_order(*, order_id: str, actor: str, carrier: str = "", tracking: str = "") -> bool:
    """Pack what is left and send every parcel; False when it was already. Raises Conflict for any other state."""
    with transaction():
        facts = locked(order_id)
        if facts.state == "fulfilled":
            return False
        if facts.kind != "sale" or facts.state != "paid":
            raise Conflict("Only a paid order can be sent.")
        lines = lines_of(order_id)
        lock_levels(line.variant_id for line in lines)  # of all parcels at once
        if any(line.to_pack for line in lines):
            pack(facts, None, actor=actor)
        for known in parcels_of(order_id):
            if known.state == "packed":
                send(facts, known, carrier=carrier, tracking=tracking, actor=actor)
    return True


def pack(facts: OrderFacts, units: Mapping[int, int] | None, *, actor: str) -> str:
    """The same in the open transaction, with the order's row locked."""
    if facts.kind != "sale" or facts.state != "paid":
        raise Conflict("Only a paid order can be packed.")
    _free(facts)
    lines = lines_of(facts.id)
    wanted = _wanted(lines, units)
    _there(facts, lines, wanted)
    packing.pack_units(wanted)
    parcel_id = parcels.pack(facts.id, wanted, actor=actor)
    said = in_words(lines, wanted)
    record(facts.id, "packed", f"Packed: {said}.", actor=actor)
    audit(actor=actor, action="order.packed", subject=facts.number, details=begun({"parcel": parcel_id, "units": said}))
    return parcel_id


def send(facts: OrderFacts, known: ParcelFacts, *, carrier: str, tracking: str, actor: str) -> None:
    """A packed parcel leaves, in the open transaction, with the order's row locked."""
    if max(len(carrier), len(tracking)) > LONGEST or not (carrier + tracking).isprintable():
        raise Invalid(f"Keep carrier and number under {LONGEST} characters.", field="tracking")
    _free(facts)
    if not parcels.send(known.id, carrier=carrier, tracking=tracking, actor=actor):
        raise Conflict("This parcel was opened meanwhile. Pack it again.")
    lines = lines_of(facts.id)
    packing.send_units(known.units)
    ship(facts.id, units=_by_variant(lines, known.units), actor=actor)
    whole = packing.finish(facts.id)
    with_carrier = f" with {carrier}" if carrier else ""
    number = f", tracking number {tracking}" if tracking else ""
    what = "Packed and sent" if whole else f"A part was sent ({in_words(lines, known.units)})"
    record(facts.id, "sent" if whole else "sent_part", f"{what}{with_carrier}{number}.", actor=actor)
    told = {"parcel": known.id, "carrier": carrier, "tracking": tracking}
    changed = differences({"parcel": "packed"}, {"parcel": "sent", "carrier": carrier, "tracking": tracking})
    audit(actor=actor, action="order.sent", subject=facts.number, details=changed | {"number": known.id})
    payload = {"kind": "order_sent" if whole else "part_sent", "order": facts.id, **told}
    promise("letter", key=f"sent:{known.id}", payload=payload)


def in_words(lines: Sequence[Line], units: Mapping[int, int]) -> str:
    """`2 × Look Closer Tee, Navy M; 1 × …`"""
    return "; ".join(
        f"{units[line.id]} × {line.title}, {line.colour} {line.size}" for line in lines if units.get(line.id)
    )


def _free(facts: OrderFacts) -> None:
    if (hold := holds_on([facts.id]).get(facts.id)) is not None:
        raise Conflict(f"{facts.number} is on hold ({hold.reason}). Release it first.")


def _there(facts: OrderFacts, lines: Sequence[Line], wanted: Mapping[int, int]) -> None:
    """Raises Conflict for units that the order waits for."""
    awaited = awaited_by([facts.id]).get(facts.id, {})
    for variant_id, units in _by_variant(lines, wanted).items():
        named = next(line for line in lines if line.variant_id == variant_id)
        to_pack = sum(line.to_pack for line in lines if line.variant_id == variant_id)
        if units > to_pack - awaited.get(variant_id, 0):
            missing = f"{awaited[variant_id]} × {named.title}, {named.colour} {named.size}"
            raise Conflict(f"{facts.number} waits for stock: {missing}. Pack the rest in part, or wait.")


def _wanted(lines: Sequence[Line], units: Mapping[int, int] | None) -> dict[int, int]:
    """What goes into the parcel by line id, checked against what is left."""
    left = {line.id: line.to_pack for line in lines if line.to_pack}
    if not left:
        raise Conflict("Everything of this order is packed already.")
    if units is None:
        return left
    for line_id, quantity in units.items():
        if not 0 <= quantity <= left.get(line_id, 0):
            raise Invalid(f"Pack from 0 to {left.get(line_id, 0)} of this.", field=f"units_{line_id}")
    wanted = {line_id: quantity for line_id, quantity in units.items() if quantity}
    if not wanted:
        raise Invalid("Choose at least one to pack.", field="form")
    return wanted


def _by_variant(lines: Sequence[Line], units: Mapping[int, int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for line in lines:
        if quantity := units.get(line.id, 0):
            sums[line.variant_id] = sums.get(line.variant_id, 0) + quantity
    return sums
