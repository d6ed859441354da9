"""Every press at the staff's door that changed something: did it leave an entry, and did the entry say what changed?

Found by listening to the database, so that a new address is watched without being listed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g, request, request_finished, request_started
from sqlalchemy import event, select

from shop.core.database import db
from shop.staff.models import AuditEntry

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
# What a press may write without an entry of its own, and why.
UNTOLD = {
    "staff_sign_ins": "that somebody is there, or proved it again; signing in is told",
    "staff_throttles": "tries that failed",
    "staff_preferences": "one's own keys",
    "saved_views": "one's own lists",
    "staff_passkeys": "how often a device answered; that one is added or removed is told",
    "staff_seen_pages": "a look, which is told",
    "stock_takes": "how far a count is; that it begins and ends is told",
    "campaign_revisions": "a copy of a text whose saving is told",
    "count_lines": "a count in progress; it is told when it is posted",
    "campaign_drafts": "a working copy; it is told when it is saved by hand",
    "documents": "a proof is kept before its payout is entered, which is told",
    "outbox_jobs": "promises follow from what is told",
    "audit_entries": "the log itself",
    "audit_head": "the log itself",
    "site_edition": "a counter that caches look at",
}
# Entries of what happened rather than of what is different now: there are no fields to compare.
DEEDS = {
    "staff.signed_in",
    "staff.sign_ins_ended",
    "staff.password_changed",
    "staff.password_chosen",
    "staff.password_link",
    "staff.recovery_codes_renewed",
    "letter.tested",
    "person.erased",
    "order.note_read",
    "order.readdressed",
}

LOOKS = (".viewed", ".exported", ".read")


@dataclass
class Presses:
    """What was pressed: addresses that changed something, and what was wrong with them."""

    changed: set[str] = field(default_factory=set)
    untold: list[str] = field(default_factory=list)
    without_fields: list[str] = field(default_factory=list)
    read: int = 0


@contextmanager
def presses_watched(app: Flask) -> Iterator[Presses]:
    """While it lasts, every POST below /admin is watched."""
    found = Presses()

    def begin(_app: Flask, **_rest: Any) -> None:
        g.written, g.committed = set(), set()

    def end(_app: Flask, response: Any, **_rest: Any) -> None:
        if request.method == "POST" and request.path.startswith("/admin") and request.url_rule and "written" in g:
            _judge(found, str(request.url_rule), g.committed)

    with _database_heard(), request_started.connected_to(begin, app), request_finished.connected_to(end, app):
        yield found


@contextmanager
def _database_heard() -> Iterator[None]:
    listeners: dict[str, Callable[..., None]] = {"after_cursor_execute": _note, "commit": _keep, "rollback": _lose}
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine, name, listener)


def _note(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
    if cursor.rowcount and (match := WRITES.match(statement)) and g and "written" in g:
        g.written.add(match[1])


def _keep(_connection: Any) -> None:
    if g and "written" in g:
        g.committed |= g.written


def _lose(_connection: Any) -> None:
    if g and "written" in g:
        g.written = set()


def _judge(found: Presses, rule: str, committed: set[str]) -> None:
    changed = committed - UNTOLD.keys()
    if changed:
        found.changed.add(rule)
    if changed and "audit_entries" not in committed:
        found.untold.append(f"{rule} wrote {sorted(changed)}")
    if "audit_entries" in committed:
        found.without_fields += [f"{rule}: {action}" for action in _newest_without_fields(found)]


def _newest_without_fields(found: Presses) -> list[str]:
    """Actions of new entries that say nothing of before and after, and are no deeds."""
    newer = select(AuditEntry.position, AuditEntry.action, AuditEntry.details).where(AuditEntry.position > found.read)
    with db.engine.connect() as connection:
        rows = connection.execute(newer.order_by(AuditEntry.position)).all()
    found.read = rows[-1].position
    told = [(action, details.keys()) for _, action, details in rows if not action.endswith(LOOKS)]
    return [action for action, names in told if action not in DEEDS and not names >= {"before", "after"}]
