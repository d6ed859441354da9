"""Units put aside for orders: held, released, sold. All assume an open transaction.

Selling is guarded: each variant's row is changed by one statement that carries its own condition, in the order of
ids, so two buyers of the last unit cannot both win and two carts with the same tees cannot wait for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Executable, Update, update

from shop.core.database import insert_rows, rows_changed, session, table
from shop.core.prepared import prepared
from shop.stock.models import Reservation, StockLevel
from shop.stock.operations import OutOfStock, level_row
from shop.stock.queries import AVAILABLE


def hold(wants: Mapping[int, int]) -> None:
    """Put units aside for a payment, all or none: raises OutOfStock and the transaction takes everything back."""
    for variant_id, quantity in sorted(wants.items()):
        if rows_changed(_hold(variant_id, quantity)) == 0:
            raise OutOfStock(variant_id)


@prepared
def _hold(variant_id: int, quantity: int) -> Update:
    """The guard: no unit is promised twice because the row that says how many there are says no."""
    return level_row(variant_id).where(quantity <= AVAILABLE).values(held=StockLevel.held + quantity)


def let_go(units: Mapping[int, int]) -> None:
    """Free units of `hold` that no order was ever noted for."""
    for variant_id, quantity in sorted(units.items()):
        _unhold(variant_id, quantity)


def note_hold(order_id: str, wants: Mapping[int, int], *, until: datetime) -> None:
    """Write down for which order the units of `hold` are; apart from it, because the order row comes between."""
    rows = [
        {"order_id": order_id, "variant_id": variant, "quantity": quantity, "state": "held", "expires_at": until}
        for variant, quantity in sorted(wants.items())
    ]
    insert_rows(Reservation, *rows)


def release(order_id: str) -> bool:
    """Give back what an order holds; False when it held nothing (any more)."""
    given_back = _turn(order_id, "held", "released")
    let_go(dict(given_back))
    return bool(given_back)


def commit(order_id: str) -> bool:
    """The order is paid: what it holds is its own now; False when it held nothing."""
    sold = _turn(order_id, "held", "committed")
    for variant_id, quantity in sold:
        _sell(variant_id, quantity)
    return bool(sold)


@prepared
def _unhold(variant_id: int, quantity: int) -> Update:
    return level_row(variant_id).values(held=StockLevel.held - quantity)


@prepared
def _sell(variant_id: int, quantity: int) -> Update:
    return level_row(variant_id).values(held=StockLevel.held - quantity, committed=StockLevel.committed + quantity)


def commit_again(order_id: str) -> None:
    """Paid after its hold was given back: take the units once more if they are free, else raise OutOfStock."""
    for variant_id, quantity in _turn(order_id, "released", "committed"):
        guarded = level_row(variant_id).where(quantity <= AVAILABLE).values(committed=StockLevel.committed + quantity)
        if rows_changed(session().execute(guarded)) == 0:
            raise OutOfStock(variant_id)


def _turn(order_id: str, before: str, after: str) -> list[tuple[int, int]]:
    """Move an order's reservations from one state to the next; the (variant, quantity) pairs that did move."""
    return sorted((row.variant_id, row.quantity) for row in _turned(order_id, before, after))


@prepared
def _turned(order_id: str, before: str, after: str) -> Executable:
    rows = update(table(Reservation)).where(Reservation.order_id == order_id, Reservation.state == before)
    return rows.values(state=after).returning(table(Reservation).c.variant_id, table(Reservation).c.quantity)
