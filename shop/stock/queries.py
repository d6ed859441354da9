"""Reads of the stock room, batched by ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import func, literal_column, select

from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session
from shop.core.prepared import prepared
from shop.stock.models import Reservation, StockChange, StockLevel, StockMovement
from shop.stock.rules import Level, Salable, salable

AVAILABLE = StockLevel.on_hand - StockLevel.held - StockLevel.committed - StockLevel.unavailable
GONE = literal_column("0") == AVAILABLE  # in the words of a partial index, which no bound value would match


class Movement(Struct, frozen=True):
    """One line of a variant's history; `on_hand_after` and `unavailable_after` are running totals.

    `change_id` and `about` lead to what was changed together with it: "delivery 12", "count 3".
    """

    id: int
    kind: str
    on_hand_change: int
    unavailable_change: int
    on_hand_after: int
    reason: str
    actor: str
    order_id: str | None
    moved_at: datetime
    kept_as: str | None
    unavailable_after: int
    change_id: int | None
    about: str | None


def available_of(variant_ids: Iterable[int]) -> dict[int, int]:
    """Available units by variant id; a variant without a level is absent."""
    return dict(map(tuple, _available(list(variant_ids))))


@prepared
def _available(variant_ids: list[int]) -> AnySelect:
    return select(StockLevel.variant_id, AVAILABLE).where(StockLevel.variant_id.in_(variant_ids))


PREORDER = (StockLevel.preorder_cap, StockLevel.preordered, StockLevel.ships_by, StockLevel.order_until)


def salable_of(variant_ids: Iterable[int], *, today: date) -> dict[int, Salable]:
    """What can be sold by variant id, from the shelf and beyond; `today` is the day where the store is."""
    return {row[0]: salable(*row[1:], today=today) for row in _salable(list(variant_ids))}


@prepared
def _salable(variant_ids: list[int]) -> AnySelect:
    return select(StockLevel.variant_id, AVAILABLE, *PREORDER).where(StockLevel.variant_id.in_(variant_ids))


def levels(variant_ids: Iterable[int]) -> dict[int, Level]:
    """The full numbers by variant id."""
    rows = session().execute(_LEVELS.where(StockLevel.variant_id.in_(list(variant_ids))))
    return {row.variant_id: Level(*row) for row in rows}


def all_levels() -> dict[int, Level]:
    """The numbers of every variant."""
    return {row.variant_id: Level(*row) for row in session().execute(_LEVELS)}


def levels_by_id(variant_ids: Iterable[int], *, lock: bool) -> dict[int, Level]:
    """As `levels`, in the order of ids; `lock` keeps the rows from others until the transaction ends."""
    asked = _LEVELS.where(StockLevel.variant_id.in_(sorted(variant_ids))).order_by(StockLevel.variant_id)
    rows = session().execute(asked.with_for_update() if lock else asked)
    return {row.variant_id: Level(*row) for row in rows}


def history(variant_id: int, *, limit: int = 200) -> list[Movement]:
    """Why the number is what it is: every movement, newest first, with the running total after each."""
    total = func.sum(StockMovement.on_hand_change).over(order_by=StockMovement.id)
    kept_back = func.sum(StockMovement.unavailable_change).over(order_by=StockMovement.id)
    rows: Iterable[AnyRow] = session().execute(
        select(
            StockMovement.id,
            StockMovement.kind,
            StockMovement.on_hand_change,
            StockMovement.unavailable_change,
            total,
            StockMovement.reason,
            StockMovement.actor,
            StockMovement.order_id,
            StockMovement.moved_at,
            StockMovement.kept_as,
            kept_back,
            StockMovement.change_id,
            StockChange.about,
        )
        .outerjoin(StockChange, StockChange.id == StockMovement.change_id)
        .where(StockMovement.variant_id == variant_id)
        .order_by(StockMovement.id.desc())
        .limit(limit)
    )
    return [Movement(*tuple(row)) for row in rows]


def held_for(order_id: str) -> dict[int, tuple[int, int]]:
    """Units by variant that an order holds while its payment is awaited: from the shelf, and of what is to come."""
    held = select(Reservation.variant_id, Reservation.quantity - Reservation.preordered, Reservation.preordered)
    rows = session().execute(held.where(Reservation.order_id == order_id, Reservation.state == "held"))
    return {variant_id: (there, preordered) for variant_id, there, preordered in rows}


_LEVELS = select(
    StockLevel.variant_id,
    StockLevel.on_hand,
    StockLevel.held,
    StockLevel.committed,
    StockLevel.unavailable,
    StockLevel.quality_hold,
    StockLevel.safety_stock,
    StockLevel.preordered,
    StockLevel.preorder_cap,
)
