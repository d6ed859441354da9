"""Reads of the frame, kept in memory until it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.core.columns import Json
from shop.core.database import session
from shop.core.editions import kept_until_changed
from shop.frame.locales import OWN as ALL
from shop.frame.locales import Locales, unpacked_locales
from shop.frame.look import OWN, Look, unpacked_look
from shop.frame.models import FramePart
from shop.frame.rules import Announcement, Menu, MenuLink, Said, unpacked_announcement, unpacked_menu

Part = tuple[MenuLink, ...] | Announcement | Look | Locales
Parts = tuple[tuple[str, Part], ...]
_UNPACK: Mapping[str, Callable[[Json], Part]] = {
    "announcement": unpacked_announcement,
    "look": unpacked_look,
    "locales": unpacked_locales,
}


class Kept(Struct, frozen=True):
    """A part as staff change it."""

    content: Json
    revision: int
    changed_by: str
    changed_at: datetime


def kept_part(name: str) -> Kept | None:
    """A part as it is now; None while it is as the store comes."""
    wanted = select(FramePart.content, FramePart.revision, FramePart.changed_by, FramePart.changed_at)
    row = session().execute(wanted.where(FramePart.name == name)).one_or_none()
    return Kept(*row) if row else None


def menus() -> tuple[tuple[MenuLink, ...] | None, tuple[MenuLink, ...] | None]:
    """The header's and the footer's links; None for one that staff did not set."""
    parts = _parts()
    return _menu(parts, "header"), _menu(parts, "footer")


def announcement() -> Announcement:
    """The line above every page, whether or not its time is now."""
    found = dict(_parts()).get("announcement")
    return found if isinstance(found, Announcement) else Announcement(Said(()))


def look() -> Look:
    """How pages look: what staff chose, else as the store comes."""
    found = dict(_parts()).get("look")
    return found if isinstance(found, Look) else OWN


def locales() -> Locales:
    """The languages on offer: what staff chose, else every one that the store knows."""
    found = dict(_parts()).get("locales")
    return found if isinstance(found, Locales) else ALL


@kept_until_changed
def _parts() -> Parts:
    rows = session().execute(select(FramePart.name, FramePart.content).order_by(FramePart.name))
    return tuple((name, _UNPACK.get(name, unpacked_menu)(content)) for name, content in rows)


def _menu(parts: Parts, name: Menu) -> tuple[MenuLink, ...] | None:
    found = dict(parts).get(name)
    return found if isinstance(found, tuple) else None
