"""The cart's cookie: signed, out of reach of scripts, and beside it the bare count that the header shows."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from msgspec import Struct

from shop.cart.rules import Cart
from shop.core.config import Settings

MONTH = 30 * 24 * 3600
COUNT_COOKIE = "cart_count"


class Jar(Struct, frozen=True):
    """Where carts are kept: the names of the cart's cookie and of the count beside it."""

    serializer: URLSafeSerializer
    cookie: str
    count: str
    secure: bool


def prepare(app: Flask) -> None:
    """Make the jar once; signing keys are derived slowly enough to notice."""
    settings: Settings = app.extensions["settings"]
    app.extensions["jar"] = Jar(
        serializer=URLSafeSerializer(settings.secret_key, salt="cart"),
        cookie=settings.cookie("cart"),
        count=settings.cookie(COUNT_COOKIE),
        secure=settings.secure,
    )


def cart_here() -> Cart:
    """This browser's cart; a new, empty one for no cookie or one that we did not sign."""
    jar = _jar()
    try:
        packed = jar.serializer.loads(request.cookies.get(jar.cookie, ""))
    except BadSignature:
        return Cart.new()
    return Cart.unpacked(packed) or Cart.new()


def keep(response: Response, cart: Cart) -> Response:
    """Send the cart back with an answer that no cache may share."""
    jar = _jar()
    _put(response, jar.cookie, str(jar.serializer.dumps(cart.packed())), jar, hidden=True)
    _put(response, jar.count, str(cart.units), jar, hidden=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def _put(response: Response, name: str, value: str, jar: Jar, *, hidden: bool) -> None:
    """Lax, because the way back from the payment page comes from another site."""
    response.set_cookie(name, value, max_age=MONTH, path="/", secure=jar.secure, samesite="Lax", httponly=hidden)


def _jar() -> Jar:
    jar: Jar = current_app.extensions["jar"]
    return jar
