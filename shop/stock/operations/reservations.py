"""Units put aside for orders: held, released, sold. All assume an open transaction.

Selling is guarded: each variant's row is changed by one statement that carries its own condition, in the order of
ids, so two buyers of the last unit cannot both win and two carts with the same tees cannot wait for each other. Units
that are to come are sold by the same statement, which looks at the cap of their pre-order as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import Executable, Update, update

from shop.core.database import insert_rows, rows_changed, session, table
from shop.core.prepared import prepared
from shop.stock.models import Reservation, StockLevel
from shop.stock.operations import OutOfStock, level_row
from shop.stock.queries import AVAILABLE, available_of
from shop.stock.rules import Beyond

NONE_BEYOND: Mapping[int, Beyond] = MappingProxyType({})


def hold(wants: Mapping[int, int], beyond: Mapping[int, Beyond] = NONE_BEYOND, *, today: date | None = None) -> None:
    """Put units aside for a payment, all or none: raises OutOfStock and the transaction takes everything back.

    Of what is wanted, `beyond` are places in the pre-orders that are open `today` and promise the same day.
    """
    for variant_id, quantity in sorted(wants.items()):
        if (more := beyond.get(variant_id)) is not None:
            assert today is not None  # noqa: S101  # whoever knows what is beyond the shelf knows the day
            held = _hold_beyond(variant_id, quantity - more.units, more.units, more.ships_by, today)
        else:
            held = _hold(variant_id, quantity)
        if rows_changed(held) == 0:
            raise OutOfStock(variant_id)


@prepared
def _hold(variant_id: int, quantity: int) -> Update:
    """The guard: no unit is promised twice because the row that says how many there are says no."""
    return level_row(variant_id).where(quantity <= AVAILABLE).values(held=StockLevel.held + quantity)


@prepared
def _hold_beyond(variant_id: int, there: int, more: int, ships_by: date, today: date) -> Update:
    """The guard of a pre-order: the row that says how many are promised says no beyond its cap, and to another day."""
    room = StockLevel.preordered + more <= StockLevel.preorder_cap
    open_still = (StockLevel.ships_by == ships_by, StockLevel.order_until >= today)
    row = level_row(variant_id).where(there <= AVAILABLE, room, *open_still)
    return row.values(held=StockLevel.held + there, preordered=StockLevel.preordered + more)


def let_go(units: Mapping[int, int]) -> None:
    """Free units of `hold` that no order was ever noted for."""
    for variant_id, quantity in sorted(units.items()):
        _unhold(variant_id, quantity)


def note_hold(
    order_id: str, wants: Mapping[int, int], beyond: Mapping[int, Beyond] = NONE_BEYOND, *, until: datetime
) -> None:
    """Write down for which order the units of `hold` are; apart from it, because the order row comes between."""
    alike = {"order_id": order_id, "state": "held", "expires_at": until}
    more = {variant: beyond[variant].units if variant in beyond else 0 for variant in wants}
    rows = [
        alike | {"variant_id": variant, "quantity": quantity, "awaited": more[variant], "preordered": more[variant]}
        for variant, quantity in sorted(wants.items())
    ]
    insert_rows(Reservation, *rows)


def release(order_id: str) -> bool:
    """Give back what an order holds; False when it held nothing (any more)."""
    given_back = _turn(order_id, "held", "released")
    for variant_id, quantity, preordered in given_back:
        if preordered:
            _unhold_beyond(variant_id, quantity - preordered, preordered)
        else:
            _unhold(variant_id, quantity)
    if any(preordered for _variant, _quantity, preordered in given_back):
        theirs = update(Reservation).where(Reservation.order_id == order_id, Reservation.state == "released")
        session().execute(theirs.values(awaited=0, preordered=0).execution_options(synchronize_session=False))
    return bool(given_back)


def commit(order_id: str) -> list[int] | None:
    """The order is paid: what it holds is its own now. None when it held nothing; else the variants of which some units
    are to come.
    """
    sold = _turn(order_id, "held", "committed")
    for variant_id, quantity, preordered in sold:
        if quantity > preordered:
            _sell(variant_id, quantity - preordered)
    return [variant_id for variant_id, _quantity, preordered in sold if preordered] if sold else None


@prepared
def _unhold(variant_id: int, quantity: int) -> Update:
    return level_row(variant_id).values(held=StockLevel.held - quantity)


@prepared
def _unhold_beyond(variant_id: int, there: int, more: int) -> Update:
    return level_row(variant_id).values(held=StockLevel.held - there, preordered=StockLevel.preordered - more)


@prepared
def _sell(variant_id: int, quantity: int) -> Update:
    return level_row(variant_id).values(held=StockLevel.held - quantity, committed=StockLevel.committed + quantity)


def commit_again(order_id: str, promised: Mapping[int, date] = MappingProxyType({})) -> None:
    """Paid after its hold was given back: take the units once more if they are free, else raise OutOfStock.

    Variants that were `promised` to leave by a day may take places in a pre-order that keeps it, the levels locked.
    """
    for variant_id, quantity, _none in _turn(order_id, "released", "committed"):
        guarded = level_row(variant_id).where(quantity <= AVAILABLE).values(committed=StockLevel.committed + quantity)
        if rows_changed(session().execute(guarded)) == 1:
            continue
        if variant_id not in promised:
            raise OutOfStock(variant_id)
        _commit_beyond(order_id, variant_id, quantity, promised[variant_id])


def _commit_beyond(order_id: str, variant_id: int, quantity: int, by: date) -> None:
    there = max(available_of([variant_id])[variant_id], 0)
    more = quantity - there
    room = StockLevel.preordered + more <= StockLevel.preorder_cap
    guarded = level_row(variant_id).where(there <= AVAILABLE, room, StockLevel.ships_by <= by)
    added = {"committed": StockLevel.committed + there, "preordered": StockLevel.preordered + more}
    if rows_changed(session().execute(guarded.values(**added))) == 0:
        raise OutOfStock(variant_id)
    theirs = update(Reservation).where(Reservation.order_id == order_id, Reservation.variant_id == variant_id)
    session().execute(theirs.values(awaited=more, preordered=more).execution_options(synchronize_session=False))


def _turn(order_id: str, before: str, after: str) -> list[tuple[int, int, int]]:
    """Move an order's reservations from one state to the next; variant, quantity and pre-ordered of those that did."""
    return sorted((row.variant_id, row.quantity, row.preordered) for row in _turned(order_id, before, after))


@prepared
def _turned(order_id: str, before: str, after: str) -> Executable:
    rows, kept = update(table(Reservation)), table(Reservation).c
    turned = rows.where(Reservation.order_id == order_id, Reservation.state == before).values(state=after)
    return turned.returning(kept.variant_id, kept.quantity, kept.preordered)
