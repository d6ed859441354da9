"""Staff set the menus, the announcement and the look; each change says who."""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.database import transaction
from shop.frame import operations as frame
from shop.frame.look import OWN, Look, packed_look
from shop.frame.queries import kept_part
from shop.frame.rules import Announcement, Menu, MenuLink, packed_announcement
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences


def keep_menu(name: Menu, links: Sequence[MenuLink], *, seen: int, actor: str) -> None:
    """Raises Invalid, and ChangedMeanwhile when somebody else was faster."""
    with transaction():
        frame.set_menu(name, links, seen=seen, actor=actor)
        audit(actor=actor, action="menu.kept", subject=name, details={"links": [link.url for link in links]})


def keep_announcement(new: Announcement, *, seen: int, actor: str) -> None:
    """Raises as `keep_menu` does."""
    with transaction():
        frame.set_announcement(new, seen=seen, actor=actor)
        audit(actor=actor, action="announcement.kept", subject="announcement", details=packed_announcement(new))


def keep_look(new: Look, *, seen: int, actor: str) -> None:
    """Raises as `keep_menu` does; the store's own look is what there is without a choice."""
    with transaction():
        before = kept_part("look")
        frame.set_look(new, seen=seen, actor=actor)
        told = differences(before.content if before else packed_look(OWN), packed_look(new))
        audit(actor=actor, action="look.kept", subject="look", details=told)
