"""When there is no network: a page that says so, and the script that keeps it. Nothing else is ever kept by it."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Response, render_template

from shop.core.languages import _
from shop.frame.queries import locales
from shop.web.languages import addressed
from shop.web.present import addresses
from shop.web.public import FRESH, asset, meta, rendered
from shop.web.view_models.parts import Page

KEPT = ("site.css", "fonts/fjalla-one.woff2", "fonts/public-sans.woff2", "brand/favicon.svg")
blueprint = Blueprint("offline", __name__)


@blueprint.get(addresses.OFFLINE)
def page() -> Response:
    """What the browser shows in place of a page that it cannot reach."""
    body = rendered("offline/offline.html", Page(meta=meta(_("No connection"), addresses.OFFLINE, indexed=False)))
    answer = Response(body)
    answer.headers["Cache-Control"] = FRESH
    return answer


@blueprint.get("/offline.js")
def worker() -> Response:
    """The service worker. Its name for what it keeps changes with each of the files, so an old copy goes.

    Only the offline page of each language and the files it is made of are kept: no page of the store, no cart, no
    order, nothing of the back office, so that it can never stand before a correction.
    """
    pages = {language.prefix: addressed(addresses.OFFLINE, language) for language in locales().offered}
    files = [asset(name) for name in KEPT]
    name = f"offline-{sha256(' '.join((*pages.values(), *files)).encode()).hexdigest()[:12]}"
    answer = Response(
        render_template("offline/worker.js", name=name, pages=pages, files=files), mimetype="text/javascript"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer
