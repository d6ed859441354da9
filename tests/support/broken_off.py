"""As if PostgreSQL broke off every write unit once, at its end: whatever passes without it must pass with it.

`pytest --broken-off` runs any test like that. What a second try finds changed (a list that the first one filled, a
form that it emptied, a stream that it read) or what was sent twice then shows as a failure of that test.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from shop.core import again


class Deadlock(Exception):
    """As psycopg tells of it."""

    sqlstate = "40P01"


@contextmanager
def each_broken_off_once() -> Iterator[list[str]]:
    """Filled with the name of each function that was run again."""
    broken: list[str] = []
    tried: set[int] = set()

    def break_off(current: Session) -> None:
        unit = _write_unit(current)
        if unit is None:
            return
        name, frame = unit
        if frame in tried:
            tried.discard(frame)
            return
        tried.add(frame)
        broken.append(name)
        raise OperationalError("COMMIT", {}, Deadlock())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "LONGEST_WAIT", 0)
        event.listen(Session, "before_commit", break_off)
        try:
            yield broken
        finally:
            event.remove(Session, "before_commit", break_off)


def _write_unit(current: Session) -> tuple[str, int] | None:
    """The innermost function that is repeated, by its name and its `again`; None outside of one and for reads."""
    if current.in_nested_transaction() or not current.connection().get_execution_options().get("write_unit"):
        return None
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]  # None ends it
        if frame.f_code.co_filename == again.__file__ and frame.f_code.co_name == "tried":
            return frame.f_locals["act"].__name__, id(frame)
    return None
