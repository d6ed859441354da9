"""Where a mailed link leads: somebody joins the staff, or a member chooses a new password."""

from __future__ import annotations

from flask import flash, request, session, url_for

from shop.admin.access import set_cookie
from shop.admin.answers import page, refused
from shop.admin.forms import ChooseForm, JoinForm
from shop.admin.routes import Answer, Open, asks, see_other
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import ShopError
from shop.staff.operations import invitations, record, sign_ins
from shop.staff.operations.invitations import Invited


@asks("/invited/<token>", needs=Open.TO_ANYONE)
def invited(token: str) -> Answer:
    """Opening the page changes nothing: programs that read mails open links. Raises InvitationOver."""
    found = invitations.invited(token)
    return _join(token, found) if found.member_id is None else _choose(token, found)


@again
def _join(token: str, found: Invited) -> Answer:
    form, status = JoinForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                made = invitations.join(token, name=form.name.data, password=form.password.data)
                cookie = sign_ins.begin(member_id=made.id, second_factor=False, user_agent=request.user_agent.string)
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            session.clear()
            answer = see_other(url_for("admin.choose_factor"))
            set_cookie(answer, cookie)
            return answer
    elif form.is_submitted():
        status = refused(form)
    return page("admin/staff/join.html", status=status, form=form, invited=found)


@again
def _choose(token: str, found: Invited) -> Answer:
    form, status = ChooseForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                invitations.choose_password(token, password=form.password.data)
                record(actor=found.email, action="staff.password_chosen", subject=found.email, details={})
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            flash("Your new password counts from now on. Every sign-in of yours has ended.", "success")
            return see_other(url_for("admin.sign_in"))
    elif form.is_submitted():
        status = refused(form)
    return page("admin/staff/choose.html", status=status, form=form, invited=found)
