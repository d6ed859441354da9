"""A clock that stands still until a test moves it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from shop.core import clock

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class HeldClock:
    """Holds the store's clock; `forward` and `set_to` move it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.set_to(START)

    @property
    def now(self) -> datetime:
        return clock.now()

    def set_to(self, moment: datetime) -> None:
        self._stack.enter_context(clock.held_at(moment))

    def forward(self, step: timedelta | None = None, **parts: float) -> None:
        """By a timedelta, or in its words: `forward(minutes=31)`."""
        self.set_to(clock.now() + (step or timedelta(**parts)))
