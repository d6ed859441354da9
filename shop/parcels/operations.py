"""Writes of parcels. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session, table
from shop.parcels.models import Hold, LabelSender, Parcel, ParcelLine, ShelfPlace
from shop.parcels.rules import Sender, hold_reason, shelf_place


def pack(order_id: str, units: Mapping[int, int], *, actor: str) -> str:
    """A parcel with so many units of each order line; its id."""
    parcel_id = codes.new_id()
    session().execute(
        insert(table(Parcel)).values(
            id=parcel_id,
            order_id=order_id,
            state="packed",
            carrier="",
            tracking="",
            packed_by=actor,
            packed_at=clock.now(),
        )
    )
    rows = [{"parcel_id": parcel_id, "order_line_id": line, "quantity": units[line]} for line in sorted(units)]
    session().execute(insert(table(ParcelLine)), rows)
    return parcel_id


def send(parcel_id: str, *, carrier: str, tracking: str, actor: str) -> bool:
    """It leaves; False when it was not packed (any more)."""
    leaving = update(table(Parcel)).where(Parcel.id == parcel_id, Parcel.state == "packed")
    told = {"state": "sent", "carrier": carrier, "tracking": tracking, "sent_by": actor, "sent_at": clock.now()}
    return rows_changed(session().execute(leaving.values(**told))) == 1


def open_again(parcel_id: str) -> bool:
    """Its units go back to be packed; False when it was not packed (any more)."""
    opened = update(table(Parcel)).where(Parcel.id == parcel_id, Parcel.state == "packed")
    return rows_changed(session().execute(opened.values(state="opened"))) == 1


def hold(order_id: str, *, kind: str, reason: str, actor: str) -> bool:
    """Keep an order back; False when it is on hold already. Raises Invalid."""
    row = {"order_id": order_id, "kind": kind, "reason": hold_reason(kind, reason)}
    return insert_once(Hold, row | {"placed_by": actor, "placed_at": clock.now()})


def release(order_id: str, *, actor: str) -> bool:
    """Let it go on; False when it was not on hold (any more)."""
    ended = update(table(Hold)).where(Hold.order_id == order_id, Hold.released_at.is_(None))
    return rows_changed(session().execute(ended.values(released_by=actor, released_at=clock.now()))) == 1


def put_at(variant_id: int, place: str) -> None:
    """Say where a variant lies; nothing said forgets it. Raises Invalid."""
    said = shelf_place(place)
    session().execute(delete(table(ShelfPlace)).where(ShelfPlace.variant_id == variant_id))
    if said:
        session().execute(insert(table(ShelfPlace)).values(variant_id=variant_id, place=said))


def set_sender(sender: Sender) -> None:
    """Say what stands on labels."""
    values = {"name": sender.name, "plain_name": sender.plain_name, "address": sender.address}
    if not insert_once(LabelSender, values | {"id": 1}):
        session().execute(update(table(LabelSender)).values(**values))
