"""Reads of purchasing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, case, func, select

from shop.core.database import session
from shop.core.errors import NotFound
from shop.purchasing.models import PurchaseLine, PurchaseOrder

_LEFT: ColumnElement[int] = case(
    (PurchaseLine.ordered > PurchaseLine.received, PurchaseLine.ordered - PurchaseLine.received), else_=0
)


class PurchaseRow(Struct, frozen=True):
    """A delivery with its sums, in units."""

    id: int
    supplier: str
    reference: str
    expected_on: date | None
    state: str
    placed_by: str
    placed_at: datetime
    ordered: int
    received: int
    damaged: int


class LineRow(Struct, frozen=True):
    """A line of a delivery."""

    variant_id: int
    ordered: int
    received: int
    damaged: int

    @property
    def outstanding(self) -> int:
        return max(self.ordered - self.received, 0)


class Expected(Struct, frozen=True):
    """So many of a variant that are to come."""

    purchase_id: int
    supplier: str
    expected_on: date | None
    units: int


def incoming(variant_ids: Iterable[int]) -> dict[int, int]:
    """Units still to come by variant; absent where none are."""
    return _incoming(PurchaseLine.variant_id, variant_ids)


def all_incoming() -> dict[int, int]:
    """The same for every variant."""
    return _incoming(PurchaseLine.variant_id, None)


def incoming_by_product(product_ids: Iterable[int]) -> dict[int, int]:
    """The same by product."""
    return _incoming(PurchaseLine.product_id, product_ids)


def expected_for(variant_id: int) -> list[Expected]:
    """Deliveries that are to bring this variant, the soonest first."""
    return expected_for_all([variant_id]).get(variant_id, [])


def expected_for_all(variant_ids: Iterable[int]) -> dict[int, list[Expected]]:
    """The same by variant."""
    of = PurchaseLine.variant_id
    asked = select(of, PurchaseOrder.id, PurchaseOrder.supplier, PurchaseOrder.expected_on, _LEFT).join(
        PurchaseLine, PurchaseLine.purchase_id == PurchaseOrder.id
    )
    rows = session().execute(
        asked.where(PurchaseOrder.state == "ordered", of.in_(list(variant_ids)), _LEFT > 0).order_by(
            PurchaseOrder.expected_on.is_(None), PurchaseOrder.expected_on, PurchaseOrder.id
        )
    )
    found: dict[int, list[Expected]] = {}
    for variant_id, purchase_id, supplier, expected_on, left in rows:
        found.setdefault(variant_id, []).append(Expected(purchase_id, supplier, expected_on, left))
    return found


def purchases(*, state: str, page: int, size: int) -> tuple[list[PurchaseRow], bool]:
    """A page of deliveries in a state, the soonest expected first (closed ones: the newest), and if there are more."""
    soonest = (PurchaseOrder.expected_on.is_(None), PurchaseOrder.expected_on, PurchaseOrder.id)
    order: tuple[Any, ...] = soonest if state == "ordered" else (PurchaseOrder.id.desc(),)
    rows = session().execute(
        _PURCHASES.where(PurchaseOrder.state == state).order_by(*order).limit(size + 1).offset((page - 1) * size)
    )
    found = [PurchaseRow(*tuple(row)) for row in rows]
    return found[:size], len(found) > size


def purchase(purchase_id: int) -> PurchaseRow:
    """Raises NotFound."""
    row = session().execute(_PURCHASES.where(PurchaseOrder.id == purchase_id)).first()
    if row is None:
        raise NotFound("There is no such delivery.")
    return PurchaseRow(*tuple(row))


def lines_of(purchase_id: int) -> list[LineRow]:
    """Its lines in the order they were entered."""
    rows = session().execute(
        select(PurchaseLine.variant_id, PurchaseLine.ordered, PurchaseLine.received, PurchaseLine.damaged)
        .where(PurchaseLine.purchase_id == purchase_id)
        .order_by(PurchaseLine.id)
    )
    return [LineRow(*row) for row in rows]


def suppliers() -> list[str]:
    """Everybody who was ordered from, by name."""
    return list(
        session()
        .execute(select(PurchaseOrder.supplier).distinct().order_by(PurchaseOrder.supplier).limit(100))
        .scalars()
    )


def _incoming(by: Any, ids: Iterable[int] | None) -> dict[int, int]:
    asked = select(by, func.sum(_LEFT)).join(PurchaseOrder, PurchaseOrder.id == PurchaseLine.purchase_id)
    open_lines = asked.where(PurchaseOrder.state == "ordered", _LEFT > 0)
    rows = session().execute((open_lines if ids is None else open_lines.where(by.in_(list(ids)))).group_by(by))
    return {key: int(units) for key, units in rows}


_PURCHASES = (
    select(
        PurchaseOrder.id,
        PurchaseOrder.supplier,
        PurchaseOrder.reference,
        PurchaseOrder.expected_on,
        PurchaseOrder.state,
        PurchaseOrder.placed_by,
        PurchaseOrder.placed_at,
        func.coalesce(func.sum(PurchaseLine.ordered), 0),
        func.coalesce(func.sum(PurchaseLine.received), 0),
        func.coalesce(func.sum(PurchaseLine.damaged), 0),
    )
    .outerjoin(PurchaseLine, PurchaseLine.purchase_id == PurchaseOrder.id)
    .group_by(PurchaseOrder.id)
)
