"""Signing in and out. The password is checked with no transaction open: it takes a tenth of a second on purpose."""

from __future__ import annotations

from flask import flash, request, session, url_for
from werkzeug.wrappers import Response

from shop.admin.access import current, forget_cookie, safe_next, set_cookie
from shop.admin.answers import page, pressed, refused
from shop.admin.forms import CodeForm, PasskeyForm, SignInForm
from shop.admin.house import house
from shop.admin.routes import Answer, Open, asks, does, see_other
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.core.logs import security
from shop.staff import queries as staff
from shop.staff.operations import members, record, second_factor, sign_ins
from shop.staff.operations.throttle import TooManyTries, count_try, forgive
from shop.staff.queries import Account, Signed
from shop.staff.rules.hashing import outdated, verified
from shop.staff.rules.permissions import Permission
from shop.staff.rules.throttle import Counter, factor_counters, password_counters


@asks("/sign-in", needs=Open.TO_ANYONE)
def sign_in() -> Answer:
    """By e-mail and password; where a second factor is on, it comes next."""
    form, asked = SignInForm(), request.args.get("next")
    if not form.validate_on_submit():
        return page("admin/sign_in.html", status=refused(form) if form.is_submitted() else 200, form=form)
    try:
        account = check_password(form.email.data, form.password.data)
    except (Invalid, TooManyTries) as problem:
        return page("admin/sign_in.html", status=refused(form, problem=problem), form=form)
    token = _begin(account, form.password.data)
    session.clear()  # the forms' token of a signed-out visitor ends here
    step = "admin.second_step" if account.second_factor_on else None
    answer = see_other(url_for(step, next=asked) if step else safe_next(asked))
    set_cookie(answer, token)
    return answer


@asks("/second-factor", needs=Open.HALF_WAY)
def second_step() -> Answer:
    """A code of the app, or a recovery code."""
    form, signed = CodeForm(), current()
    if not form.validate_on_submit():
        return second_page(form, refused(form) if form.is_submitted() else 200)
    try:
        token = _prove(signed, form.code.data)
    except (Invalid, TooManyTries) as problem:
        return second_page(form, refused(form, problem=problem))
    answer = see_other(safe_next(request.args.get("next")))
    set_cookie(answer, token)
    return answer


@does("/sign-out", needs=Permission.KEEP_OWN_SIGN_IN)
def sign_out() -> Answer:
    """End this sign-in."""
    return _leave(current()) if pressed() else see_other(url_for("admin.own_sign_ins"))


@does("/second-factor/leave", needs=Open.HALF_WAY)
def leave_half_way() -> Answer:
    """Start again with another account."""
    return _leave(current()) if pressed() else see_other(url_for("admin.second_step"))


def second_page(form: CodeForm, status: int = 200) -> Answer:
    """Where the second factor is asked for, in the ways that this member has."""
    signed = current()
    return page(
        "admin/second_step.html",
        status=status,
        form=form,
        passkey=PasskeyForm(formdata=None),
        keys=bool(staff.passkeys_of(signed.member_id)) and house() is not None,
        app_on=staff.app_is_on(signed.member_id),
        next=safe_next(request.args.get("next")),
    )


def check_password(email: str, password: str) -> Account:
    """The account whose password this is. Raises Invalid, the same for a wrong e-mail, and TooManyTries."""
    counters = password_counters(email=email.strip().casefold(), address=request.remote_addr or "")
    count_one_try(counters)
    account = staff.account(email)
    end_read()
    if not verified(account.password_hash if account else None, password) or account is None:
        security("password_refused", member=account.id if account else None)
        raise Invalid("The e-mail address or the password is not right.", field="password")
    _forgive(counters)
    return account


@again
def count_one_try(counters: tuple[Counter, ...]) -> None:
    """Count it before it is made, and for good whatever comes of it. Raises TooManyTries."""
    with transaction():
        count_try(counters)


@again
def _forgive(counters: tuple[Counter, ...]) -> None:
    with transaction():
        forgive(counters)


@again
def _begin(account: Account, password: str) -> str:
    browser = request.user_agent.string
    with transaction():
        if outdated(account.password_hash):
            members.renew_hash(member_id=account.id, password_hash=account.password_hash, password=password)
        if not account.second_factor_on:
            record(actor=account.name, action="staff.signed_in", subject=account.email, details={"by": "password"})
        return sign_ins.begin(member_id=account.id, second_factor=False, user_agent=browser)


def _prove(signed: Signed, code: str) -> str:
    """A whole sign-in in place of the one half way, under a new token. Raises Invalid and TooManyTries."""
    counters = factor_counters(signed.member_id)
    count_one_try(counters)
    return _use_code(signed, code, counters)


@again
def _use_code(signed: Signed, code: str, counters: tuple[Counter, ...]) -> str:
    with transaction():
        kind = second_factor.use_code(member_id=signed.member_id, code=code)
        if kind is None:
            security("code_refused", member=signed.member_id)
            raise Invalid("This code is not right, or was used before.", field="code")
        forgive(counters)
        sign_ins.end(signed.sign_in_id, member_id=signed.member_id)
        record(
            actor=signed.name, action="staff.signed_in", subject=signed.email, details={"by": f"password and {kind}"}
        )
        return sign_ins.begin(member_id=signed.member_id, second_factor=True, user_agent=request.user_agent.string)


@again
def _leave(signed: Signed) -> Response:
    with transaction():
        sign_ins.end(signed.sign_in_id, member_id=signed.member_id)
    answer = see_other(url_for("admin.sign_in"))
    forget_cookie(answer)
    flash("You are signed out.", "success")
    return answer
