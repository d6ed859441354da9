"""Which units of an order are in parcels and which have left, and what may still be changed. All assume an open
transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Update, exists, update

from shop.core.columns import Json
from shop.core.database import rows_changed, session, table
from shop.core.errors import Conflict
from shop.orders.models import Order, OrderLine
from shop.orders.operations import become


class PackedMeanwhile(Conflict):
    """Somebody else was faster with this order."""

    def __init__(self) -> None:
        super().__init__("Somebody changed or packed this order meanwhile. Look at it again.")


def pack_units(units: Mapping[int, int]) -> None:
    """Count units into a parcel, by line id, all or none; raises PackedMeanwhile where fewer are left to pack."""
    for line_id, quantity in sorted(units.items()):
        room = OrderLine.packed_quantity + quantity <= OrderLine.quantity - OrderLine.returned_quantity
        _count(_line(line_id).where(room).values(packed_quantity=OrderLine.packed_quantity + quantity))


def unpack_units(units: Mapping[int, int]) -> None:
    """Take them out again."""
    for line_id, quantity in sorted(units.items()):
        room = OrderLine.packed_quantity - quantity >= OrderLine.sent_quantity
        _count(_line(line_id).where(room).values(packed_quantity=OrderLine.packed_quantity - quantity))


def send_units(units: Mapping[int, int]) -> None:
    """They left."""
    for line_id, quantity in sorted(units.items()):
        room = OrderLine.sent_quantity + quantity <= OrderLine.packed_quantity
        _count(_line(line_id).where(room).values(sent_quantity=OrderLine.sent_quantity + quantity))


def finish(order_id: str) -> bool:
    """The order is fulfilled once a part of it left and nothing waits; False while something does."""
    lines = table(OrderLine).c
    theirs = lines.order_id == order_id
    waits = exists().where(theirs, lines.quantity - lines.returned_quantity > lines.sent_quantity)
    left = exists().where(theirs, lines.sent_quantity > 0)
    ready = update(table(Order)).where(Order.id == order_id, Order.state == "paid", left, ~waits)
    return rows_changed(session().execute(ready.values(state=Order.state))) == 1 and become(order_id, "fulfilled")


def swap_line(line_id: int, *, seen: int, variant_id: int, sku: str, colour: str, size: str) -> None:
    """Another variant in place of the one `seen`, for a line of which nothing is packed or given back; what it
    has from now on is on the shelf, whatever day was promised for the other.

    Raises PackedMeanwhile.
    """
    untouched = (OrderLine.variant_id == seen, OrderLine.packed_quantity == 0, OrderLine.returned_quantity == 0)
    another = {"variant_id": variant_id, "sku": sku, "colour": colour, "size": size, "ships_by": None}
    _count(_line(line_id).where(*untouched).values(**another))


def readdress(order_id: str, ship_to: Json) -> None:
    """Another address for a paid order of which nothing is packed. Raises PackedMeanwhile."""
    packed = exists().where(table(OrderLine).c.order_id == order_id, table(OrderLine).c.packed_quantity > 0)
    row = update(table(Order)).where(Order.id == order_id, Order.state == "paid", ~packed)
    _count(row.values(ship_to=ship_to))


def _line(line_id: int) -> Update:
    return update(table(OrderLine)).where(OrderLine.id == line_id)


def _count(guarded: Update) -> None:
    if rows_changed(session().execute(guarded)) == 0:
        raise PackedMeanwhile
