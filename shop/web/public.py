"""What all public pages have in common: they are read, they may be cached, and they say what they are."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, request

from shop.core.config import Settings
from shop.web.assets import Assets
from shop.web.languages import addressed
from shop.web.present import addresses
from shop.web.view_models.parts import Meta, Page

FRESH = "public, max-age=0, must-revalidate"


def settings() -> Settings:
    answer: Settings = current_app.extensions["settings"]
    return answer


def absolute(path: str) -> str:
    """The whole address of one of our own paths, in the language spoken."""
    return f"{settings().base_url}{addressed(path)}"


def asset(name: str) -> str:
    """The address of a file of `static/`, as templates have it."""
    assets: Assets = current_app.extensions["assets"]
    return assets.url_for(name)


def rendered(template: str, page: Page) -> str:
    """The page in its frame."""
    return render_template(template, page=page)


def meta(title: str, path: str, description: str = "", **more: object) -> Meta:
    """What the page at `path` says of itself; `more` are further fields of Meta. Without a card it gets the store's."""
    if not more.get("image_url"):
        more |= {"image_url": absolute(addresses.STORE_CARD), "image_alt": title}
    return Meta(title=title, description=description, canonical_url=absolute(path), **more)  # type: ignore[arg-type]  # Meta's own constructor names a wrong one


def unshared(body: str, status: int = 200) -> Response:
    """For one person: no cache keeps it, no search engine lists it, and no other site learns its address."""
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def revalidated(response: Response) -> Response:
    """After-request hook of public blueprints: caches may keep the page, and ask each time whether it still holds."""
    if response.status_code == 200 and request.method in ("GET", "HEAD") and not response.direct_passthrough:
        response.headers.setdefault("Cache-Control", FRESH)
        if not response.headers.get("ETag"):
            response.add_etag()
        response.make_conditional(request)
    return response
