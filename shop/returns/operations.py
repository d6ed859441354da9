"""Writes of returns. All assume an open transaction."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import insert, select, update

from shop.core import clock, codes
from shop.core.database import rows_changed, session, table
from shop.core.languages import spoken
from shop.returns.models import Delay, Return, ReturnLine


class NewReturn(Struct, frozen=True):
    """What somebody asks or states."""

    order_id: str | None
    kind: str
    number: str
    name: str
    email: str
    words: str
    everything: bool
    gift_back: bool


def add_return(new: NewReturn, lines: tuple[tuple[int, int, str], ...] = ()) -> str:
    """Write it down as it was said; `lines` are (order line id, units, reason). Its id."""
    return_id = codes.new_id()
    told = asdict(new) | {"language": spoken().code, "asked_at": clock.now(), "answer": ""}
    session().execute(insert(table(Return)), told | {"id": return_id, "state": "asked"})
    rows = [
        {"return_id": return_id, "order_line_id": line_id, "quantity": units, "reason": reason}
        for line_id, units, reason in lines
    ]
    if rows:
        session().execute(insert(table(ReturnLine)), rows)
    return return_id


def decide_return(return_id: str, state: str, *, answer: str, actor: str) -> bool:
    """approved or refused; False when it was decided before."""
    waiting = update(Return).where(Return.id == return_id, Return.state == "asked")
    told = waiting.values(state=state, answer=answer, decided_at=clock.now(), decided_by=actor)
    return rows_changed(session().execute(told.execution_options(synchronize_session=False))) == 1


def close_return(return_id: str, *, actor: str) -> bool:
    """The money is decided; False when it was, or when it had been refused."""
    open_still = update(Return).where(Return.id == return_id, Return.state.in_(("asked", "approved")))
    told = open_still.values(state="refunded", decided_at=clock.now(), decided_by=actor)
    return rows_changed(session().execute(told.execution_options(synchronize_session=False))) == 1


def forget_people(*, before: datetime, most: int) -> int:
    """Returns that were decided before then stay without who asked and in which words; returns how many changed."""
    over = (Return.state.in_(("refused", "refunded")), Return.asked_at < before, Return.email != "")
    ids = list(session().execute(select(Return.id).where(*over).order_by(Return.id).limit(most)).scalars())
    blank = update(Return).where(Return.id.in_(ids)).values(name="", email="", words="", answer="")
    session().execute(blank.execution_options(synchronize_session=False))
    return len(ids)


def add_delay(order_id: str, *, leaves_by: date, reason: str, actor: str) -> None:
    """A buyer is told of a delay."""
    told = {"order_id": order_id, "leaves_by": leaves_by, "reason": reason, "told_by": actor, "told_at": clock.now()}
    session().execute(insert(table(Delay)), told)
