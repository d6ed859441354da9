"""Setting up one's second factor: scan, type the first code, keep ten recovery codes. And switching it off."""

from __future__ import annotations

from io import BytesIO

from flask import current_app, flash, url_for
from werkzeug.wrappers import Response

from shop.admin.access import current, there_lately
from shop.admin.answers import page, pressed, refused
from shop.admin.forms import CodeForm, PasskeyForm, PasswordForm
from shop.admin.house import house
from shop.admin.own import OWN, own_page
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.admin.signing_in import check_password, count_one_try
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid, NotFound
from shop.staff import queries as staff
from shop.staff.operations import record, second_factor, sign_ins
from shop.staff.operations.throttle import TooManyTries, forgive
from shop.staff.queries import Signed
from shop.staff.rules.audit import begun, differences
from shop.staff.rules.second_factor import seed_uri
from shop.staff.rules.throttle import Counter, factor_counters

ON, OFF = {"app": "on"}, {"app": "off"}


@shows("/own/set-up", needs=OWN)
def choose_factor() -> Answer:
    """Where somebody without a second factor begins; nothing else is open to them until there is one."""
    signed = current()
    if not signed.to_set_up:
        return see_other(url_for("admin.own_sign_ins"))
    return page("admin/choose_factor.html", passkey=PasskeyForm(formdata=None), can=house() is not None)


@does("/own/second-factor/begin", needs=OWN)
@again
def begin_second_factor() -> Answer:
    """Draw a seed, to be scanned on the next page."""
    if not pressed():
        return see_other(url_for("admin.own_sign_ins"))
    if current().second_factor_on and not there_lately(current()):
        return see_other(url_for("admin.confirm", next=url_for("admin.own_sign_ins")))
    with transaction():
        second_factor.prepare(current().member_id)
        told = begun({"app": "being set up"})
        record(actor=current().name, action="staff.second_factor_begun", subject=current().email, details=told)
    return see_other(url_for("admin.set_up_second_factor"))


@asks("/own/second-factor", needs=OWN)
def set_up_second_factor() -> Answer:
    """Scan and confirm; the answer to the right code is the only page that ever shows the recovery codes."""
    form, signed = CodeForm(), current()
    seed = staff.seed_to_scan(signed.member_id)
    if seed is None:
        return see_other(url_for("admin.choose_factor" if signed.to_set_up else "admin.own_sign_ins"))
    status = 200
    if form.validate_on_submit():
        try:
            codes = _switch_on(signed, form.code.data)
            if codes:
                return page("admin/recovery_codes.html", codes=codes)
            flash("The app is set up.", "success")
            return see_other(url_for("admin.own_sign_ins"))
        except (Invalid, TooManyTries) as problem:
            status = refused(form, problem=problem)
    elif form.is_submitted():
        status = refused(form)
    groups = " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))
    return page("admin/second_factor.html", status=status, form=form, seed=groups)


@shows("/own/second-factor/qr.svg", needs=OWN)
def qr_of_second_factor() -> Answer:
    """The seed as a picture, from its own address because the pages allow no inline style; gone once it is on."""
    signed = current()
    seed = staff.seed_to_scan(signed.member_id)
    if seed is None:
        raise NotFound("There is nothing to scan.")
    issuer = f"Staff of {current_app.extensions['settings'].hostname}"
    drawn = BytesIO()
    import segno

    segno.make(seed_uri(seed, email=signed.email, issuer=issuer), error="m").save(
        drawn, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@does("/own/second-factor/off", needs=OWN)
def switch_second_factor_off() -> Answer:
    """By the password once more. Whoever has no passkey either sets up another factor before anything else."""
    form, signed = PasswordForm(), current()
    if problem := _password_problem(form, signed):
        return own_page(form=form, status=problem)
    _switch_off(signed)
    flash("The app's codes open nothing any more.", "success")
    return see_other(url_for("admin.own_sign_ins"))


@again
def _switch_off(signed: Signed) -> None:
    with transaction():
        second_factor.switch_off(signed.member_id)
        record(actor=signed.name, action="staff.second_factor_off", subject=signed.email, details=differences(ON, OFF))
        if not staff.has_factor(signed.member_id):
            sign_ins.unprove(signed.sign_in_id)
            sign_ins.end_others(member_id=signed.member_id, but=signed.sign_in_id)


@does("/own/second-factor/codes", needs=OWN)
def renew_recovery_codes() -> Answer:
    """Ten new recovery codes in place of the old ones, by the password once more."""
    form, signed = PasswordForm(), current()
    if problem := _password_problem(form, signed):
        return own_page(form=form, status=problem)
    if not signed.second_factor_on:
        return see_other(url_for("admin.own_sign_ins"))
    return page("admin/recovery_codes.html", codes=_renew_codes(signed))


@again
def _renew_codes(signed: Signed) -> list[str]:
    with transaction():
        drawn = second_factor.renew_recovery_codes(signed.member_id)
        record(actor=signed.name, action="staff.recovery_codes_renewed", subject=signed.email, details={})
    return drawn


def _switch_on(signed: Signed, code: str) -> list[str]:
    counters = factor_counters(signed.member_id)
    count_one_try(counters)
    return _use_first_code(signed, code, counters)


@again
def _use_first_code(signed: Signed, code: str, counters: tuple[Counter, ...]) -> list[str]:
    with transaction():
        drawn = second_factor.switch_on(member_id=signed.member_id, code=code, sign_in_id=signed.sign_in_id)
        forgive(counters)
        record(actor=signed.name, action="staff.second_factor_on", subject=signed.email, details=differences(OFF, ON))
    return drawn


def _password_problem(form: PasswordForm, signed: Signed) -> int | None:
    """The status to answer with when the password was not given or not right; None when it was."""
    if not form.validate_on_submit():
        return refused(form)
    try:
        check_password(signed.email, form.password.data)
    except (Invalid, TooManyTries) as problem:
        return refused(form, problem=problem)
    return None
