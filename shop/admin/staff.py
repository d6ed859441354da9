"""The staff: who is on it and what they may do; invited, moved, sent away, helped back in. For owners."""

from __future__ import annotations

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused, services
from shop.admin.forms import InviteForm, RoleForm
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.core.errors import ShopError
from shop.journeys import keep_staff as journey
from shop.staff.queries.members import invitations, member, members
from shop.staff.rules.permissions import GRANTS, ROLES, Permission

KEEP = Permission.KEEP_STAFF


@asks("/staff", needs=KEEP)
def staff_list() -> Answer:
    """Everybody, those who were asked, and the form to ask somebody else."""
    form, status = InviteForm(), 200
    if form.validate_on_submit():
        try:
            email = form.email.data
            journey.invite(email=email, role=form.role.data, actor=current().name, services=services())
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            flash(f"A link is on its way to {email}. It works once, for three days.", "success")
            return see_other(url_for("admin.staff_list"))
    elif form.is_submitted():
        status = refused(form)
    return page("admin/staff/list.html", status=status, form=form, members=members(), invitations=invitations())


@shows("/staff/roles", needs=KEEP)
def role_table() -> Answer:
    """What each role may do, as the store decides it."""
    return page("admin/staff/roles.html", roles=ROLES, grants=GRANTS, permissions=list(Permission))


@asks("/staff/<row:member_id>", needs=KEEP)
def one_member(member_id: int) -> Answer:
    """One of them, and another role."""
    known = member(member_id)
    form, status = RoleForm(data={"role": known.role}), 200
    if form.validate_on_submit():
        try:
            journey.change_role(member_id, role=form.role.data, actor=current().name)
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            flash("Saved. It counts from their next page on.", "success")
            return see_other(url_for("admin.one_member", member_id=member_id))
    elif form.is_submitted():
        status = refused(form)
    return page("admin/staff/member.html", status=status, form=form, member=known)


@does("/staff/<row:member_id>/disable", needs=KEEP)
def disable_member(member_id: int) -> Answer:
    """Nobody signs in by this account any more, and sign-ins that are open end at once."""
    if pressed():
        try:
            journey.send_away(member_id, actor=current().name)
        except ShopError as problem:
            flash(problem.message, "danger")
        else:
            flash("Their account is closed and every sign-in of theirs has ended.", "success")
    return _back(member_id)


@does("/staff/<row:member_id>/enable", needs=KEEP)
def enable_member(member_id: int) -> Answer:
    """It opens again."""
    if pressed():
        journey.let_in_again(member_id, actor=current().name)
        flash("Their account opens again.", "success")
    return _back(member_id)


@does("/staff/<row:member_id>/forget-factors", needs=KEEP)
def forget_factors(member_id: int) -> Answer:
    """For somebody who lost the phone and the recovery codes."""
    if pressed():
        journey.forget_factors(member_id, actor=current().name)
        flash("Forgotten. Their next sign-in, by password, sets up another.", "success")
    return _back(member_id)


@does("/staff/<row:member_id>/password", needs=KEEP)
def send_password_link(member_id: int) -> Answer:
    """For somebody who forgot the password."""
    if pressed():
        journey.send_new_password(member_id, actor=current().name, services=services())
        flash("A link is on its way. It works once, for an hour.", "success")
    return _back(member_id)


@does("/staff/invitations/<row:invitation_id>/revoke", needs=KEEP)
def revoke_invitation(invitation_id: int) -> Answer:
    """The link works no more."""
    if pressed():
        taken = journey.revoke_invitation(invitation_id, actor=current().name)
        flash(*("The invitation is taken back.", "success") if taken else ("It was over already.", "warning"))
    return see_other(url_for("admin.staff_list"))


def _back(member_id: int) -> Answer:
    return see_other(url_for("admin.one_member", member_id=member_id))
