"""Passkeys: added, removed, and answered with after the password. The browser's part is `static/admin/passkeys.js`."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from shop.admin.access import current, safe_next, set_cookie, there_lately
from shop.admin.answers import Press, page, pressed
from shop.admin.confirm import note_confirmed
from shop.admin.forms import CodeForm, PasskeyForm
from shop.admin.house import house
from shop.admin.own import OWN
from shop.admin.routes import Answer, Open, does, see_other
from shop.admin.signing_in import second_page
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid, ShopError
from shop.core.logs import security
from shop.staff import queries as staff
from shop.staff.operations import passkeys, record, second_factor, sign_ins
from shop.staff.operations.throttle import count_try, forgive
from shop.staff.queries import PasskeyRow, Signed
from shop.staff.rules.audit import begun, ended
from shop.staff.rules.passkeys import (
    House,
    NewKey,
    checked_answer,
    checked_creation,
    creation_options,
    credential_of,
    request_options,
)
from shop.staff.rules.sign_ins import browser_words
from shop.staff.rules.throttle import Counter, factor_counters


@does("/own/passkeys/options", needs=OWN)
def passkey_to_make() -> Answer:
    """What the browser is to make: JSON for its own window."""
    signed = current()
    return _options(lambda at, asked, known: creation_options(at, challenge=asked, member=_named(signed), known=known))


@does("/own/passkeys", needs=OWN)
def add_passkey() -> Answer:
    """Keep the passkey that the browser made."""
    form, signed = PasskeyForm(), current()
    if signed.second_factor_on and not there_lately(signed):
        return see_other(url_for("admin.confirm", next=url_for("admin.own_sign_ins")))
    back = url_for("admin.choose_factor" if signed.to_set_up else "admin.own_sign_ins")
    if not form.validate_on_submit():
        flash("No passkey was made. Nothing was changed.", "warning")
        return see_other(back)
    try:
        codes = _add(signed, form)
    except ShopError as problem:
        flash(problem.message, "danger")
        return see_other(back)
    if codes:
        return page("admin/recovery_codes.html", codes=codes)
    flash("The passkey is added.", "success")
    return see_other(back)


@does("/own/passkeys/<row:passkey_id>/remove", needs=OWN)
@again
def remove_passkey(passkey_id: int) -> Answer:
    """Take one away. Whoever has no factor left sets up another before anything else."""
    signed = current()
    if not there_lately(signed):
        return see_other(url_for("admin.confirm", next=url_for("admin.own_sign_ins")))
    if pressed():
        with transaction():
            removed = second_factor.forget_passkey(passkey_id, member_id=signed.member_id)
            if removed:
                told = ended({"passkey": "kept"})
                record(actor=signed.name, action="staff.passkey_removed", subject=signed.email, details=told)
            if not staff.has_factor(signed.member_id):
                sign_ins.unprove(signed.sign_in_id)
        if removed:
            flash("The passkey is removed. It opens nothing any more.", "success")
    return see_other(url_for("admin.own_sign_ins"))


@does("/second-factor/options", needs=Open.HALF_WAY)
def passkey_to_ask() -> Answer:
    """Which passkeys may answer, for the step after the password."""
    return _options(lambda at, asked, known: request_options(at, challenge=asked, known=known))


@does("/second-factor/passkey", needs=Open.HALF_WAY)
def passkey_step() -> Answer:
    """A passkey in place of a code."""
    form, signed = PasskeyForm(), current()
    if not form.validate_on_submit():
        return second_page(CodeForm(formdata=None), 422)
    try:
        token = _prove(signed, form.credential.data)
    except ShopError as problem:
        flash(problem.message, "danger")
        return second_page(CodeForm(formdata=None), problem.kind.value)
    answer = see_other(safe_next(request.args.get("next")))
    set_cookie(answer, token)
    return answer


@does("/own/confirm/options", needs=OWN)
def passkey_to_confirm() -> Answer:
    """The same, for somebody who is asked again."""
    return _options(lambda at, asked, known: request_options(at, challenge=asked, known=known))


@does("/own/confirm/passkey", needs=OWN)
def confirm_by_passkey() -> Answer:
    """One's passkey in place of one's password."""
    form, signed, wanted = PasskeyForm(), current(), safe_next(request.args.get("next"))
    try:
        if not form.validate_on_submit():
            raise Invalid("The browser gave no passkey.")
        answered_by(signed, form.credential.data)
    except ShopError as problem:
        flash(problem.message, "danger")
        return see_other(url_for("admin.confirm", next=wanted))
    note_confirmed(signed)
    return see_other(wanted)


def answered_by(signed: Signed, answer: str) -> str:
    """The label of the passkey that gave this answer to what this sign-in asked. Raises Invalid and TooManyTries."""
    try:
        return _answered_by(signed, answer)
    except Invalid:
        security("passkey_refused", member=signed.member_id)
        raise


def _answered_by(signed: Signed, answer: str) -> str:
    at, counters = _house(), factor_counters(signed.member_id)
    asked = _question_of(signed, counters)
    named = credential_of(answer)
    key = next((one for one in staff.passkeys_of(signed.member_id) if one.credential_id == named), None)
    end_read()
    if asked is None or key is None:
        raise Invalid("That passkey was not accepted. Try again, or use another way.")
    count = checked_answer(at, challenge=asked, answer=answer, public_key=key.public_key, sign_count=key.sign_count)
    _use(key, count, counters)
    return key.label


@again
def _question_of(signed: Signed, counters: tuple[Counter, ...] = ()) -> str | None:
    """What this sign-in was asked, which is answered once; each answer is a try that `counters` count."""
    with transaction():
        count_try(counters)
        return sign_ins.take_challenge(signed.sign_in_id)


@again
def _use(key: PasskeyRow, count: int, counters: tuple[Counter, ...]) -> None:
    with transaction():
        if not passkeys.use_passkey(key.id, seen_count=key.sign_count, now_count=count):
            raise Invalid("That passkey was used elsewhere at the same moment. Try again.")
        forgive(counters)


def _prove(signed: Signed, answer: str) -> str:
    """A whole sign-in in place of the one half way, under a new token."""
    return _begin(signed, answered_by(signed, answer))


@again
def _begin(signed: Signed, label: str) -> str:
    with transaction():
        sign_ins.end(signed.sign_in_id, member_id=signed.member_id)
        told = {"by": f"password and passkey “{label}”"}
        record(actor=signed.name, action="staff.signed_in", subject=signed.email, details=told)
        return sign_ins.begin(member_id=signed.member_id, second_factor=True, user_agent=request.user_agent.string)


def _add(signed: Signed, form: PasskeyForm) -> list[str]:
    at = _house()
    asked = _question_of(signed)
    if asked is None or len(staff.passkeys_of(signed.member_id)) >= passkeys.MOST:
        end_read()
        raise Invalid("No passkey was made. Try again.")
    end_read()
    key = checked_creation(at, challenge=asked, answer=form.credential.data)
    return _keep(signed, key, form.label.data or browser_words(request.user_agent.string))


@again
def _keep(signed: Signed, key: NewKey, label: str) -> list[str]:
    with transaction():
        codes = passkeys.add_passkey(member_id=signed.member_id, key=key, label=label, sign_in_id=signed.sign_in_id)
        told = begun({"label": label[:40]})
        record(actor=signed.name, action="staff.passkey_added", subject=signed.email, details=told)
    return codes


@again
def _options(make: Callable[[House, str, list[str]], str]) -> Answer:
    """A fresh question, kept on the sign-in until it is answered; for a script, so problems are plain statuses."""
    at, signed = house(), current()
    if at is None or not Press().validate_on_submit():
        return Response("{}", status=400, mimetype="application/json")
    known = [one.credential_id for one in staff.passkeys_of(signed.member_id)]
    end_read()
    with transaction():
        asked = sign_ins.challenge(signed.sign_in_id)
    return Response(make(at, asked, known), mimetype="application/json")


def _named(signed: Signed) -> tuple[int, str, str]:
    return signed.member_id, signed.email, signed.name


def _house() -> House:
    at = house()
    if at is None:
        raise Invalid("Passkeys need https and a host name.")
    return at
