"""Promises that wait and promises that failed too often, for the people who look after them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.core.database import session
from shop.core.outbox import Job


class JobRow(Struct, frozen=True):
    """One promise; `last_error` is what its last try ended with."""

    id: int
    kind: str
    key: str
    attempts: int
    run_at: datetime
    last_error: str | None
    created_at: datetime
    finished_at: datetime | None


def jobs_that_are(state: str, *, limit: int = 100) -> list[JobRow]:
    """Jobs in a state (waiting, dead), the next due first."""
    rows = session().execute(
        select(
            Job.id,
            Job.kind,
            Job.key,
            Job.attempts,
            Job.run_at,
            Job.last_error,
            Job.created_at,
            Job.finished_at,
        )
        .where(Job.state == state)
        .order_by(Job.run_at, Job.id)
        .limit(limit)
    )
    return [JobRow(*row) for row in rows]
