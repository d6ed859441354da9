"""Who is asking, and may they: run before every view of this door. Denied unless the table grants it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app, g, request, session, url_for
from werkzeug.wrappers import Response

from shop.admin.routes import NEEDS, Open, admin, see_other
from shop.core import clock
from shop.core.again import again
from shop.core.config import Settings
from shop.core.database import transaction
from shop.core.errors import Forbidden
from shop.core.logs import security
from shop.core.networks import network_of
from shop.staff import queries as staff
from shop.staff.operations import record, sign_ins
from shop.staff.operations.audit import acting_from
from shop.staff.operations.seen import record_look
from shop.staff.queries import Signed
from shop.staff.queries.seen import looked_today
from shop.staff.rules.permissions import ASKED_AGAIN, Permission, may
from shop.staff.rules.sign_ins import browser_words, proved_lately

# Reading these is an entry of its own in the audit log: what people wrote or were written, and what leaves the house.
# Pages are noted once a day for each person and page, what leaves the house each time.
LOGGED_VIEWS: dict[str, str] = {
    "admin.one_letter": "letter.read",
    "admin.letter_as_mail": "letter.read",
    "admin.one_customer": "customer.viewed",
    "admin.erase_customer": "customer.viewed",
    "admin.one_order": "order.viewed",
    "admin.change_address": "order.viewed",
}
LOGGED_EXPORTS: dict[str, str] = {
    "admin.audit_csv": "audit.exported",
    "admin.books_csv": "books.exported",
    "admin.customer_data": "customer.exported",
    "admin.postage_csv": "addresses.exported",
    "admin.slips_pdf": "addresses.exported",
    "admin.address_labels": "addresses.exported",
    "admin.discount_codes": "codes.exported",
}
MOST_NAMED = 100  # orders of one export that its entry names
# Only our own addresses, in plain characters: no scheme, no host, no backslash, nothing a browser reads otherwise.
_LOCAL = re.compile(r"/admin(/[\w.~-]+)*/?(\?[\w=&%+.~-]*)?", re.ASCII)


def current() -> Signed:
    """Who is signed in; only for views that need a permission."""
    signed: Signed | None = g.signed
    if signed is None:
        raise Forbidden("Sign in first.")
    return signed


def allowed(permission: Permission) -> bool:
    """Whether to show the button; the view behind it is guarded by itself."""
    signed: Signed | None = g.signed
    if signed is None or signed.half_way or (signed.to_set_up and permission is not Permission.KEEP_OWN_SIGN_IN):
        return False
    return may(signed.role, permission)


def safe_next(asked: str | None) -> str:
    """Where to go after signing in: the address asked for when it is one of ours, otherwise the first page."""
    return asked if asked and _LOCAL.fullmatch(asked) else url_for("admin.today")


def set_cookie(answer: Response, token: str) -> None:
    """Hand the browser its sign-in; it is forgotten when the browser closes."""
    secure = _settings().secure
    answer.set_cookie(_cookie_name(), token, httponly=True, secure=secure, samesite="Lax", path="/")


def forget_cookie(answer: Response) -> None:
    """Take the sign-in and the forms' token back from the browser."""
    session.clear()
    answer.delete_cookie(_cookie_name(), httponly=True, secure=_settings().secure, samesite="Lax", path="/")
    answer.headers["Clear-Site-Data"] = '"storage"'  # drafts too, also where no script cleared them


def there_lately(signed: Signed) -> bool:
    """Whether it is not long ago that this person proved to be at this desk."""
    return proved_lately(signed.confirmed_at, at=clock.now(), pressing=request.method == "POST")


@admin.before_request
def guard() -> Response | None:
    """Look who is there, and let nobody to a view whose permission they do not have."""
    token = request.cookies.get(_cookie_name(), "")
    g.signed = staff.signed_in(token) if token else None
    acting_from(f"{network_of(request.remote_addr or '')}, {browser_words(request.user_agent.string)}")
    need = NEEDS.get(request.endpoint or "")
    if need is Open.TO_ANYONE:
        return None
    if g.signed is None:
        return see_other(url_for("admin.sign_in", next=_wanted()))
    if need is Open.HALF_WAY:
        return None if g.signed.half_way else see_other(safe_next(request.args.get("next")))
    if g.signed.half_way:
        return see_other(url_for("admin.second_step", next=_wanted()))
    if g.signed.to_set_up and need is not Permission.KEEP_OWN_SIGN_IN:
        return see_other(url_for("admin.choose_factor"))
    if not (isinstance(need, Permission) and may(g.signed.role, need)):
        security("permission_refused", member=g.signed.member_id, role=g.signed.role)
        raise Forbidden("Your role does not include this. Ask an owner if you need it.")
    if need in ASKED_AGAIN and not there_lately(g.signed):
        return see_other(url_for("admin.confirm", next=_wanted() or _came_from()))
    _keep_awake(g.signed)
    _log_view(g.signed)
    return None


@admin.teardown_request
def leave(_problem: BaseException | None) -> None:
    """The thread serves somebody else next."""
    acting_from(None)


@admin.after_request
def keep_nothing(answer: Response) -> Response:
    """Nothing of this door stays in a cache or a history, or is shown by a search engine."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@again
def _keep_awake(signed: Signed) -> None:
    if signed.due_to_be_seen:
        with transaction():
            sign_ins.see(signed.sign_in_id)


@again
def _log_view(signed: Signed) -> None:
    endpoint, subject = request.endpoint or "", request.path[:200]
    if action := LOGGED_EXPORTS.get(endpoint):
        orders = request.args.getlist("order")[:MOST_NAMED]
        with transaction():
            record(actor=signed.name, action=action, subject=subject, details={"orders": orders} if orders else {})
    elif (action := LOGGED_VIEWS.get(endpoint)) and request.method == "GET":
        _log_look(signed, action, subject)


@again
def _log_look(signed: Signed, action: str, subject: str) -> None:
    if not looked_today(member_id=signed.member_id, action=action, subject=subject):
        with transaction():
            record_look(member_id=signed.member_id, actor=signed.name, action=action, subject=subject, details={})


def _wanted() -> str | None:
    """The page asked for, to come back to; a press is not repeated by itself."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _came_from() -> str | None:
    """The page whose button was pressed, to come back to; only ever one of ours."""
    parts = urlsplit(request.referrer or "")
    return parts.path if parts.netloc == request.host else None


def _cookie_name() -> str:
    return _settings().cookie("staff")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
