"""How often something may be done: counts kept in the database, so that every process and every restart knows them.

Words: a *rate* names what is counted (`purpose`), for whom (`subject`: a network, a mail domain, an address), how
many are free and within which time. Time is cut into windows of that length; each has one row, and one guarded
statement both asks and counts, so that many at once cannot slip through together. What is kept of the subject is a
hash, and rows go when their window has been over for a day. Everybody who limits strangers shares this table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from msgspec import Struct
from sqlalchemy import Executable, String, bindparam, delete
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.columns import Stamp
from shop.core.database import Base, dialect, rows_changed, run, session, table, upsert
from shop.core.errors import TooMany
from shop.core.languages import ngettext
from shop.core.logs import security

KEPT_FOR = timedelta(days=1)


class RateCount(Base):
    """How often one rate was used in one window; `key` is a hash of purpose, subject, length and window."""

    __tablename__ = "rate_counts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    used: Mapped[int]
    ends_at: Mapped[Stamp] = mapped_column(index=True)


class Rate(Struct, frozen=True):
    """`free` times within `within`, for one subject and one purpose."""

    purpose: str
    subject: str
    free: int
    within: timedelta

    def window(self, moment: datetime) -> int:
        """The number of the window that a moment lies in."""
        return int(moment.timestamp() // self.within.total_seconds())

    def key(self, moment: datetime) -> str:
        """Under which it is counted now."""
        length = int(self.within.total_seconds())
        parts = (self.purpose, self.subject, str(length), str(self.window(moment)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def ends_at(self, moment: datetime) -> datetime:
        """When the window of a moment is over."""
        return moment + self.within - timedelta(seconds=moment.timestamp() % self.within.total_seconds())


class UsedUp(TooMany):
    """Done too often; `wait` is how long until it is free again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(_told(wait))
        self.wait = wait


def use(rates: Iterable[Rate]) -> None:
    """Count one use of each, in the open transaction; raises UsedUp, and then nothing of the transaction stays."""
    moment = clock.now()
    for rate in sorted(rates, key=lambda one: one.key(moment)):  # one order for all, so that two never wait in a ring
        key = rate.key(moment)
        first = {"key": key, "used": 1, "ends_at": rate.ends_at(moment), "free": rate.free}
        if not rows_changed(run(_count(dialect()), first)):
            security("limit_reached", purpose=rate.purpose)
            raise UsedUp(rate.ends_at(moment) - moment)


@cache
def _count(engine: str) -> Executable:
    """The first use writes the row, and each one after it raises the count while something is free."""
    row = table(RateCount).c
    first = upsert(table(RateCount), engine).values({name: bindparam(name) for name in ("key", "used", "ends_at")})
    counted: Executable = first.on_conflict_do_update(
        index_elements=[row.key], set_={"used": row.used + 1}, where=row.used < bindparam("free")
    )
    return counted


def forget_old() -> int:
    """Remove the counts of windows long over, in the open transaction; returns how many."""
    over = delete(RateCount).where(RateCount.ends_at < clock.now() - KEPT_FOR)
    return rows_changed(session().execute(over))


def _told(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    if minutes < 90:
        return ngettext(
            "That was asked for too often from here. Please try again in %(num)s minute.",
            "That was asked for too often from here. Please try again in %(num)s minutes.",
            minutes,
        )
    hours = -(-minutes // 60)
    return ngettext(
        "That was asked for too often from here. Please try again in %(num)s hour.",
        "That was asked for too often from here. Please try again in %(num)s hours.",
        hours,
    )
