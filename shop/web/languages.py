"""In which language a page answers. Its address says so: `/es/shop` is Spanish, `/shop` is English.

An address without a language is everybody's: who chose one before (a cookie) or whose browser asks for one is led to
the same page under that language's addresses. Views, rooms and stored prose name addresses without a language; the
answer puts it in front of every link on the page, in one place, so that no link can forget it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, current_app, make_response, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header
from werkzeug.sansio.http import parse_cookie

from shop.core.config import Settings
from shop.core.database import session
from shop.core.languages import ENGLISH, KNOWN, Language, language_named, speak, speaking, spoken, teach
from shop.frame.locales import OWN, Locales
from shop.frame.queries import locales
from shop.web.present import addresses
from shop.web.view_models.parts import Alternate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

COOKIE = "language"
YEAR = 365 * 24 * 3600
STATED = "shop.language_stated"  # in the environ: whether the address itself named the language
# What is the same in every language, or only for staff, who work in English. Files (feeds among them) have a dot.
SHARED = frozenset({"admin", "healthz", "language", "leave", "media", "readyz", "static", "stripe"})
_LINK = re.compile(r"""(?<=\s)((?:href|action|formaction|data-url)=")(/(?!/)[^"]*)""")
blueprint = Blueprint("languages", __name__)


class SpokenLanguage:
    """The WSGI layer that takes the language out of the address and lets everything behind it speak that language.

    `cookie` is the name of the one that keeps a choice.
    """

    def __init__(self, app: WSGIApplication, *, cookie: str) -> None:
        self.app, self._cookie = app, cookie

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        code, _, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        stated = code in KNOWN and code != ENGLISH.code and is_page(f"/{rest}")
        if stated:
            environ["PATH_INFO"] = f"/{rest}"
        environ[STATED] = stated
        with speaking(KNOWN[code] if stated else _wished(environ, self._cookie)):
            return self.app(environ, start_response)


def is_page(path: str) -> bool:
    """Whether there is one of these for each language."""
    first, _, last = path.strip("/").partition("/")
    return first not in SHARED and "." not in (last or first).rpartition("/")[2]


def addressed(path: str, language: Language | None = None) -> str:
    """Where the page at `path` is in a language, the one spoken if none is named."""
    prefix = (language or spoken()).prefix
    return f"{prefix}{path}" if prefix and is_page(path.partition("?")[0].partition("#")[0]) else path


def alternates(canonical_url: str) -> tuple[Alternate, ...]:
    """The addresses of a page in every language, English once more for everybody else; none for a page without one."""
    base = _settings().base_url
    path = canonical_url.removeprefix(base).removeprefix(spoken().prefix)
    if not canonical_url or not is_page(path):
        return ()
    every = (*((one.code, one) for one in locales().offered), ("x-default", ENGLISH))
    return tuple(Alternate(language=name, url=f"{base}{addressed(path, one)}") for name, one in every)


@blueprint.post(addresses.LANGUAGE)
def choose() -> Response:
    """Speak another language from now on, beginning with the page that the wish came from."""
    language = KNOWN.get(request.form.get("language", ""))
    if language is None or not locales().offers(language):
        abort(400)
    answer = make_response(redirect(addressed(_readable(request.form.get("to", "/")), language), 303))
    settings = _settings()
    answer.set_cookie(
        settings.cookie(COOKIE), language.code, max_age=YEAR, secure=settings.secure, httponly=True, samesite="Lax"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(app: Flask) -> None:
    """Stand in front of every door of the storefront, and teach its templates to translate."""
    about: Settings = app.extensions["settings"]
    app.wsgi_app = SpokenLanguage(app.wsgi_app, cookie=about.cookie(COOKIE))  # type: ignore[method-assign]  # the documented way to wrap one
    teach(app.jinja_env)
    app.jinja_env.globals["alternates"] = alternates
    app.before_request(_lead_to_the_language)
    app.after_request(_keep_the_language)


def _wished(environ: WSGIEnvironment, cookie: str) -> Language:
    """What an address without a language is answered in: as chosen before, else as the browser asks."""
    if not is_page(environ.get("PATH_INFO", "")):
        return ENGLISH
    if chosen := parse_cookie(environ.get("HTTP_COOKIE")).get(cookie):
        return language_named(chosen)
    return _asked_by_browser(environ.get("HTTP_ACCEPT_LANGUAGE"))


@lru_cache(maxsize=512)
def _asked_by_browser(header: str | None) -> Language:
    asked = parse_accept_header(header, LanguageAccept)
    return language_named(asked.best_match(KNOWN, ENGLISH.code))


def _lead_to_the_language() -> Response | None:
    """Forms are answered where they were sent; whoever reads is led to the address that says the language.

    That of a language which the store does not offer (any more) is the English one.
    """
    stated, reads = request.environ.get(STATED), request.method in ("GET", "HEAD")
    if is_page(request.path) and (stated or spoken() is not ENGLISH or _undecided()):
        speak(_offered(stated=bool(stated)))
    if not reads or (spoken() is ENGLISH and not stated) or (stated and spoken() is not ENGLISH):
        return None
    answer = make_response(redirect(addressed(_asked_for()), 302))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _offered(*, stated: bool) -> Language:
    """What is spoken if it is on offer; else English at an address that named it, and the default elsewhere."""
    chosen = _locales()
    if not stated and _undecided():
        return language_named(chosen.default)
    return spoken() if chosen.offers(spoken()) else ENGLISH


def _undecided() -> bool:
    """A browser that asks for languages, none of which the store knows, and a reader who chose none.

    What asks for none (search engines) reads English at an address without a language.
    """
    header = request.headers.get("Accept-Language", "")
    return bool(header.strip()) and _settings().cookie(COOKIE) not in request.cookies and not _known_to_browser(header)


@lru_cache(maxsize=512)
def _known_to_browser(header: str) -> bool:
    return parse_accept_header(header, LanguageAccept).best_match(KNOWN) is not None


def _locales() -> Locales:
    """Every language while the database is away, so that the page which says so is said in the reader's."""
    try:
        return locales()
    except DBAPIError:
        session().rollback()
        return OWN


def _asked_for() -> str:
    return request.full_path if request.query_string else request.path


def _keep_the_language(response: Response) -> Response:
    if not is_page(request.path):
        return response
    if not request.environ.get(STATED):
        response.vary.update(("Accept-Language", "Cookie"))
    if "Location" in response.headers:
        response.headers["Location"] = _located(response.headers["Location"])
    if response.mimetype == "text/html" and not response.direct_passthrough:
        response.headers["Content-Language"] = spoken().code
        if spoken().prefix and response.status_code != 304:
            response.set_data(_LINK.sub(lambda link: link[1] + _located(link[2]), response.get_data(as_text=True)))
    return response


def _located(url: str) -> str:
    """An address on a page or in a redirect, in the language spoken; those of other hosts stay as they are."""
    own = url.startswith("/") and not url.startswith(("//", f"{spoken().prefix}/"))
    return addressed(url) if own else url


def _readable(to: str) -> str:
    """A page of ours to return to. What answers forms only (a cart's line) is left for what stands above it."""
    path, mark, query = to.partition("?")
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    finder = current_app.url_map.bind("")
    while path != "/":
        try:
            finder.match(path, method="GET")
        except HTTPException:
            path, mark, query = path.rpartition("/")[0] or "/", "", ""
        else:
            break
    return f"{path}{mark}{query}"


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
