"""Staff set the menus and the announcement; each change says who."""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.database import transaction
from shop.frame import operations as frame
from shop.frame.rules import Announcement, Menu, MenuLink, packed_announcement
from shop.staff.operations import record as audit


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
