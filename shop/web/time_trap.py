"""A trap for robots that send gift forms: a field that people do not see, and a signed moment of showing the form.

Nobody reads, chooses and presses within two seconds. Whoever is caught sees the form again, with all that was typed; a
person presses once more. A form that is a day old is no trap: the page was left open.
"""

from __future__ import annotations

from flask import Flask, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from shop.core import clock
from shop.core.logs import security

QUICKEST = 2  # seconds
FIELD, BAIT = "shown", "website"


def register(app: Flask) -> None:
    """Give templates `shown_now()`, the value of the hidden field."""
    app.jinja_env.globals["shown_now"] = _now


def caught() -> bool:
    """Whether this form was filled in by something quicker or blinder than a person."""
    return baited() or (_too_quick() and _told("quick"))


def baited() -> bool:
    """Whether the field that people do not see was filled in."""
    return bool(request.form.get(BAIT)) and _told("baited")


def _too_quick() -> bool:
    """Sent sooner than anybody reads, or without the moment at which it was shown."""
    try:
        shown = float(_signer().loads(request.form.get(FIELD, "")))
    except (BadData, TypeError, ValueError):
        return True
    return clock.now().timestamp() - shown < QUICKEST


def _told(how: str) -> bool:
    """True, after it was written down."""
    security("robot_caught", how=how)
    return True


def _now() -> str:
    return str(_signer().dumps(round(clock.now().timestamp(), 1)))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["settings"].secret_key, salt="time-trap")
