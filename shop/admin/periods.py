"""Which time a report is about, and the time that it is compared with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

LENGTHS: Mapping[str, tuple[str, int]] = {
    "7": ("7 days", 7),
    "30": ("30 days", 30),
    "90": ("90 days", 90),
    "365": ("a year", 365),
}
COMPARED: Mapping[str, str] = {"before": "the time before", "year": "a year earlier", "none": "nothing"}
LONGEST = 1_100  # days
USUAL = "30"


class Period(Struct, frozen=True):
    """Whole days (UTC), both included; `length` and `compared` are what was chosen, `custom` for typed days."""

    first: date
    last: date
    length: str
    compared: str

    @property
    def days(self) -> list[date]:
        """Each day of it."""
        return [self.first + timedelta(days=at) for at in range((self.last - self.first).days + 1)]

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), UTC)

    @property
    def before(self) -> Period | None:
        """The time it is compared with; None for nothing."""
        back = {"before": timedelta(days=len(self.days)), "year": timedelta(days=364)}.get(self.compared)
        return None if back is None else Period(self.first - back, self.last - back, self.length, "none")


def period_of(asked: Mapping[str, str], today: date) -> Period:
    """What `?days=30&compare=before` or `?days=custom&from=…&to=…` means; anything else is the usual."""
    compared = asked.get("compare", "before")
    compared = compared if compared in COMPARED else "before"
    if asked.get("days") == "custom":
        first, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
        if first and last and first <= last and (last - first).days < LONGEST:
            return Period(first, last, "custom", compared)
    length = asked.get("days", USUAL)
    length = length if length in LENGTHS else USUAL
    return Period(today - timedelta(days=LENGTHS[length][1] - 1), today, length, compared)


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None
