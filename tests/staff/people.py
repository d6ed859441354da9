"""Staff for tests, added as the command adds them."""

from __future__ import annotations

from shop.core.database import transaction
from shop.staff.operations import MemberAdded, add_member

PASSWORD = "nine quiet otters by the weir"


def added(*, email: str = "ada@example.org", name: str = "Ada", role: str = "owner") -> MemberAdded:
    """A member whose password is `PASSWORD`."""
    with transaction():
        return add_member(email=email, name=name, role=role, password=PASSWORD)
