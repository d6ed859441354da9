"""Asked again: before money moves, roles change or data leaves, where the last proof is a while ago."""

from __future__ import annotations

from flask import request

from shop.admin.access import current, safe_next
from shop.admin.answers import page, refused
from shop.admin.forms import PasskeyForm, PasswordForm
from shop.admin.house import house
from shop.admin.own import OWN
from shop.admin.routes import Answer, asks, see_other
from shop.admin.signing_in import check_password
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.staff import queries as staff
from shop.staff.operations import sign_ins
from shop.staff.operations.throttle import TooManyTries
from shop.staff.queries import Signed


@asks("/own/confirm", needs=OWN)
def confirm() -> Answer:
    """One's password (or a passkey) once more, then on to where one was going."""
    form, signed, status = PasswordForm(), current(), 200
    wanted = safe_next(request.args.get("next"))
    if form.validate_on_submit():
        try:
            check_password(signed.email, form.password.data)
        except (Invalid, TooManyTries) as problem:
            status = refused(form, problem=problem)
        else:
            note_confirmed(signed)
            return see_other(wanted)
    elif form.is_submitted():
        status = refused(form)
    keys = bool(staff.passkeys_of(signed.member_id)) and house() is not None
    passkey = PasskeyForm(formdata=None)
    return page("admin/confirm.html", status=status, form=form, passkey=passkey, keys=keys, next=wanted)


@again
def note_confirmed(signed: Signed) -> None:
    """Whoever is signed in is there, and proved it just now."""
    with transaction():
        sign_ins.confirm(signed.sign_in_id)
