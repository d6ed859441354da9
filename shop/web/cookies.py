"""Every cookie that the store sets, told truthfully; and the choice about statistics where an operator has any.

Without `ANALYTICS_SRC` there is nothing to choose and nobody is asked. With it, the layer asks once, with two buttons
of the same size; a browser that sends Global Privacy Control has answered for its owner (https://w3c.github.io/gpc/).
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect, render_template, request
from msgspec import Struct

from shop.core import codes
from shop.core.config import Settings
from shop.core.languages import _, lazy_gettext
from shop.journeys.choose_statistics import note_choice
from shop.web import basket, languages
from shop.web.languages import addressed
from shop.web.present import addresses
from shop.web.public import meta, settings, unshared
from shop.web.view_models.care import CookieRow, CookiesPage

YEAR = 365 * 24 * 3600
CONSENT = "consent"
blueprint = Blueprint("cookies", __name__)


class Cookie(Struct, frozen=True):
    """`bare` is the name without the prefix that https allows."""

    bare: str
    purpose: str
    lasts: str
    reader: str
    path: str = "/"

    def name(self, about: Settings) -> str:
        """As the browser knows it."""
        return about.cookie(self.bare, path=self.path)


STORE = lazy_gettext("Only our server")
SCRIPT = lazy_gettext("Our server and our own script")
NECESSARY = (
    Cookie(
        "cart",
        lazy_gettext("What is in your cart. Set when you put something in."),
        lazy_gettext("30 days"),
        STORE,
    ),
    Cookie(
        basket.COUNT_COOKIE,
        lazy_gettext("How many tees are in your cart, for the number at the top of pages. Set together with the cart."),
        lazy_gettext("30 days"),
        SCRIPT,
    ),
    Cookie(
        "wishes",
        lazy_gettext(
            "Your note and wishes at the checkout, so that coming back finds them. Set when you continue to pay."
        ),
        lazy_gettext("1 day"),
        STORE,
    ),
    Cookie(
        languages.COOKIE,
        lazy_gettext("The language you chose at the foot of a page. Set when you choose one."),
        lazy_gettext("1 year"),
        STORE,
    ),
    Cookie(
        "staff",
        lazy_gettext("For people who work here: that they are signed in. Visitors never get it."),
        lazy_gettext("Until the browser closes"),
        STORE,
    ),
    Cookie(
        "staff_csrf",
        lazy_gettext("For people who work here: that a form was sent from our own page. Visitors never get it."),
        lazy_gettext("Until the browser closes"),
        STORE,
        path="/admin",
    ),
)
CHOICE = Cookie(
    CONSENT,
    lazy_gettext("Your answer about statistics, with a random number that names nobody. Set when you answer."),
    lazy_gettext("1 year"),
    SCRIPT,
)


def cookies(about: Settings) -> tuple[Cookie, ...]:
    """All that this store sets; the answer about statistics only where it has any."""
    return (*NECESSARY, CHOICE) if about.analytics_src else NECESSARY


def forget_all(answer: Response) -> None:
    """Take every cookie of ours back from the browser."""
    about = settings()
    for one in (*NECESSARY, CHOICE):
        answer.delete_cookie(one.name(about), path=one.path, secure=about.secure, samesite="Lax")


def register(app: Flask) -> None:
    """Tell templates whether there are statistics to ask about."""
    about: Settings = app.extensions["settings"]
    app.jinja_env.globals["analytics_src"] = about.analytics_src or ""


@blueprint.get(addresses.COOKIES)
def show() -> Response:
    """The list, and one's own answer."""
    return _page()


@blueprint.post(addresses.COOKIES)
def choose() -> Response:
    """Yes or no to statistics; no stays no where the browser asks not to be tracked."""
    if not settings().analytics_src:
        return _page()
    allowed = request.form.get("statistics") == "yes" and not _asks_not_to_be_tracked()
    before = request.cookies.get(settings().cookie(CONSENT), "").partition(".")[2]
    known = before if before.isascii() and before.isalnum() and len(before) == 26 else codes.new_id()
    note_choice(browser=known, allowed=allowed, origin="layer" if request.form.get("back") else "cookie page")
    answer = _back() if request.form.get("back") else _page(choice="yes" if allowed else "no", saved=True)
    value = f"{'yes' if allowed else 'no'}.{known}"
    about = settings()
    answer.set_cookie(about.cookie(CONSENT), value, max_age=YEAR, secure=about.secure, samesite="Lax", httponly=False)
    return answer


def _back() -> Response:
    """To the page that the layer lay over, which our own browser names; else home."""
    where = request.referrer or ""
    base = settings().base_url
    url = where.removeprefix(base) if where.startswith(f"{base}/") else addressed(addresses.HOME)
    answer = Response(redirect(url, 303).data, 303, {"Location": url})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(*, choice: str = "", saved: bool = False) -> Response:
    about = settings()
    page = CookiesPage(
        meta=meta(_("Cookies"), addresses.COOKIES),
        cookies=tuple(
            CookieRow(name=one.name(about), purpose=str(one.purpose), lasts=str(one.lasts), reader=str(one.reader))
            for one in cookies(about)
        ),
        analytics=bool(about.analytics_src),
        choice=choice or request.cookies.get(settings().cookie(CONSENT), "").partition(".")[0],
        asks_not_to_be_tracked=_asks_not_to_be_tracked(),
        choice_url=addresses.COOKIES,
        how_long_url=addresses.HOW_LONG,
        saved=saved,
    )
    return unshared(render_template("cookies/cookies.html", page=page))


def _asks_not_to_be_tracked() -> bool:
    return request.headers.get("Sec-GPC") == "1"
