"""A read that is asked several times for one page, answered once.

Pages are put together by functions that do not know of each other: each asks for the facts that it needs. What one has
read, the next gets without asking the database again, until the read ends (`end_read`, or a write unit begins). Inside
of write units nothing is remembered: what a guarded statement changed must be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from shop.core.database import session, writing

P = ParamSpec("P")
T = TypeVar("T")
_ANSWERS = "read once"


def read_once(read: Callable[P, T]) -> Callable[P, T]:
    """`read` with its answers remembered within one read; its arguments are hashable, its answers never changed."""

    @wraps(read)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        if writing():
            return read(*args, **kwargs)
        answers: dict[Hashable, Any] = session().info.setdefault(_ANSWERS, {})
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = read(*args, **kwargs)
        found: T = answers[key]
        return found

    return answer


@event.listens_for(Session, "after_transaction_end")
def _forget(current: Session, _transaction: SessionTransaction) -> None:
    current.info.pop(_ANSWERS, None)
