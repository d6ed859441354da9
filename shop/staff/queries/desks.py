"""What members of staff chose for themselves."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from shop.core.database import session
from shop.staff.models import Preferences, SavedView


class View(Struct, frozen=True):
    """A list of orders that somebody comes back to; `asked` is the query of its address."""

    id: int
    name: str
    asked: str


class Desk(Struct, frozen=True):
    """What a member of staff chose for themselves."""

    shortcuts: bool
    views: list[View]


def desk_of(member_id: int) -> Desk:
    """What a member chose for themselves; two statements."""
    chosen = select(Preferences.shortcuts).where(Preferences.member_id == member_id)
    on = session().execute(chosen).scalar_one_or_none()
    saved = select(SavedView.id, SavedView.name, SavedView.asked).where(SavedView.member_id == member_id)
    rows = session().execute(saved.order_by(SavedView.name))
    return Desk(shortcuts=on is not False, views=[View(*row) for row in rows])
