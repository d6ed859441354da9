"""Named errors become pages: plain words, the right status, a way on, and never a trace."""

from __future__ import annotations

import logging
from datetime import timedelta

from flask import Flask, Response, g, make_response, render_template
from sqlalchemy.exc import DataError, DBAPIError
from werkzeug.exceptions import HTTPException

from shop.core import codes
from shop.core.database import let_go
from shop.core.errors import ShopError, TooMany
from shop.core.languages import _, lazy_gettext
from shop.core.rates import UsedUp
from shop.web.view_models.parts import Meta
from shop.web.view_models.stories import ErrorPage

TITLES = {
    403: lazy_gettext("Not allowed"),
    404: lazy_gettext("Not found"),
    409: lazy_gettext("It changed meanwhile"),
    503: lazy_gettext("One moment, please"),
}
PAGES = frozenset({400, 403, 404, 409, 410, 413, 422, 429, 500, 503})
A_MINUTE = timedelta(minutes=1)
log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """The one place that maps kinds of errors to answers."""
    app.register_error_handler(ShopError, _named)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _unreadable)
    app.register_error_handler(OverflowError, _unreadable)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unforeseen)
    app.after_request(_tell_wait)


def _tell_wait(answer: Response) -> Response:
    """RFC 6585, section 4: an answer of 429 says when to come again."""
    if answer.status_code == 429:
        answer.headers.setdefault("Retry-After", g.get("retry_after", "60"))
    return answer


def error_page(status: int, message: str = "", reference: str = "") -> Response:
    """The page of a status; those without one of their own show the nearest that has."""
    template = status if status in PAGES else (400 if status < 500 else 500)
    meta = Meta(title=str(TITLES.get(status, _("Something went wrong"))), indexed=False)
    page = ErrorPage(meta=meta, status=status, message=message, reference=reference)
    answer = make_response(render_template(f"errors/{template}.html", page=page), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _named(error: ShopError) -> Response:
    note_wait(error)
    return error_page(error.kind.value, error.message)


def note_wait(error: ShopError) -> None:
    """Say in a header how long to wait, whichever page answers: programs read it, and so do people's tools."""
    if isinstance(error, TooMany):
        wait = error.wait if isinstance(error, UsedUp) else A_MINUTE
        g.retry_after = str(int(wait.total_seconds()) + 1)


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return Response(error.get_response())  # type: ignore[arg-type]  # redirects that werkzeug raises
    answer = error_page(error.code)
    if error.code == 405:
        answer.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return answer


def _unreadable(_error: DataError | OverflowError) -> Response:
    """What was asked for no row can hold, a NUL on PostgreSQL or a huge number: the request is wrong, not the store."""
    let_go()
    return error_page(400)


def _database(error: DBAPIError) -> Response:
    """The database is away, busy or full: nothing was half written, and trying again is right."""
    let_go()
    reference = _noted(error)
    answer = error_page(503, reference=reference)
    answer.headers["Retry-After"] = "5"
    return answer


def _unforeseen(error: Exception) -> Response:
    let_go()
    return error_page(500, reference=_noted(error))


def _noted(error: Exception) -> str:
    """Write the error down under a reference that a person can read out to us."""
    reference = codes.new_order_number()
    log.error("failed, reference %s", reference, exc_info=error)
    return reference
