"""Committed units on their way out: sent, freed again, or swapped for another size. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.stock.models import Reservation, StockLevel
from shop.stock.operations import OutOfStock, level_row, lock_levels, move
from shop.stock.queries import AVAILABLE


def ship(order_id: str, *, units: Mapping[int, int], actor: str) -> None:
    """So many committed units of each variant left with a parcel, by a `sold` movement each.

    Raises OutOfStock for more than are committed and there.
    """
    for variant_id, quantity in _turn_some(order_id, units, "shipped"):
        session().execute(level_row(variant_id).values(committed=StockLevel.committed - quantity))
        move(variant_id=variant_id, kind="sold", change=-quantity, reason="Sent", actor=actor, order_id=order_id)


def uncommit_some(order_id: str, units: Mapping[int, int]) -> None:
    """So many of each variant will not be sent after all: they are free again. Raises OutOfStock for more than are
    committed.
    """
    for variant_id, quantity in sorted(units.items()):
        awaited, places = _free_awaited(order_id, variant_id, quantity)
        _turn_some(order_id, {variant_id: quantity}, "released")
        less = {"committed": StockLevel.committed - (quantity - awaited)}
        less |= {"preordered": StockLevel.preordered - places} if places else {}
        session().execute(level_row(variant_id).values(**less))


def swap(order_id: str, *, old: int, new: int, quantity: int) -> None:
    """Commit units of another variant in place of these. Raises OutOfStock where too few of the new one are free."""
    lock_levels([old, new])
    uncommit_some(order_id, {old: quantity})
    guarded = level_row(new).where(quantity <= AVAILABLE).values(committed=StockLevel.committed + quantity)
    if rows_changed(session().execute(guarded)) == 0:
        raise OutOfStock(new)
    theirs = update(Reservation).where(Reservation.order_id == order_id, Reservation.variant_id == new)
    more = theirs.where(Reservation.state == "committed").values(quantity=Reservation.quantity + quantity)
    again = theirs.values(state="committed", quantity=quantity)
    if rows_changed(session().execute(more)) == 0 and rows_changed(session().execute(again)) == 0:
        row = {"order_id": order_id, "variant_id": new, "quantity": quantity, "state": "committed"}
        insert_once(Reservation, row | {"expires_at": clock.now()})


def _free_awaited(order_id: str, variant_id: int, quantity: int) -> tuple[int, int]:
    """Of units that are not sent after all, those that were not there anyway come first; how many those are, and how
    many places of a pre-order are free with them. Lost ones go before those that are to come.
    """
    theirs = (Reservation.order_id == order_id, Reservation.variant_id == variant_id, Reservation.awaited > 0)
    asked = select(Reservation.awaited, Reservation.preordered).where(*theirs).with_for_update()
    row = session().execute(asked).one_or_none()
    if row is None:
        return 0, 0
    freed = min(row.awaited, quantity)
    left = min(row.preordered, row.awaited - freed)
    fewer = update(Reservation).where(*theirs).execution_options(synchronize_session=False)
    session().execute(fewer.values(awaited=row.awaited - freed, preordered=left))
    return freed, row.preordered - left


def _turn_some(order_id: str, units: Mapping[int, int], after: str) -> list[tuple[int, int]]:
    """So many committed units of each variant become `after`; the rest stays. Raises OutOfStock for more than are."""
    for variant_id, quantity in sorted(units.items()):
        theirs = update(Reservation).where(
            Reservation.order_id == order_id, Reservation.variant_id == variant_id, Reservation.state == "committed"
        )
        there = theirs.where(Reservation.quantity - Reservation.awaited >= quantity)
        fewer = there.where(Reservation.quantity > quantity).values(quantity=Reservation.quantity - quantity)
        none = there.where(Reservation.quantity == quantity).values(state=after)
        if rows_changed(session().execute(fewer)) == 0 and rows_changed(session().execute(none)) == 0:
            raise OutOfStock(variant_id)
    return sorted(units.items())
