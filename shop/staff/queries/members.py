"""Who is on the staff, and who was asked to join."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.staff.models import Invitation, Passkey, SignIn, StaffMember


class MemberRow(Struct, frozen=True):
    """One of the staff. `seen_at` is when one of their sign-ins was last used."""

    id: int
    email: str
    name: str
    role: str
    app_on: bool
    passkeys: int
    added_at: datetime
    disabled_at: datetime | None
    seen_at: datetime | None


class InvitationRow(Struct, frozen=True):
    """Somebody who was asked to join and has not answered."""

    id: int
    email: str
    role: str
    invited_by: str
    expires_at: datetime


def member(member_id: int) -> MemberRow:
    """One of them; raises NotFound."""
    row = session().execute(_members().where(StaffMember.id == member_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such member of the staff.")
    return MemberRow(*row)


def members() -> list[MemberRow]:
    """All, those who may sign in first, by name."""
    ordered = _members().order_by(StaffMember.disabled_at.is_not(None), StaffMember.name)
    return [MemberRow(*row) for row in session().execute(ordered)]


def invitations() -> list[InvitationRow]:
    """Those that still work and ask somebody to join, the newest first."""
    columns = [getattr(Invitation, name) for name in InvitationRow.__struct_fields__]
    alive = (Invitation.ended_at.is_(None), Invitation.expires_at > clock.now(), Invitation.member_id.is_(None))
    wanted = select(*columns).where(*alive).order_by(Invitation.id.desc())
    return [InvitationRow(*row) for row in session().execute(wanted)]


def _members() -> AnySelect:
    keys = select(func.count()).where(Passkey.member_id == StaffMember.id).scalar_subquery()
    seen = select(func.max(SignIn.seen_at)).where(SignIn.member_id == StaffMember.id).scalar_subquery()
    return select(
        StaffMember.id,
        StaffMember.email,
        StaffMember.name,
        StaffMember.role,
        StaffMember.totp_on_at.is_not(None),
        keys,
        StaffMember.added_at,
        StaffMember.disabled_at,
        seen,
    )
