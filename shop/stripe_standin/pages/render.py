"""Turn templates into responses under a strict Content-Security-Policy, and serve the two static files."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

HERE = Path(__file__).resolve().parent.parent
STATIC_TYPES = {"standin.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


def page(template: str, *, status: int = 200, form_targets: tuple[str, ...] = (), **shown: Any) -> Response:
    """An HTML response; `form_targets` are origins that a form's answer may redirect to."""
    html = _templates.get_template(template).render(**shown)
    response = Response(html, status=status, content_type="text/html; charset=utf-8")
    targets = " ".join(("'self'", *form_targets))
    response.headers.update(
        {
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            f"frame-ancestors 'none'; form-action {targets}",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
    )
    return response


def message(status: int, title: str, text: str, *, link: str | None = None) -> Response:
    """A plain page that says one thing, with a way back when there is one."""
    return page("message.html", status=status, title=title, text=text, link=link)


def static_file(name: str) -> Response:
    """The stylesheet or the mark; 404 for any other name."""
    if name not in STATIC_TYPES:
        return message(404, "There is nothing here", "This file is not part of the Stripe stand-in.")
    response = Response(_static_bytes(name), content_type=STATIC_TYPES[name])
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@cache
def _static_bytes(name: str) -> bytes:
    return (HERE / "static" / name).read_bytes()
