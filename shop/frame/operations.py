"""Writes of the frame. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import insert_once, rows_changed, session
from shop.core.editions import next_edition
from shop.core.wordings import ChangedMeanwhile
from shop.frame.locales import OWN as ALL
from shop.frame.locales import Locales, check_locales, packed_locales
from shop.frame.look import OWN, Look, check_look, packed_look
from shop.frame.models import FramePart
from shop.frame.queries import kept_part
from shop.frame.rules import (
    Announcement,
    Menu,
    MenuLink,
    check_announcement,
    check_menu,
    packed_announcement,
    packed_menu,
)


def set_menu(name: Menu, links: Sequence[MenuLink], *, seen: int, actor: str) -> None:
    """These links in this order from now on; none gives the menu back that the store comes with.

    Raises Invalid, and ChangedMeanwhile when it is no longer at revision `seen`.
    """
    check_menu(name, links)
    _set(name, packed_menu(links) if links else None, seen=seen, actor=actor)


def set_announcement(new: Announcement, *, seen: int, actor: str) -> None:
    """Raises as `set_menu` does; one without words takes the line away."""
    check_announcement(new)
    _set("announcement", packed_announcement(new) if new.text.words else None, seen=seen, actor=actor)


def set_look(new: Look, *, seen: int, actor: str) -> None:
    """Raises as `set_menu` does; the store's own look takes the choice away."""
    check_look(new)
    _set("look", packed_look(new) if new != OWN else None, seen=seen, actor=actor)


def set_locales(new: Locales, *, seen: int, actor: str) -> None:
    """Raises as `set_menu` does; every language and English first take the choice away."""
    check_locales(new)
    _set("locales", packed_locales(new) if new != ALL else None, seen=seen, actor=actor)


def _set(name: str, content: Json | None, *, seen: int, actor: str) -> None:
    there = FramePart.name == name, FramePart.revision == seen
    values = {"content": content, "changed_by": actor, "changed_at": clock.now(), "revision": seen + 1}
    if seen == 0:
        done = content is None or insert_once(FramePart, values | {"name": name})
    elif content is None:
        done = rows_changed(session().execute(delete(FramePart).where(*there))) == 1
    else:
        done = rows_changed(session().execute(update(FramePart).where(*there).values(**values))) == 1
    if not done:
        now = kept_part(name)
        raise ChangedMeanwhile(
            now.changed_by if now else "Somebody", f"{(now.changed_at if now else clock.now()):%d %B, %H:%M}"
        )
    next_edition()
