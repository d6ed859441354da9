"""What was written on the checkout and not sent yet: kept in a cookie beside the cart, so that coming back finds it."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from msgspec import Struct
from msgspec.structs import asdict

from shop.core.config import Settings
from shop.orders.rules import NO_WISHES, Wishes

DAY = 24 * 3600
MOST_BYTES = 3_500  # browsers keep 4,096 of a cookie with its name


class Written(Struct, frozen=True):
    """The note to us, and the wishes."""

    note: str = ""
    wishes: Wishes = NO_WISHES


def written_here() -> Written:
    """What this browser wrote; nothing for no cookie, or one that we did not sign."""
    settings = _settings()
    try:
        packed = _serializer(settings).loads(request.cookies.get(_name(settings), ""))
        return Written(packed["n"], Wishes(**packed["w"]))
    except (BadSignature, KeyError, TypeError):
        return Written()


def keep_written(response: Response, written: Written) -> Response:
    """Send it back with an answer; forgotten after a day, or at once when there is nothing to keep."""
    settings = _settings()
    packed: dict[str, Any] = {"n": written.note, "w": asdict(written.wishes)}
    value = str(_serializer(settings).dumps(packed)) if written != Written() else ""
    if not value or len(value) > MOST_BYTES:
        response.delete_cookie(_name(settings), path="/", secure=settings.secure, samesite="Lax", httponly=True)
    else:
        response.set_cookie(
            _name(settings), value, max_age=DAY, path="/", secure=settings.secure, samesite="Lax", httponly=True
        )
    return response


def _serializer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="wishes")


def _name(settings: Settings) -> str:
    return settings.cookie("wishes")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
