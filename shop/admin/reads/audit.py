"""The audit log, as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, not_, or_, select

from shop.core.columns import AnySelect, Json
from shop.core.database import session
from shop.staff.models import AuditEntry
from shop.staff.rules.audit import canonical

PAGE = 100
KINDS = {"all": "Everything", "changes": "Changes", "looks": "Looks and exports"}
LOOKS = (".viewed", ".read", ".exported")


class Search(Struct, frozen=True):
    """Words that stand in who, what or of what; a kind of `KINDS`; `since` inclusive, `until` exclusive."""

    words: str = ""
    kind: str = "all"
    since: datetime | None = None
    until: datetime | None = None


class EntryRow(Struct, frozen=True):
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
    def what(self) -> str:
        """The action in words."""
        return _words(self.action).capitalize()

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Field, before and after, where the entry tells of both; nothing is an empty text."""
        before, after = self.details.get("before"), self.details.get("after")
        if not isinstance(before, dict) or not isinstance(after, dict):
            return []
        return [(_words(name), said(before.get(name)), said(after.get(name))) for name in {**before, **after}]

    @property
    def others(self) -> list[tuple[str, str]]:
        """What else it tells."""
        rest = ((name, value) for name, value in self.details.items() if name not in _BOTH)
        return [(_words(name), said(value)) for name, value in rest if value not in (None, "", [], {})]


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
    looks = or_(*(AuditEntry.action.endswith(ending, autoescape=True) for ending in LOOKS))
    if search.kind in ("looks", "changes"):
        wanted = wanted.where(looks if search.kind == "looks" else not_(looks))
    if search.since is not None:
        wanted = wanted.where(AuditEntry.happened_at >= search.since)
    return wanted if search.until is None else wanted.where(AuditEntry.happened_at < search.until)


def _read(statement: AnySelect) -> list[EntryRow]:
    return [EntryRow(*row) for row in session().execute(statement)]


def said(value: object) -> str:
    """A value of an entry as a person reads it; empty for nothing."""
    if isinstance(value, dict):
        return "; ".join(f"{_words(str(name))}: {said(one)}" for name, one in value.items() if one not in (None, ""))
    if isinstance(value, list):
        return ", ".join(f"({said(one)})" if isinstance(one, dict) else said(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _words(name: str) -> str:
    return name.replace(".", " ").replace("_", " ")


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
