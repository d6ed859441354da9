"""How this door answers: its pages, what went wrong, and a press that was met by a changed world."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, render_template, request, url_for

from shop.admin import words
from shop.admin.access import allowed
from shop.admin.base_form import StaffForm
from shop.admin.navigation import menu
from shop.admin.routes import Answer, admin, see_other
from shop.brand.queries import NotSetUp
from shop.core.errors import ShopError
from shop.core.languages import ENGLISH, KNOWN
from shop.journeys.keep_phrases import SHELVES
from shop.journeys.services import Services
from shop.staff.operations.throttle import TooManyTries
from shop.staff.rules.permissions import Permission

STALE_TOKEN = "This page had been open for too long. Nothing was changed: press the button again."  # noqa: S105  # words, no secret


def page(template: str, *, status: int = 200, **given: Any) -> tuple[str, int]:
    """A page of this door; templates get `signed`, `may(permission)` and the words of this door beside `given`."""
    frame = {
        "signed": g.get("signed"),
        "may": allowed,
        "P": Permission,
        "words": words,
        "press": Press(),
        "menu": menu,
        "further": [one for one in KNOWN.values() if one != ENGLISH],
        "shelf_names": {name: shelf.label for name, shelf in SHELVES.items()},
    }
    return render_template(template, **frame, **given), status


class Press(StaffForm):
    """A button without fields."""


def refused(*forms: StaffForm, problem: ShopError | None = None) -> int:
    """The status of a page that shows a form again, with the problem beside its field where it has one."""
    if problem is not None:
        _place(forms[0], problem)
        return problem.kind.value
    if any("csrf_token" in form.errors for form in forms):
        flash(STALE_TOKEN, "warning")
        return 400
    return 422


def pressed() -> bool:
    """Whether a button was really pressed on one of our pages; says so to the person when not."""
    if Press().validate_on_submit():
        return True
    flash(STALE_TOKEN, "warning")
    return False


@admin.errorhandler(ShopError)
def tell(problem: ShopError) -> Answer:
    """What a room refused, in its own words. A store that nobody set up yet is set up by whoever may."""
    if isinstance(problem, NotSetUp) and allowed(Permission.SET_UP) and request.method == "GET":
        return see_other(url_for("admin.store_settings"))
    return page("admin/problem.html", status=problem.kind.value, problem=problem)


@admin.errorhandler(TooManyTries)
def tell_to_wait(problem: TooManyTries) -> tuple[str, int, dict[str, str]]:
    """As above, and in a header how long to wait."""
    text, status = page("admin/problem.html", status=problem.kind.value, problem=problem)
    return text, status, {"Retry-After": str(int(problem.wait.total_seconds()) + 1)}


def _place(form: StaffForm, problem: ShopError) -> None:
    field = next((one for one in form if one.short_name == problem.field), None)
    if field is None:
        flash(problem.message, "danger")
    else:
        field.errors = [*field.errors, problem.message]


def services() -> Services:
    """The world outside: payments and the post."""
    found: Services = current_app.extensions["services"]
    return found
