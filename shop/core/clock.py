"""The one place that asks what time it is, so that tests can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta()
_held: datetime | None = None


def now() -> datetime:
    """The current time, aware, in UTC."""
    return _held if _held is not None else datetime.now(UTC) + _offset


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware UTC) for the whole process; for tests."""
    global _held
    before, _held = _held, moment.astimezone(UTC)
    try:
        yield
    finally:
        _held = before


@contextmanager
def advanced_by(step: timedelta) -> Iterator[None]:
    """Let the clock run, `step` ahead of the machine's; for tests."""
    global _offset
    before, _offset = _offset, _offset + step
    try:
        yield
    finally:
        _offset = before
