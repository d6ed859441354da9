"""One's own sign-ins: where one is signed in, and ending those."""

from __future__ import annotations

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.forms import PasswordForm
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.database import transaction
from shop.staff import queries as staff
from shop.staff.operations import record, sign_ins
from shop.staff.rules.permissions import Permission

OWN = Permission.KEEP_OWN_SIGN_IN


@shows("/own", needs=OWN)
def own_sign_ins() -> Answer:
    """Where one is signed in, and the state of one's second factor."""
    return own_page(form=PasswordForm())


@does("/own/<row:sign_in_id>/end", needs=OWN)
def end_own(sign_in_id: int) -> Answer:
    """End one of one's own sign-ins; those of others look as if they did not exist."""
    signed = current()
    if pressed():
        with transaction():
            ended = sign_ins.end(sign_in_id, member_id=signed.member_id)
        flash(*("That sign-in is ended.", "success") if ended else ("There is no such sign-in any more.", "warning"))
    return see_other(url_for("admin.own_sign_ins"))


@does("/own/end-others", needs=OWN)
def end_others() -> Answer:
    """End all but this one."""
    signed = current()
    if pressed():
        with transaction():
            many = sign_ins.end_others(member_id=signed.member_id, but=signed.sign_in_id)
            record(actor=signed.name, action="staff.sign_ins_ended", subject=signed.email, details={"ended": many})
        flash("Every other sign-in of yours is ended.", "success")
    return see_other(url_for("admin.own_sign_ins"))


def own_page(*, form: PasswordForm, status: int = 200) -> Answer:
    """The page, with the form that asks for the password once more."""
    signed = current()
    return page(
        "admin/own.html",
        status=status,
        form=form,
        sign_ins=staff.sign_ins_of(signed.member_id),
        codes_left=staff.recovery_codes_left(signed.member_id),
    )
