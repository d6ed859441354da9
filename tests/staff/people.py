"""Staff for tests, added as the command adds them."""

from __future__ import annotations

from sqlalchemy import update

from shop.core.database import transaction
from shop.staff.models import StaffMember
from shop.staff.operations import MemberAdded, add_member
from shop.staff.rules.second_factor import new_seed

PASSWORD = "nine quiet otters by the weir"


def added(*, email: str = "ada@example.org", name: str = "Ada", role: str = "owner") -> MemberAdded:
    """A member whose password is `PASSWORD`."""
    with transaction():
        return add_member(email=email, name=name, role=role, password=PASSWORD)


def with_app(member_id: int) -> str:
    """The member's authenticator app, set up a while ago: its seed."""
    seed = new_seed()
    with transaction() as current:
        theirs = update(StaffMember).where(StaffMember.id == member_id)
        current.execute(theirs.values(totp_secret=seed, totp_on_at=StaffMember.added_at))
    return seed
