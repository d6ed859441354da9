"""Counting: in memory on the way of a page, into the table afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import date

from shop.core.database import dialect, session, table, upsert
from shop.visits.models import VisitCount

Key = tuple[date, str]


class Tally:
    """What a process counted since it last wrote it down; any thread may count."""

    def __init__(self) -> None:
        self._lock, self._counts = threading.Lock(), Counter[Key]()

    def count(self, day: date, step: str) -> None:
        """One more."""
        with self._lock:
            self._counts[day, step] += 1

    def taken(self) -> Mapping[Key, int]:
        """All of it, to be written down; the tally begins anew."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return counts


def add(counts: Mapping[Key, int]) -> None:
    """In the open transaction: add to what is there, in one statement, in one order for every process."""
    if not counts:
        return
    rows = [{"day": day, "step": step, "number": number} for (day, step), number in sorted(counts.items())]
    new = upsert(table(VisitCount), dialect()).values(rows)
    kept = table(VisitCount).c
    more = new.on_conflict_do_update(index_elements=["day", "step"], set_={"number": kept.number + new.excluded.number})
    session().execute(more)
