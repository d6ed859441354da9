"""Reads of the staff room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, exists, func, or_, select

from shop.core import clock
from shop.core.database import session
from shop.staff.models import AuditEntry, AuditHead, Passkey, RecoveryCode, SignIn, StaffMember
from shop.staff.rules.audit import GENESIS, entry_hash
from shop.staff.rules.sign_ins import SEEN_EVERY, lapsed, token_hash

_BATCH = 500


class Account(Struct, frozen=True):
    """What a password is checked against."""

    id: int
    email: str
    name: str
    password_hash: str
    second_factor_on: bool


class Signed(Struct, frozen=True):
    """Who is behind a cookie. `half_way`: the password was right, the second factor is still to come.

    `to_set_up`: there is none yet, and nothing else is open until there is. `confirmed_at`: when the person last proved
    to be there. `due_to_be_seen`: "last seen" is old enough to be written again.
    """

    sign_in_id: int
    member_id: int
    name: str
    email: str
    role: str
    second_factor_on: bool
    half_way: bool
    to_set_up: bool
    confirmed_at: datetime | None
    due_to_be_seen: bool


class PasskeyRow(Struct, frozen=True):
    """A passkey as its owner sees it, with what its answers are checked against."""

    id: int
    label: str
    credential_id: str
    public_key: str
    sign_count: int
    added_at: datetime
    used_at: datetime | None


class SignInRow(Struct, frozen=True):
    """One line of the list of one's own sign-ins."""

    id: int
    browser: str
    second_factor: bool
    began_at: datetime
    seen_at: datetime


def account(email: str) -> Account | None:
    """The account behind a typed e-mail address; None where there is none, or it was disabled."""
    row = (
        session()
        .execute(
            select(
                StaffMember.id,
                StaffMember.email,
                StaffMember.name,
                StaffMember.password_hash,
                _has_factor(),
            ).where(StaffMember.email == email.strip().casefold(), StaffMember.disabled_at.is_(None))
        )
        .one_or_none()
    )
    return Account(*row) if row else None


def signed_in(token: str) -> Signed | None:
    """Who this cookie belongs to; None where it is unknown, ended, or lapsed by idleness or age."""
    row = session().execute(_SIGNED.where(SignIn.token_hash == token_hash(token))).one_or_none()
    if row is None or _lapsed(row):
        return None
    return Signed(
        sign_in_id=row.id,
        member_id=row.member_id,
        name=row.name,
        email=row.email,
        role=row.role,
        second_factor_on=row.on,
        half_way=row.on and not row.second_factor,
        to_set_up=not row.on and not row.second_factor,
        confirmed_at=row.confirmed_at,
        due_to_be_seen=clock.now() - row.seen_at >= SEEN_EVERY,
    )


def sign_ins_of(member_id: int) -> list[SignInRow]:
    """A member's sign-ins that are open now, the most recent first; those half way are left out."""
    newest = _SIGNED.where(SignIn.member_id == member_id).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    rows = [row for row in session().execute(newest) if not _lapsed(row) and (row.second_factor or not row.on)]
    return [SignInRow(row.id, row.browser, row.second_factor, row.began_at, row.seen_at) for row in rows]


def seed_to_scan(member_id: int) -> str | None:
    """The seed of a second factor that is being set up; None once it is on, for then it is shown to nobody."""
    prepared = select(StaffMember.totp_secret).where(StaffMember.id == member_id, StaffMember.totp_on_at.is_(None))
    return session().execute(prepared).scalar_one_or_none()


def passkeys_of(member_id: int) -> list[PasskeyRow]:
    """A member's passkeys, the oldest first."""
    columns = [getattr(Passkey, name) for name in PasskeyRow.__struct_fields__]
    theirs = select(*columns).where(Passkey.member_id == member_id).order_by(Passkey.id)
    return [PasskeyRow(*row) for row in session().execute(theirs)]


def has_factor(member_id: int) -> bool:
    """Whether a member has a second factor of any kind."""
    return session().execute(select(_has_factor()).where(StaffMember.id == member_id)).scalar_one()


def app_is_on(member_id: int) -> bool:
    """Whether an authenticator app is set up."""
    turned = select(StaffMember.totp_on_at.is_not(None)).where(StaffMember.id == member_id)
    return session().execute(turned).scalar_one()


def recovery_codes_left(member_id: int) -> int:
    """How many recovery codes were not used yet."""
    left = select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    return session().execute(left).scalar_one()


def verify_chain() -> list[str]:
    """Read the whole audit log; a sentence for each place where it was changed, cut or spliced, none when whole."""
    findings, position, previous = [], 0, GENESIS
    rows = session().execute(_AUDIT.order_by(AuditEntry.position).execution_options(yield_per=_BATCH))
    for row in rows:
        position += 1
        if row.position != position:
            findings.append(f"Audit entry {position} is missing: {row.position} follows.")
            position = row.position
        elif row.previous_hash != previous:
            findings.append(f"Audit entry {position} does not follow the one before it.")
        if row.hash != entry_hash(**{name: getattr(row, name) for name in _HASHED}):
            findings.append(f"Audit entry {position} is not what was written.")
        previous = row.hash
    head = session().execute(select(AuditHead.position, AuditHead.hash)).one_or_none() or (0, GENESIS)
    return findings if tuple(head) == (position, previous) else [*findings, "The end of the audit log is missing."]


def _lapsed(row: Any) -> bool:
    half_way = row.on and not row.second_factor
    return lapsed(began_at=row.began_at, seen_at=row.seen_at, half_way=half_way, at=clock.now())


def _has_factor() -> ColumnElement[bool]:
    keys = exists().where(Passkey.member_id == StaffMember.id)
    return or_(StaffMember.totp_on_at.is_not(None), keys).label("on")


_SIGNED = (
    select(
        SignIn.id,
        SignIn.member_id,
        SignIn.second_factor,
        SignIn.browser,
        SignIn.confirmed_at,
        SignIn.began_at,
        SignIn.seen_at,
        StaffMember.name,
        StaffMember.email,
        StaffMember.role,
        _has_factor(),
    )
    .join(StaffMember, StaffMember.id == SignIn.member_id)
    .where(SignIn.ended_at.is_(None), StaffMember.disabled_at.is_(None))
)
_HASHED = ("position", "actor", "action", "subject", "details", "origin", "happened_at", "previous_hash")
_AUDIT = select(
    AuditEntry.position,
    AuditEntry.actor,
    AuditEntry.action,
    AuditEntry.subject,
    AuditEntry.details,
    AuditEntry.origin,
    AuditEntry.happened_at,
    AuditEntry.previous_hash,
    AuditEntry.hash,
)
