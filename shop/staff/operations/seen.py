"""Looks at what is private: each is an entry of the audit log, one a day for each person and page."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import insert_once, rows_changed, session, table
from shop.staff.models import SeenPage
from shop.staff.operations.audit import record
from shop.staff.queries.seen import page_key

KEPT = timedelta(days=30)  # after which an entry of one's own is written at the next look, as it would be anyway


def record_look(*, member_id: int, actor: str, action: str, subject: str, details: Json) -> bool:
    """In the open transaction: record it unless this person did the same today already; whether it was recorded."""
    today = clock.now().date()
    known = {"member_id": member_id, "subject": page_key(action, subject)}
    if not insert_once(SeenPage, known | {"seen_on": today}):
        row = table(SeenPage)
        mine = update(row).where(row.c.member_id == member_id, row.c.subject == known["subject"], row.c.seen_on < today)
        if rows_changed(session().execute(mine.values(seen_on=today))) == 0:
            return False
    record(actor=actor, action=action, subject=subject, details=details)
    return True


def forget_looks() -> int:
    """In the open transaction: what is older than `KEPT` goes; the audit log stays. How many rows."""
    row = table(SeenPage)
    return rows_changed(session().execute(delete(row).where(row.c.seen_on < clock.now().date() - KEPT)))
