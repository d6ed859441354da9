"""The audit log, as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from shop.core.columns import AnySelect, Json
from shop.core.database import session
from shop.staff.models import AuditEntry
from shop.staff.rules.audit import canonical

PAGE = 100


@dataclass(frozen=True, slots=True)
class Search:
    """Words that stand in who, what or of what; `since` inclusive, `until` exclusive."""

    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry."""

    position: int
    actor: str
    action: str
    subject: str
    details: Json
    origin: str
    happened_at: datetime
    hash: str

    @property
    def told(self) -> str:
        """The details on one line."""
        return canonical(self.details) if self.details else ""

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """Field, before and after, where the entry tells of both."""
        before, after = self.details.get("before"), self.details.get("after")
        if not isinstance(before, dict) or not isinstance(after, dict):
            return []
        return [(name, before.get(name, ""), after.get(name, "")) for name in {**before, **after}]

    @property
    def others(self) -> list[tuple[str, object]]:
        """What else it tells."""
        return [(name, value) for name, value in self.details.items() if not (self.changes and name in _BOTH)]


def entries(search: Search, *, page: int = 1) -> list[EntryRow]:
    """`PAGE` at a time, newest first."""
    newest = _wanted(search).order_by(AuditEntry.position.desc())
    return _read(newest.limit(PAGE).offset((page - 1) * PAGE))


def all_entries(search: Search) -> Iterator[EntryRow]:
    """All that fit, oldest first, in batches."""
    position = 0
    while rows := _read(
        _wanted(search).where(AuditEntry.position > position).order_by(AuditEntry.position).limit(1_000)
    ):
        yield from rows
        position = rows[-1].position


def _wanted(search: Search) -> AnySelect:
    wanted: AnySelect = _ENTRIES
    for word in search.words.lower().split():
        columns = (AuditEntry.actor, AuditEntry.action, AuditEntry.subject)
        wanted = wanted.where(or_(*(func.lower(column).contains(word, autoescape=True) for column in columns)))
    if search.since is not None:
        wanted = wanted.where(AuditEntry.happened_at >= search.since)
    return wanted if search.until is None else wanted.where(AuditEntry.happened_at < search.until)


def _read(statement: AnySelect) -> list[EntryRow]:
    return [EntryRow(*row) for row in session().execute(statement)]


_BOTH = ("before", "after")
_ENTRIES = select(
    AuditEntry.position,
    AuditEntry.actor,
    AuditEntry.action,
    AuditEntry.subject,
    AuditEntry.details,
    func.coalesce(AuditEntry.origin, ""),
    AuditEntry.happened_at,
    AuditEntry.hash,
)
