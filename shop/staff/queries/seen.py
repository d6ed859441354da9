"""Whether somebody looked at a page today already, so that most looks write nothing."""

from __future__ import annotations

from sqlalchemy import select

from shop.core import clock
from shop.core.database import session
from shop.staff.models import SeenPage


def page_key(action: str, subject: str) -> str:
    """Under which a look is kept."""
    return f"{action} {subject}"[:200]


def looked_today(*, member_id: int, action: str, subject: str) -> bool:
    """Whether this person's look at this page is in the log of today."""
    mine = SeenPage.member_id == member_id, SeenPage.subject == page_key(action, subject)
    return session().execute(select(SeenPage.seen_on).where(*mine)).scalar_one_or_none() == clock.now().date()
