"""What a member of staff chose for themselves: saved views, and keys or none. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from shop.core.database import insert_once, rows_changed, session, table
from shop.core.errors import Invalid
from shop.staff.models import Preferences, SavedView

MOST_VIEWS = 12


def save_view(member_id: int, *, name: str, asked: str) -> bool:
    """Keep a list under a name; False when the name is taken. Raises Invalid."""
    said = " ".join(name.split())
    if not 0 < len(said) <= 40 or not said.isprintable() or len(asked) > 300:
        raise Invalid("Give it a name of 40 characters at most.", field="name")
    theirs = select(func.count()).where(SavedView.member_id == member_id)
    if session().execute(theirs).scalar_one() >= MOST_VIEWS:
        raise Invalid(f"{MOST_VIEWS} views are the most. Take one away first.", field="name")
    return insert_once(SavedView, {"member_id": member_id, "name": said, "asked": asked})


def drop_view(member_id: int, view_id: int) -> bool:
    """Forget one of one's own; False for anybody else's."""
    own = delete(table(SavedView)).where(SavedView.id == view_id, SavedView.member_id == member_id)
    return rows_changed(session().execute(own)) == 1


def choose_shortcuts(member_id: int, *, on: bool) -> None:
    """Single keys do something on lists, or nothing (WCAG 2.1.4)."""
    if not insert_once(Preferences, {"member_id": member_id, "shortcuts": on}):
        own = update(table(Preferences)).where(Preferences.member_id == member_id)
        session().execute(own.values(shortcuts=on))
