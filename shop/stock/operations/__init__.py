"""Writes of the stock room: levels and movements here, what is put aside for orders in `reservations`.

All assume an open transaction, and every change is guarded: one statement a variant that carries its own condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import Update, bindparam, insert, select, update

from shop.core import clock
from shop.core.database import insert_many, rows_changed, session, table
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.languages import _
from shop.stock.models import StockLevel, StockMovement
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
