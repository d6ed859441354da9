"""Staff set the menus, the announcement and the look; each change says who."""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.frame import operations as frame
from shop.frame.locales import OWN as ALL
from shop.frame.locales import Locales, packed_locales
from shop.frame.look import OWN, Look, packed_look
from shop.frame.queries import kept_part
from shop.frame.rules import Announcement, Menu, MenuLink, packed_announcement
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences


@again
def keep_menu(name: Menu, links: Sequence[MenuLink], *, seen: int, actor: str) -> None:
    """Raises Invalid, and ChangedMeanwhile when somebody else was faster."""
    with transaction():
        before = _kept(name)
        frame.set_menu(name, links, seen=seen, actor=actor)
        audit(actor=actor, action="menu.kept", subject=name, details=differences(before, _kept(name)))


@again
def keep_announcement(new: Announcement, *, seen: int, actor: str) -> None:
    """Raises as `keep_menu` does."""
    with transaction():
        before = _kept("announcement")
        frame.set_announcement(new, seen=seen, actor=actor)
        told = differences(before, packed_announcement(new))
        audit(actor=actor, action="announcement.kept", subject="announcement", details=told)


@again
def keep_look(new: Look, *, seen: int, actor: str) -> None:
    """Raises as `keep_menu` does; the store's own look is what there is without a choice."""
    with transaction():
        before = _kept("look") or packed_look(OWN)
        frame.set_look(new, seen=seen, actor=actor)
        told = differences(before, packed_look(new))
        audit(actor=actor, action="look.kept", subject="look", details=told)


def _kept(name: str) -> Json:
    part = kept_part(name)
    return part.content if part else {}


@again
def keep_locales(new: Locales, *, seen: int, actor: str) -> None:
    """Raises as `keep_menu` does. Readers of a language that is turned off are led to the English pages."""
    with transaction():
        before = kept_part("locales")
        frame.set_locales(new, seen=seen, actor=actor)
        told = differences(before.content if before else packed_locales(ALL), packed_locales(new))
        audit(actor=actor, action="locales.kept", subject="locales", details=told)
