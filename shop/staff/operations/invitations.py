"""Invitations: a link that is opened once, made by one of the staff and used by whoever reads that mailbox."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from sqlalchemy import Update, insert, select, update

from shop.core import clock, codes
from shop.core.database import rows_changed, session
from shop.core.errors import Conflict, Invalid, NotFound
from shop.staff.models import Invitation, StaffMember
from shop.staff.operations import members, sign_ins
from shop.staff.operations.members import MemberAdded
from shop.staff.rules.invitations import GOOD_FOR, NEW_PASSWORD_GOOD_FOR
from shop.staff.rules.permissions import ROLES
from shop.staff.rules.sign_ins import token_hash


class InvitationOver(NotFound):
    """It was used, taken back, or its time is over."""

    def __init__(self) -> None:
        super().__init__("This link does not work (any more). Ask whoever invited you for a new one.")


class Invited(Struct, frozen=True):
    """What a link that still works is for: to join, or (with `member_id`) to choose a new password."""

    id: int
    email: str
    role: str
    member_id: int | None
    invited_by: str


def invite(*, email: str, role: str, by: str) -> str:
    """A link for a new colleague, in place of any sent before; returns its token, kept nowhere else.

    Raises Invalid for a role that is none, Conflict where the address is on the staff.
    """
    if role not in ROLES:
        raise Invalid("Choose a role.", field="role")
    address = email.strip().casefold()
    taken = select(StaffMember.id).where(StaffMember.email == address)
    if session().execute(taken).scalar_one_or_none() is not None:
        raise Conflict(f"{address} is on the staff already.", field="email")
    return _make(address, role, None, by, until=GOOD_FOR)


def let_choose_password(member_id: int, *, by: str) -> tuple[str, str]:
    """A link by which a member chooses a new password: address and token. Raises NotFound for who is not there."""
    wanted = select(StaffMember.email, StaffMember.role).where(
        StaffMember.id == member_id, StaffMember.disabled_at.is_(None)
    )
    row = session().execute(wanted).one_or_none()
    if row is None:
        raise NotFound("There is no such member of the staff.")
    return row.email, _make(row.email, row.role, member_id, by, until=NEW_PASSWORD_GOOD_FOR)


def invited(token: str) -> Invited:
    """What a link is for; raises InvitationOver."""
    wanted = select(Invitation.id, Invitation.email, Invitation.role, Invitation.member_id, Invitation.invited_by)
    alive = (Invitation.token_hash == token_hash(token), Invitation.ended_at.is_(None))
    row = session().execute(wanted.where(*alive, Invitation.expires_at > clock.now())).one_or_none()
    if row is None:
        raise InvitationOver
    return Invited(*row)


def join(token: str, *, name: str, password: str) -> MemberAdded:
    """Use a link up and become one of the staff. Raises InvitationOver, and what `add_member` raises."""
    found = _use_up(token)
    return members.add_member(
        email=found.email, name=name, role=found.role, password=password, actor=f"{found.invited_by}’s invitation"
    )


def choose_password(token: str, *, password: str) -> Invited:
    """Use a link up and sign in by this password from now on; every sign-in ends. Raises InvitationOver, Invalid."""
    found = _use_up(token)
    if found.member_id is None:
        raise InvitationOver
    members.set_password(found.member_id, password)
    sign_ins.end_all(found.member_id)
    return found


def revoke(invitation_id: int) -> str | None:
    """Take an invitation back: its address; None where it was over."""
    ended = _end(invitation_id).returning(Invitation.email)
    return session().execute(ended).scalar_one_or_none()


def _use_up(token: str) -> Invited:
    """Guarded: of two who press at once, one comes in."""
    found = invited(token)
    if rows_changed(session().execute(_end(found.id))) == 0:
        raise InvitationOver
    return found


def _make(email: str, role: str, member_id: int | None, by: str, *, until: timedelta) -> str:
    token, moment = codes.new_token(), clock.now()
    before = update(Invitation).where(Invitation.email == email, Invitation.ended_at.is_(None))
    session().execute(before.values(ended_at=moment).execution_options(synchronize_session=False))
    session().execute(
        insert(Invitation).values(
            email=email,
            role=role,
            member_id=member_id,
            token_hash=token_hash(token),
            invited_by=by,
            invited_at=moment,
            expires_at=moment + until,
        )
    )
    return token


def _end(invitation_id: int) -> Update:
    alive = update(Invitation).where(Invitation.id == invitation_id, Invitation.ended_at.is_(None))
    return alive.values(ended_at=clock.now()).execution_options(synchronize_session=False)
