"""Promises: jobs written in the same transaction as their cause, kept by the worker until they are done.

A job is *waiting* until its time comes, *leased* while somebody works on it, then *done*; after `MOST_ATTEMPTS`
failures it is *dead* and shown to staff. A worker that dies loses its lease and another takes the job, so every
handler must be safe to run again. Kept in the shop's own database because it must commit with the order:
a queue beside it can lose the job or run it for an order that was rolled back.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Index, String, Text, UniqueConstraint, delete, func, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock, codes
from shop.core.again import again
from shop.core.columns import Document, Json, Key, Stamp, Word
from shop.core.database import Base, insert_once, rows_changed, session, transaction

MOST_ATTEMPTS = 10
LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
log = logging.getLogger(__name__)

Handler = Callable[[Json], None]


class Job(Base):
    """One promise. `state` is waiting, done or dead; a lease in the future means that it is being worked on."""

    __tablename__ = "outbox_jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index(
            "ix_outbox_jobs_due",
            "run_at",
            sqlite_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[Key]
    kind: Mapped[Word]
    key: Mapped[str] = mapped_column(String(120))
    payload: Mapped[Document]
    state: Mapped[Word]
    attempts: Mapped[int]
    run_at: Mapped[Stamp]
    lease: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[Stamp | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Stamp]
    finished_at: Mapped[Stamp | None]


class Leased(Struct, frozen=True):
    """A job in hand; `lease` proves that it is still ours when we report back."""

    id: int
    kind: str
    key: str
    payload: Json
    attempts: int
    lease: str


def promise(kind: str, *, key: str, payload: Json | None = None, run_at: datetime | None = None) -> bool:
    """Write a job in the open transaction; False when the same (kind, key) was promised before."""
    moment = clock.now()
    values = {"kind": kind, "key": key, "payload": payload or {}, "state": "waiting", "attempts": 0}
    return insert_once(Job, values | {"run_at": run_at or moment, "created_at": moment})


def drain(handlers: Mapping[str, Handler], *, most: int = 1_000) -> int:
    """Keep due promises until none is left (or `most` were tried); returns how many were tried."""
    tried = 0
    while tried < most and (batch := lease_due(limit=10)):
        for job in batch:
            keep(job, handlers)
        tried += len(batch)
    return tried


@again
def lease_due(*, limit: int) -> list[Leased]:
    """Take up to `limit` due jobs for `LEASE`; looks before it takes, so that idling never locks the database."""
    moment = clock.now()
    due = (Job.state == "waiting") & (Job.run_at <= moment) & or_(Job.leased_until.is_(None), Job.leased_until < moment)
    anything = session().execute(select(Job.id).where(due).limit(1)).first()
    session().rollback()
    if anything is None:
        return []
    lease = codes.new_id()
    first = select(Job.id).where(due).order_by(Job.run_at, Job.id).limit(limit).with_for_update(skip_locked=True)
    chosen = first.cte("chosen")  # which PostgreSQL asks once; a subquery it may ask for each row, and take them all
    take = (
        update(Job)
        .where(Job.id.in_(select(chosen.c.id)))
        .values(lease=lease, leased_until=moment + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.key, Job.payload, Job.attempts)
        .execution_options(synchronize_session=False)
    )
    with transaction() as current:
        rows = current.execute(take).all()
    return sorted((Leased(*row, lease=lease) for row in rows), key=lambda job: job.id)


def keep(job: Leased, handlers: Mapping[str, Handler]) -> None:
    """Do one job and report: done, or another try later, or dead. Never raises for what the handler raised."""
    try:
        handlers[job.kind](job.payload)
    except Exception as error:  # noqa: BLE001  # a job may fail in any way; it is recorded and tried again
        log.warning("job %s %s failed (attempt %s): %r", job.kind, job.key, job.attempts, error)
        session().rollback()
        _report(job, **_after_failure(job, error))
    else:
        _report(job, state="done", finished_at=clock.now(), last_error=None)


def revive(job_id: int) -> bool:
    """Give a dead job another round of attempts, inside the caller's transaction."""
    again = update(Job).where(Job.id == job_id, Job.state == "dead")
    return rows_changed(session().execute(again.values(state="waiting", attempts=0, run_at=clock.now()))) == 1


def forget_done(kinds: Collection[str], *, before: datetime) -> int:
    """Kept promises of these kinds that were done before then go, with the addresses in them; returns how many."""
    old = delete(Job).where(Job.kind.in_(kinds), Job.state == "done", Job.finished_at < before)
    return rows_changed(session().execute(old))


def waiting_and_dead() -> tuple[int, int]:
    """How many jobs wait and how many are dead, for health pages."""
    rows = session().execute(select(Job.state, func.count()).where(Job.state != "done").group_by(Job.state))
    counts = dict(rows.all())
    return counts.get("waiting", 0), counts.get("dead", 0)


def wait_before(attempt: int) -> timedelta:
    """2 s, 4 s, 8 s … at most an hour, each shortened by up to a half so that failures do not march in step."""
    longest: timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
    return longest * random.uniform(0.5, 1)  # noqa: S311  # jitter, not a secret


def _after_failure(job: Leased, error: Exception) -> Json:
    told = {"last_error": repr(error)[:2_000]}
    if job.attempts >= MOST_ATTEMPTS:
        return told | {"state": "dead", "finished_at": clock.now()}
    return told | {"run_at": clock.now() + wait_before(job.attempts)}


@again
def _report(job: Leased, **values: object) -> None:
    """Guarded by the lease: if it lapsed and another worker has the job, what we say no longer counts."""
    ours = update(Job).where(Job.id == job.id, Job.lease == job.lease)
    with transaction() as current:
        current.execute(ours.values(lease=None, leased_until=None, **values))
