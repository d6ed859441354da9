"""The one way to put a view on an address: with the permission it needs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from flask import Blueprint, redirect
from werkzeug.routing import BaseConverter, IntegerConverter
from werkzeug.wrappers import Response

from shop.staff.rules.permissions import Permission

Answer = str | Response | tuple[str, int]
View = TypeVar("View", bound=Callable[..., Answer])


class Open(Enum):
    """What needs no permission: pages for anyone, and pages for those whose second factor is still to come."""

    TO_ANYONE = "anyone"
    HALF_WAY = "half way"


class RowInPath(IntegerConverter):
    """The id of a row, never larger than a database takes."""

    regex = r"[0-9]{1,15}"


class CodeInPath(BaseConverter):
    """An id as `new_id` makes it, or one made from it; nothing else in an address reaches the database."""

    regex = r"[0-9a-z-]{1,32}"


class StripeIdInPath(BaseConverter):
    """An id as Stripe makes them."""

    regex = r"[0-9A-Za-z_]{1,120}"


Need = Permission | Open
admin = Blueprint("admin", __name__, url_prefix="/admin")
NEEDS: dict[str, Need] = {}


def see_other(url: str) -> Response:
    """Go on at another address by GET, whatever the method was."""
    return redirect(url, code=303)


def shows(rule: str, *, needs: Need) -> Callable[[View], View]:
    """A page to read."""
    return _put(rule, needs, ["GET"])


def does(rule: str, *, needs: Need) -> Callable[[View], View]:
    """A press that changes something."""
    return _put(rule, needs, ["POST"])


def asks(rule: str, *, needs: Need) -> Callable[[View], View]:
    """A page with a form that is sent to its own address."""
    return _put(rule, needs, ["GET", "POST"])


def _put(rule: str, needs: Need, methods: list[str]) -> Callable[[View], View]:
    def put(view: View) -> View:
        NEEDS[f"admin.{view.__name__}"] = needs
        admin.add_url_rule(rule, view_func=view, methods=methods)
        return view

    return put
