"""Writes of counting. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import insert, update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session, table
from shop.core.errors import Conflict, Invalid
from shop.counting.models import CountLine, StockTake

MOST = 100_000


def begin(*, name: str, actor: str) -> int:
    """Start a count; its id. Raises Invalid."""
    said = " ".join(name.split())[:200]
    if not said:
        raise Invalid("Say what you count, such as “Shelf 3”.", field="name")
    made = insert(table(StockTake)).values(name=said, state="open", begun_by=actor, begun_at=clock.now())
    take_id: int = session().execute(made.returning(table(StockTake).c.id)).scalar_one()
    return take_id


def add(take_id: int, *, variant_id: int, units: int, on_hand: int) -> None:
    """So many more were counted, with `on_hand` believed now. Two scanners add up. Raises Conflict, Invalid."""
    _hold_open(take_id)
    if not 0 < units <= MOST:
        raise Invalid(f"Enter how many, from 1 to {MOST:,}.", field="units")
    key = {"take_id": take_id, "variant_id": variant_id}
    insert_once(CountLine, key | {"counted": 0, "on_hand_then": on_hand})
    line = update(CountLine).where(CountLine.take_id == take_id, CountLine.variant_id == variant_id)
    session().execute(line.values(counted=CountLine.counted + units, on_hand_then=on_hand))


def correct(take_id: int, *, variant_id: int, counted: int, seen: int | None, on_hand: int) -> None:
    """Replace a line's number, `seen` before; None for one that had none. Raises Conflict, Invalid."""
    _hold_open(take_id)
    if not 0 <= counted <= MOST:
        raise Invalid(f"Enter what you counted, from 0 to {MOST:,}.")
    if seen is None:
        values = {"take_id": take_id, "variant_id": variant_id, "counted": counted, "on_hand_then": on_hand}
        if insert_once(CountLine, values):
            return
    line = update(CountLine).where(
        CountLine.take_id == take_id, CountLine.variant_id == variant_id, CountLine.counted == seen
    )
    if rows_changed(session().execute(line.values(counted=counted, on_hand_then=on_hand))) == 0:
        raise Conflict("Somebody else counted the same meanwhile. Look at what is there now, then save.")


def end(take_id: int, *, to: str) -> None:
    """Posted or dropped, once. Raises Conflict."""
    _hold_open(take_id)
    session().execute(update(StockTake).where(StockTake.id == take_id).values(state=to, ended_at=clock.now()))


def _hold_open(take_id: int) -> None:
    mine = update(StockTake).where(StockTake.id == take_id, StockTake.state == "open")
    if rows_changed(session().execute(mine.values(state="open"))) == 0:
        raise Conflict("This count is over.")
