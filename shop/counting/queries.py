"""Reads of counting."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from shop.core.database import session
from shop.core.errors import NotFound
from shop.counting.models import CountLine, StockTake


class TakeRow(Struct, frozen=True):
    """A count, and how many sizes and units were counted in it."""

    id: int
    name: str
    state: str
    begun_by: str
    begun_at: datetime
    ended_at: datetime | None
    lines: int
    units: int


class Counted(Struct, frozen=True):
    """A line of a count."""

    variant_id: int
    counted: int
    on_hand_then: int

    @property
    def variance(self) -> int:
        return self.counted - self.on_hand_then


def takes(*, page: int, size: int) -> tuple[list[TakeRow], bool]:
    """A page of counts, newest first, and whether there are more."""
    rows = session().execute(_TAKES.order_by(StockTake.id.desc()).limit(size + 1).offset((page - 1) * size))
    found = [TakeRow(*row) for row in rows]
    return found[:size], len(found) > size


def take(take_id: int) -> TakeRow:
    """Raises NotFound."""
    row = session().execute(_TAKES.where(StockTake.id == take_id)).first()
    if row is None:
        raise NotFound("There is no such count.")
    return TakeRow(*row)


def counted_in(take_id: int) -> list[Counted]:
    """Its lines, the one counted last at the end."""
    rows = session().execute(
        select(CountLine.variant_id, CountLine.counted, CountLine.on_hand_then)
        .where(CountLine.take_id == take_id)
        .order_by(CountLine.id)
    )
    return [Counted(*row) for row in rows]


_TAKES = (
    select(
        StockTake.id,
        StockTake.name,
        StockTake.state,
        StockTake.begun_by,
        StockTake.begun_at,
        StockTake.ended_at,
        func.count(CountLine.id),
        func.coalesce(func.sum(CountLine.counted), 0),
    )
    .outerjoin(CountLine, CountLine.take_id == StockTake.id)
    .group_by(StockTake.id)
)
