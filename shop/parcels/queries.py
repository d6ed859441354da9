"""Reads of parcels, batched by ids."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session, table
from shop.core.errors import NotFound
from shop.parcels.models import Hold, LabelSender, Parcel, ParcelLine, ShelfPlace
from shop.parcels.rules import HoldFacts, ParcelFacts, Sender


def parcel(parcel_id: str) -> ParcelFacts:
    """One parcel; raises NotFound."""
    found = _with_units(select(table(Parcel)).where(table(Parcel).c.id == parcel_id))
    if not found:
        raise NotFound("There is no such parcel.")
    return found[0]


def parcels_of(order_id: str) -> list[ParcelFacts]:
    """An order's parcels that were not opened again, in the order in which they were packed."""
    return parcels_of_all([order_id]).get(order_id, [])


def parcels_of_all(order_ids: Iterable[str]) -> dict[str, list[ParcelFacts]]:
    """The same by order id; one statement."""
    parcels = table(Parcel).c
    closed = select(table(Parcel)).where(parcels.order_id.in_(list(order_ids)), parcels.state != "opened")
    grouped: dict[str, list[ParcelFacts]] = {}
    for facts in _with_units(closed.order_by(parcels.packed_at, parcels.id)):
        grouped.setdefault(facts.order_id, []).append(facts)
    return grouped


def holds_on(order_ids: Iterable[str]) -> dict[str, HoldFacts]:
    """The holds that are not released, by order id."""
    rows = session().execute(
        select(Hold.order_id, Hold.kind, Hold.reason, Hold.placed_by, Hold.placed_at).where(
            Hold.order_id.in_(list(order_ids)), Hold.released_at.is_(None)
        )
    )
    return {row.order_id: HoldFacts(*row) for row in rows}


def places(variant_ids: Iterable[int]) -> dict[int, str]:
    """Where variants lie; those without a place are absent."""
    rows = session().execute(
        select(ShelfPlace.variant_id, ShelfPlace.place).where(ShelfPlace.variant_id.in_(list(variant_ids)))
    )
    return dict(rows.all())


def label_sender() -> Sender | None:
    """What labels say, once somebody has said so."""
    row = session().execute(select(LabelSender.name, LabelSender.plain_name, LabelSender.address)).one_or_none()
    return None if row is None else Sender(*row)


def last_carrier(member: str) -> str:
    """With whom this person sent last; empty for nobody yet."""
    theirs = select(Parcel.carrier).where(Parcel.sent_by == member, Parcel.carrier != "")
    return session().execute(theirs.order_by(Parcel.sent_at.desc()).limit(1)).scalar_one_or_none() or ""


def _with_units(wanted: AnySelect) -> list[ParcelFacts]:
    """Parcels, in the order asked for, with their lines: one statement."""
    parcels, lines = table(Parcel), table(ParcelLine)
    both = wanted.add_columns(lines.c.order_line_id, lines.c.quantity).outerjoin(
        lines, lines.c.parcel_id == parcels.c.id
    )
    named = [column.name for column in parcels.c]
    found: dict[str, AnyRow] = {}
    units: dict[str, dict[int, int]] = {}
    for row in session().execute(both.order_by(lines.c.order_line_id)):
        found.setdefault(row.id, row)
        if row.order_line_id is not None:
            units.setdefault(row.id, {})[row.order_line_id] = row.quantity
    return [
        ParcelFacts(**{name: row._mapping[name] for name in named}, units=units.get(key, {}))
        for key, row in found.items()
    ]
