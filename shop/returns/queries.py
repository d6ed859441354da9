"""Reads of returns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from shop.core.columns import Json
from shop.core.database import session
from shop.core.errors import NotFound
from shop.returns.models import Delay, Return, ReturnLine
from shop.returns.rules import DelayFacts, ReturnFacts

PAGE = 50


def return_by_id(return_id: str, *, lock: bool = False) -> ReturnFacts:
    """One request or withdrawal, its row kept from other writers with `lock`; raises NotFound."""
    wanted = select(Return).where(Return.id == return_id)
    found = _facts(wanted.with_for_update() if lock else wanted)
    if not found:
        raise NotFound("There is no such return.")
    return found[0]


def returns_of(order_id: str) -> list[ReturnFacts]:
    """What was asked about an order, oldest first."""
    return _facts(select(Return).where(Return.order_id == order_id).order_by(Return.asked_at, Return.id))


def waiting_of(order_id: str) -> list[ReturnFacts]:
    """Of those, what is not decided or not ended yet."""
    return [one for one in returns_of(order_id) if one.state in ("asked", "approved")]


def under_way(order_id: str) -> list[tuple[str, str]]:
    """Kind and state of the same, for who needs no more of it."""
    mine = select(Return.kind, Return.state).where(Return.order_id == order_id, Return.state.in_(("asked", "approved")))
    return [(kind, state) for kind, state in session().execute(mine.order_by(Return.asked_at, Return.id))]


def returns_board(*, page: int = 1) -> list[ReturnFacts]:
    """What waits first, then the newest; one more than a page."""
    done = Return.state.in_(("refused", "refunded"))
    wanted = select(Return).order_by(done, Return.asked_at.desc(), Return.id)
    return _facts(wanted.limit(PAGE + 1).offset((page - 1) * PAGE))


def delay_of(order_id: str) -> DelayFacts | None:
    """The newest word on a delay of an order."""
    told = select(Delay.leaves_by, Delay.reason, Delay.told_at).where(Delay.order_id == order_id)
    row = session().execute(told.order_by(Delay.id.desc()).limit(1)).one_or_none()
    return None if row is None else DelayFacts(*row)


def delays_of(order_ids: Iterable[str]) -> dict[str, date]:
    """By when orders leave whose buyers were told of a delay: the newest word on each."""
    told = select(Delay.order_id, Delay.leaves_by).where(Delay.order_id.in_(list(order_ids))).order_by(Delay.id)
    return dict(session().execute(told).all())


def _facts(wanted: Select[Any]) -> list[ReturnFacts]:
    rows: list[Return] = list(session().scalars(wanted.execution_options(populate_existing=True)))
    if not rows:
        return []
    columns = (ReturnLine.return_id, ReturnLine.order_line_id, ReturnLine.quantity, ReturnLine.reason)
    asked = select(*columns).where(ReturnLine.return_id.in_([row.id for row in rows])).order_by(ReturnLine.id)
    lines: dict[str, list[tuple[int, int, str]]] = {}
    for return_id, line_id, quantity, reason in session().execute(asked):
        lines.setdefault(return_id, []).append((line_id, quantity, reason))
    return [_fact(row, tuple(lines.get(row.id, ()))) for row in rows]


def _fact(row: Return, lines: tuple[tuple[int, int, str], ...]) -> ReturnFacts:
    plain: Json = {name: getattr(row, name) for name in ReturnFacts.__struct_fields__ if name != "lines"}
    return ReturnFacts(lines=lines, **plain)
