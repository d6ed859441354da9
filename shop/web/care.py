"""Leaving quickly, what that cannot hide, and whom to turn to."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request

from shop.campaigns.rules.views import HelplineView
from shop.core.languages import _
from shop.web.cookies import forget_all
from shop.web.present import addresses
from shop.web.present.helplines import helplines
from shop.web.public import FRESH, meta
from shop.web.reads.helplines import helplines as lines
from shop.web.site import EXIT
from shop.web.view_models.care import HelplinesPage, LeavingPage
from shop.web.view_models.parts import Link

blueprint = Blueprint("care", __name__)


@blueprint.get(addresses.LEAVE)
def leave() -> Response:
    """The way out for browsers without our script: our cookies go, and the next page is an everyday one.

    A browser that fetches the address beforehand, or another site that names it, takes nobody's cart away.
    """
    answer = Response(redirect(EXIT, 303).data, 303, {"Location": EXIT})
    wanted = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    if wanted and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        forget_all(answer)
    return _unkept(answer)


@blueprint.post(addresses.LEAVE)
def left() -> Response:
    """Our script tells us on its way out; nothing waits for the answer."""
    answer = Response(status=204)
    forget_all(answer)
    return _unkept(answer)


@blueprint.get(addresses.LEAVING)
def leaving() -> str:
    """How it works, and what it cannot hide."""
    about = meta(_("Leaving this site quickly"), addresses.LEAVING, sensitive=True)
    return render_template("care/leaving.html", page=LeavingPage(meta=about, leave_url=addresses.LEAVE))


@blueprint.get(addresses.HELPLINES)
def turn_to() -> Response:
    """Helplines of one country: the one asked for, else the one that the browser's languages name, else the first."""
    known = lines()
    countries = {line.country: line.country_name for line in known}
    asked = request.args.get("country", "").upper()
    chosen = asked if asked in countries else "" if asked == "ALL" else _country_of_reader(known)
    page = HelplinesPage(
        meta=meta(_("Helplines"), addresses.HELPLINES, _("Whom to turn to, by country."), sensitive=True),
        helplines=helplines(line for line in known if chosen in ("", line.country)),
        countries=tuple(
            Link(label=name, url=f"{addresses.HELPLINES}?country={code}", current=code == chosen)
            for code, name in countries.items()
        ),
        all_url=f"{addresses.HELPLINES}?country=all",
        everywhere=not chosen,
    )
    answer = Response(render_template("care/helplines.html", page=page))
    answer.headers["Cache-Control"] = FRESH
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.vary.add("Accept-Language")
    return answer


def lines_for_reader() -> tuple[HelplineView, ...]:
    """Those of the country that the reader's browser names, for a page that offers them in passing."""
    known = lines()
    country = _country_of_reader(known)
    return tuple(line for line in known if line.country == country)


def _country_of_reader(known: tuple[HelplineView, ...]) -> str:
    """`en-GB` speaks of Great Britain; a language alone speaks of no country."""
    there = [line.country for line in known]
    for value, _quality in request.accept_languages:
        region = value.replace("_", "-").rpartition("-")[2].upper()
        if "-" in value and region in there:
            return region
    return there[0] if there else ""


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
