"""Writes of the stock room. All assume an open transaction.

Selling is guarded: each variant's row is changed by one statement that carries its own condition, in the order of
ids, so two buyers of the last unit cannot both win and two carts with the same tees cannot wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Executable, Update, bindparam, insert, select, update

from shop.core import clock
from shop.core.database import insert_many, insert_rows, rows_changed, session, table
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.languages import _
from shop.core.prepared import prepared
from shop.stock.models import Reservation, StockLevel, StockMovement
from shop.stock.queries import AVAILABLE
from shop.stock.rules import MOST_AT_ONCE


class OutOfStock(Conflict):
    """Less is available than was asked for; `variant_id` says of what."""

    def __init__(self, variant_id: int) -> None:
        super().__init__(_("Somebody was faster: there are not enough left in this size and colour."))
        self.variant_id = variant_id


class StaleCount(Conflict):
    """The number changed between seeing and correcting it; `on_hand` is what it is now."""

    def __init__(self, seen: int, on_hand: int) -> None:
        super().__init__(f"You saw {seen} on hand, but it is {on_hand} now. Look again before you correct it.")
        self.on_hand = on_hand


class Opening(Struct, frozen=True):
    """A variant to be counted from now on, and how many of it lie on the shelf."""

    variant_id: int
    product_id: int
    quantity: int


def open_level(*, variant_id: int, product_id: int) -> None:
    """Begin to count a variant, at zero."""
    session().add(
        StockLevel(variant_id=variant_id, product_id=product_id, on_hand=0, held=0, committed=0, unavailable=0)
    )
    session().flush()


def open_levels(openings: Sequence[Opening], *, reason: str, actor: str) -> None:
    """Begin to count many variants at once, as `open_level` and then `receive` do for one. Raises Invalid."""
    if any(not 0 <= opening.quantity <= MOST_AT_ONCE for opening in openings):
        raise Invalid(f"Enter how many there are: a whole number from 0 to {MOST_AT_ONCE}.", field="quantity")
    empty = {"held": 0, "committed": 0, "unavailable": 0}
    levels = [{"variant_id": one.variant_id, "product_id": one.product_id, "on_hand": one.quantity} for one in openings]
    insert_many(StockLevel, [level | empty for level in levels])
    said = {"kind": "received", "unavailable_change": 0, "reason": reason, "actor": actor, "moved_at": clock.now()}
    arrived = [{"variant_id": one.variant_id, "on_hand_change": one.quantity} for one in openings if one.quantity]
    if arrived:
        insert_many(StockMovement, [movement | said for movement in arrived])


def receive(*, variant_id: int, quantity: int, reason: str, actor: str) -> None:
    """More arrived. Raises Invalid for anything but 1 to `MOST_AT_ONCE`, NotFound for an unknown variant."""
    if not 0 < quantity <= MOST_AT_ONCE:
        raise Invalid(f"Enter how many arrived: a whole number from 1 to {MOST_AT_ONCE}.", field="quantity")
    move(variant_id=variant_id, kind="received", change=quantity, reason=reason, actor=actor)


def adjust(*, variant_id: int, change: int, reason: str, actor: str) -> None:
    """Correct what is on hand by `change`, up or down. Raises OutOfStock when promised units would be missing."""
    if not 0 < abs(change) <= MOST_AT_ONCE:
        raise Invalid("Enter by how many it changes, such as 3 or -2.", field="change")
    move(variant_id=variant_id, kind="adjusted", change=change, reason=reason, actor=actor)


def count(*, variant_id: int, counted: int, seen: int, reason: str, actor: str) -> None:
    """Set what is on hand to what was counted. Raises StaleCount when it is no longer the number `seen`."""
    if not 0 <= counted <= MOST_AT_ONCE:
        raise Invalid(f"Enter what you counted: a whole number from 0 to {MOST_AT_ONCE}.", field="counted")
    on_hand = _lock(variant_id)
    if on_hand != seen:
        raise StaleCount(seen, on_hand)
    if counted != on_hand:
        move(variant_id=variant_id, kind="counted", change=counted - on_hand, reason=reason, actor=actor)


def lock_levels(variant_ids: Iterable[int]) -> None:
    """Keep the levels of several variants from others, in the order of their ids, until the transaction ends.

    For whoever changes levels in more than one step: what comes after may touch them in any order, and two such
    cannot wait for each other. Decision 55 has the order of all locks.
    """
    if wanted := sorted(set(variant_ids)):
        session().execute(_LOCKED, {"wanted": wanted}).all()


_LOCKED = (
    select(StockLevel.variant_id)
    .where(StockLevel.variant_id.in_(bindparam("wanted", expanding=True)))
    .order_by(StockLevel.variant_id)
    .with_for_update()
)


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


def take_back(*, variant_id: int, quantity: int, damaged: bool, order_id: str, actor: str) -> None:
    """Sent units came back: onto the shelf, or kept aside when damaged."""
    kept = quantity if damaged else 0
    session().execute(
        level_row(variant_id).values(on_hand=StockLevel.on_hand + quantity, unavailable=StockLevel.unavailable + kept)
    )
    session().execute(
        insert(StockMovement).values(
            variant_id=variant_id,
            kind="damaged" if damaged else "returned",
            on_hand_change=quantity,
            unavailable_change=kept,
            reason="Came back damaged" if damaged else "Came back",
            actor=actor,
            order_id=order_id,
            moved_at=clock.now(),
        )
    )


def _turn(order_id: str, before: str, after: str) -> list[tuple[int, int]]:
    """Move an order's reservations from one state to the next; the (variant, quantity) pairs that did move."""
    return sorted((row.variant_id, row.quantity) for row in _turned(order_id, before, after))


@prepared
def _turned(order_id: str, before: str, after: str) -> Executable:
    rows = update(table(Reservation)).where(Reservation.order_id == order_id, Reservation.state == before)
    return rows.values(state=after).returning(table(Reservation).c.variant_id, table(Reservation).c.quantity)


def move(*, variant_id: int, kind: str, change: int, reason: str, actor: str, order_id: str | None = None) -> None:
    """The one place that changes what is on hand: the level by a guarded statement, and the movement that says why."""
    guarded = level_row(variant_id).where(AVAILABLE + change >= 0).values(on_hand=StockLevel.on_hand + change)
    if rows_changed(session().execute(guarded)) == 0:
        _lock(variant_id)
        raise OutOfStock(variant_id)
    session().execute(
        insert(StockMovement).values(
            variant_id=variant_id,
            kind=kind,
            on_hand_change=change,
            unavailable_change=0,
            reason=reason,
            actor=actor,
            order_id=order_id,
            moved_at=clock.now(),
        )
    )


def _lock(variant_id: int) -> int:
    """What is on hand, with the row kept from others until the transaction ends; raises NotFound."""
    locked = select(StockLevel.on_hand).where(StockLevel.variant_id == variant_id).with_for_update()
    on_hand = session().execute(locked).scalar_one_or_none()
    if on_hand is None:
        raise NotFound("There is no such variant.")
    return on_hand


def level_row(variant_id: int) -> Update:
    """An update of a variant's level, to be guarded."""
    return update(table(StockLevel)).where(StockLevel.variant_id == variant_id)
