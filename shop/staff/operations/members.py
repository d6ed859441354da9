"""Members: adding them, and keeping their password hashes up to date."""

from __future__ import annotations

import re

from msgspec import Struct
from sqlalchemy import func, or_, select, update

from shop.core import clock
from shop.core.database import insert_once, session
from shop.core.errors import Conflict, Invalid, NotFound
from shop.staff.models import StaffMember
from shop.staff.operations.audit import record
from shop.staff.rules.audit import begun
from shop.staff.rules.hashing import hashed
from shop.staff.rules.passwords import password_problem
from shop.staff.rules.permissions import OWNER, ROLES

COMMAND_LINE = "command line"
# What timelines call those who are not staff: a member of that name could put words in their mouths.
RESERVED_NAMES = frozenset({COMMAND_LINE, "customer", "stripe", "system", "worker"})
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f.]+")


class LastOwner(Conflict):
    """Without an owner nobody could invite one."""

    def __init__(self) -> None:
        super().__init__("Somebody has to be an owner: make another one first.", field="role")


class MemberAdded(Struct, frozen=True):
    """Somebody new on the staff."""

    id: int
    email: str
    name: str
    role: str


def add_member(*, email: str, name: str, role: str, password: str, actor: str = COMMAND_LINE) -> MemberAdded:
    """Add somebody who may sign in at /admin/, and record it.

    Raises Invalid (its `field` is email, name, role or password) for what cannot be right, Conflict when the e-mail
    or the name is taken.
    """
    email, name = email.strip().casefold(), " ".join(name.split())
    _check(email=email, name=name, role=role, password=password)
    _check_free(email=email, name=name)
    values = {"email": email, "name": name, "role": role, "password_hash": hashed(password)}
    if not insert_once(StaffMember, values | {"added_at": clock.now()}):
        raise Conflict("Somebody added this person at the same moment.", field="email")
    record(actor=actor, action="staff.added", subject=email, details=begun({"name": name, "role": role}))
    member_id = session().execute(select(StaffMember.id).where(StaffMember.email == email)).scalar_one()
    return MemberAdded(member_id, email, name, role)


def set_password(member_id: int, password: str) -> None:
    """From now on this password opens the account. Raises Invalid, beside the field `password`."""
    who = select(StaffMember.email, StaffMember.name).where(StaffMember.id == member_id)
    row = session().execute(who).one()
    if problem := password_problem(password, email=row.email, name=row.name):
        raise Invalid(problem, field="password")
    _change(member_id, password_hash=hashed(password))


def set_role(member_id: int, role: str) -> str:
    """Another role; the one before. Raises Invalid, NotFound, and LastOwner."""
    if role not in ROLES:
        raise Invalid("Choose a role.", field="role")
    before = _held(member_id, keeps_owning=role == OWNER)
    _change(member_id, role=role)
    return before


def disable(member_id: int) -> None:
    """Nobody signs in by this account until it is enabled again. Raises NotFound and LastOwner."""
    _held(member_id, keeps_owning=False)
    _change(member_id, disabled_at=clock.now())


def enable(member_id: int) -> None:
    """The account opens again, by its password and factor."""
    _change(member_id, disabled_at=None)


def _held(member_id: int, *, keeps_owning: bool) -> str:
    """A member's role, with every owner's row kept until the transaction ends: of two owners, one can resign."""
    owners = select(StaffMember.id).where(StaffMember.role == OWNER, StaffMember.disabled_at.is_(None))
    held = set(session().execute(owners.order_by(StaffMember.id).with_for_update()).scalars())
    role = session().execute(select(StaffMember.role).where(StaffMember.id == member_id)).scalar_one_or_none()
    if role is None:
        raise NotFound("There is no such member of the staff.")
    if held == {member_id} and not keeps_owning:
        raise LastOwner
    return role


def _change(member_id: int, **values: object) -> None:
    session().execute(
        update(StaffMember)
        .where(StaffMember.id == member_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def renew_hash(*, member_id: int, password_hash: str, password: str) -> None:
    """Keep a password under a hash with today's parameters, unless it was changed since `password_hash` was read."""
    session().execute(
        update(StaffMember)
        .where(StaffMember.id == member_id, StaffMember.password_hash == password_hash)
        .values(password_hash=hashed(password))
        .execution_options(synchronize_session=False)
    )


def _check(*, email: str, name: str, role: str, password: str) -> None:
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise Invalid("Enter an e-mail address, such as ada@example.org.", field="email")
    if not 0 < len(name) <= 80 or not name.isprintable():
        raise Invalid("Enter a name of up to 80 characters.", field="name")
    if role not in ROLES:
        raise Invalid(f"Choose one of these roles: {', '.join(ROLES)}.", field="role")
    if problem := password_problem(password, email=email, name=name):
        raise Invalid(problem, field="password")


def _check_free(*, email: str, name: str) -> None:
    taken = or_(StaffMember.email == email, func.lower(StaffMember.name) == name.lower())
    rows = session().execute(select(StaffMember.email).where(taken)).scalars().all()
    if email in rows:
        raise Conflict(f"{email} is on the staff already.", field="email")
    if rows or name.casefold() in RESERVED_NAMES:
        raise Conflict(f"The name {name} is taken. Timelines need names that cannot be mixed up.", field="name")
