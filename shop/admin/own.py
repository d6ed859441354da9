"""One's own sign-ins: where one is signed in, and ending those."""

from __future__ import annotations

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.forms import NewPasswordForm, PasskeyForm, PasswordForm
from shop.admin.house import house
from shop.admin.routes import Answer, does, see_other, shows
from shop.admin.signing_in import check_password
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import ShopError
from shop.staff import queries as staff
from shop.staff.operations import members, record, sign_ins
from shop.staff.queries import Signed
from shop.staff.rules.audit import differences
from shop.staff.rules.permissions import Permission

OWN = Permission.KEEP_OWN_SIGN_IN


@shows("/own", needs=OWN)
def own_sign_ins() -> Answer:
    """Where one is signed in, and the state of one's second factor."""
    return own_page(form=PasswordForm())


@does("/own/<row:sign_in_id>/end", needs=OWN)
@again
def end_own(sign_in_id: int) -> Answer:
    """End one of one's own sign-ins; those of others look as if they did not exist."""
    signed = current()
    if pressed():
        with transaction():
            ended = sign_ins.end(sign_in_id, member_id=signed.member_id)
            if ended:
                told = differences({"sign-in": "open"}, {"sign-in": "ended"})
                record(actor=signed.name, action="staff.sign_in_ended", subject=signed.email, details=told)
        flash(*("That sign-in is ended.", "success") if ended else ("There is no such sign-in any more.", "warning"))
    return see_other(url_for("admin.own_sign_ins"))


@does("/own/end-others", needs=OWN)
@again
def end_others() -> Answer:
    """End all but this one."""
    signed = current()
    if pressed():
        with transaction():
            many = sign_ins.end_others(member_id=signed.member_id, but=signed.sign_in_id)
            record(actor=signed.name, action="staff.sign_ins_ended", subject=signed.email, details={"ended": many})
        flash("Every other sign-in of yours is ended.", "success")
    return see_other(url_for("admin.own_sign_ins"))


@does("/own/password", needs=OWN)
def change_password() -> Answer:
    """Another password, by the one that is; every other sign-in ends."""
    form, signed = NewPasswordForm(), current()
    if not form.validate_on_submit():
        return own_page(form=PasswordForm(formdata=None), new=form, status=refused(form))
    try:
        check_password(signed.email, form.current.data)
    except ShopError as problem:
        problem.field = "current"
        return own_page(form=PasswordForm(formdata=None), new=form, status=refused(form, problem=problem))
    try:
        _set_password(signed, form.chosen.data)
    except ShopError as problem:
        problem.field = "chosen"
        return own_page(form=PasswordForm(formdata=None), new=form, status=refused(form, problem=problem))
    flash("Your new password counts from now on. Every other sign-in of yours has ended.", "success")
    return see_other(url_for("admin.own_sign_ins"))


@again
def _set_password(signed: Signed, chosen: str) -> None:
    with transaction():
        members.set_password(signed.member_id, chosen)
        sign_ins.end_others(member_id=signed.member_id, but=signed.sign_in_id)
        record(actor=signed.name, action="staff.password_changed", subject=signed.email, details={})


def own_page(*, form: PasswordForm, new: NewPasswordForm | None = None, status: int = 200) -> Answer:
    """The page, with the forms that ask for the password once more."""
    signed = current()
    return page(
        "admin/own.html",
        status=status,
        form=form,
        sign_ins=staff.sign_ins_of(signed.member_id),
        codes_left=staff.recovery_codes_left(signed.member_id),
        app_on=staff.app_is_on(signed.member_id),
        keys=staff.passkeys_of(signed.member_id),
        can=house() is not None,
        passkey=PasskeyForm(formdata=None),
        new=new or NewPasswordForm(formdata=None),
    )
