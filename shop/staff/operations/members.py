"""Members: adding them, and keeping their password hashes up to date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update

from shop.core import clock
from shop.core.database import insert_once, session
from shop.core.errors import Conflict, Invalid
from shop.staff.models import StaffMember
from shop.staff.operations.audit import record
from shop.staff.rules.hashing import hashed
from shop.staff.rules.passwords import password_problem
from shop.staff.rules.permissions import ROLES

COMMAND_LINE = "command line"
# What timelines call those who are not staff: a member of that name could put words in their mouths.
RESERVED_NAMES = frozenset({COMMAND_LINE, "customer", "stripe", "system", "worker"})
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f.]+")


@dataclass(frozen=True, slots=True)
class MemberAdded:
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
    record(actor=actor, action="staff.added", subject=email, details={"name": name, "role": role})
    member_id = session().execute(select(StaffMember.id).where(StaffMember.email == email)).scalar_one()
    return MemberAdded(member_id, email, name, role)


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
