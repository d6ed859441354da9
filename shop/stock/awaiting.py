"""Sold units that are not there: lost after the sale or sold before they came, they wait for what comes next, the first
buyer first.

Whoever bought last waits first, and whoever bought first is served first. Writes assume an open transaction and lock
levels before reservations, both in the order of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from sqlalchemy import func, select, update

from shop.core.database import rows_changed, session
from shop.stock.models import Reservation, StockLevel
from shop.stock.operations import level_row
from shop.stock.preorders import use_places
from shop.stock.queries import AVAILABLE

_WAITS = (Reservation.awaited > 0, Reservation.state == "committed")


class Awaited(Struct, frozen=True):
    """Units of a variant that an order waits for, or waited for."""

    order_id: str
    variant_id: int
    units: int


def await_units(variant_id: int, units: int, *, spared: Mapping[str, int]) -> list[Awaited]:
    """Of so many sold units nothing is there any more; whose they are, as far as there are such.

    `spared` units of an order are in a parcel already, so they cannot be what is missing.
    """
    moved, left = [], units
    rows = session().execute(
        select(Reservation.id, Reservation.order_id, Reservation.quantity, Reservation.awaited)
        .where(Reservation.variant_id == variant_id, Reservation.state == "committed")
        .order_by(Reservation.id.desc())
        .with_for_update()
    )
    for row in rows.all():
        taken = min(left, max(row.quantity - row.awaited - spared.get(row.order_id, 0), 0))
        if taken:
            _await(row.id, taken)
            moved.append(Awaited(row.order_id, variant_id, taken))
            left -= taken
    freed = units - left
    session().execute(level_row(variant_id).values(committed=StockLevel.committed - freed))
    return moved


def serve(variant_id: int) -> list[Awaited]:
    """What is available goes to orders that wait for it, guarded unit by unit; what each was given."""
    rows = session().execute(
        select(Reservation.id, Reservation.order_id, Reservation.awaited, Reservation.preordered)
        .where(Reservation.variant_id == variant_id, *_WAITS)
        .order_by(Reservation.id)
    )
    served = []
    for row in rows.all():
        given = next((units for units in range(row.awaited, 0, -1) if _commit(variant_id, units)), 0)
        if not given:
            break
        came = min(given, row.preordered)
        if not _await(row.id, -given, preordered=-came):  # somebody else served it meanwhile
            session().execute(level_row(variant_id).values(committed=StockLevel.committed - given))
            continue
        if came:
            use_places(variant_id, came)
        served.append(Awaited(row.order_id, variant_id, given))
    return served


def awaited_variants(variant_ids: Iterable[int] | None = None) -> list[int]:
    """Variants that orders wait for, of these or of all."""
    asked = select(Reservation.variant_id).where(*_WAITS).distinct()
    if variant_ids is not None:
        asked = asked.where(Reservation.variant_id.in_(list(variant_ids)))
    return sorted(session().execute(asked).scalars())


def awaited_by(order_ids: Iterable[str]) -> dict[str, dict[int, int]]:
    """Units by order and variant that are waited for."""
    rows = session().execute(
        select(Reservation.order_id, Reservation.variant_id, Reservation.awaited)
        .where(Reservation.order_id.in_(list(order_ids)), *_WAITS)
        .order_by(Reservation.id)
    )
    found: dict[str, dict[int, int]] = {}
    for order_id, variant_id, units in rows:
        found.setdefault(order_id, {})[variant_id] = units
    return found


def orders_waiting() -> list[str]:
    """Orders of which units are waited for, the first buyer first."""
    asked = select(Reservation.order_id).where(*_WAITS).group_by(Reservation.order_id)
    return list(session().execute(asked.order_by(func.min(Reservation.id))).scalars())


def holders_of(variant_id: int) -> list[str]:
    """Orders to which units of a variant are committed."""
    asked = select(Reservation.order_id).where(Reservation.variant_id == variant_id, Reservation.state == "committed")
    return list(session().execute(asked.order_by(Reservation.id)).scalars())


def _await(reservation_id: int, units: int, *, preordered: int = 0) -> bool:
    after, sold_so = Reservation.awaited + units, Reservation.preordered + preordered
    row = update(Reservation).where(Reservation.id == reservation_id, after >= 0, after <= Reservation.quantity)
    row = row.where(sold_so >= 0, sold_so <= after)
    kept = row.where(Reservation.state == "committed").execution_options(synchronize_session=False)
    return rows_changed(session().execute(kept.values(awaited=after, preordered=sold_so))) == 1


def _commit(variant_id: int, units: int) -> bool:
    guarded = level_row(variant_id).where(units <= AVAILABLE).values(committed=StockLevel.committed + units)
    return rows_changed(session().execute(guarded)) == 1
