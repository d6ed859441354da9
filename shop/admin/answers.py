"""How this door answers: its pages, what went wrong, and a press that was met by a changed world."""

from __future__ import annotations

from typing import Any

from flask import flash, g, render_template
from flask_wtf import FlaskForm

from shop.admin import words
from shop.admin.access import allowed
from shop.admin.routes import admin
from shop.core.errors import ShopError
from shop.staff.operations.throttle import TooManyTries
from shop.staff.rules.permissions import Permission

STALE_TOKEN = "This page had been open for too long. Nothing was changed: press the button again."  # noqa: S105  # words, no secret

# Label, endpoint, group of pages, permission.
NAVIGATION = (
    ("Today", "today", "today", Permission.SEE_TODAY),
    ("Orders", "order_list", "orders", Permission.SEE_ORDERS),
    ("Products", "product_list", "products", Permission.SEE_PRODUCTS),
    ("Payouts", "payout_list", "payouts", Permission.SEE_PAYOUTS),
    ("Disputes", "dispute_list", "disputes", Permission.SEE_MONEY),
    ("Stripe", "stripe_account", "stripe", Permission.SEE_MONEY),
    ("Stock", "stock_grid", "stock", Permission.SEE_STOCK),
    ("Prints", "artwork_list", "artworks", Permission.SEE_ARTWORKS),
    ("Stories", "story_list", "stories", Permission.SEE_STORIES),
    ("Partners", "partner_list", "partners", Permission.SEE_STORIES),
    ("Taking part", "appeal_list", "taking", Permission.SEE_TAKING_PART),
    ("Giving", "giving_setup", "giving", Permission.SEE_GIFTS),
    ("Discounts", "discount_list", "discounts", Permission.SEE_DISCOUNTS),
    ("Tax & delivery", "rate_list", "rates", Permission.SEE_RATES),
    ("Letters", "letter_list", "letters", Permission.SEE_LETTERS),
    ("Jobs", "job_list", "jobs", Permission.SEE_JOBS),
    ("Checks", "checks", "checks", Permission.RUN_CHECKS),
    ("Design", "design", "design", Permission.SEE_DESIGN),
)


def page(template: str, *, status: int = 200, **given: Any) -> tuple[str, int]:
    """A page of this door; templates get `signed`, `may(permission)` and the words of this door beside `given`."""
    frame = {
        "signed": g.get("signed"),
        "may": allowed,
        "P": Permission,
        "words": words,
        "press": Press(),
        "navigation": NAVIGATION,
    }
    return render_template(template, **frame, **given), status


class Press(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A button without fields."""


def refused(*forms: FlaskForm, problem: ShopError | None = None) -> int:
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
def tell(problem: ShopError) -> tuple[str, int]:
    """What a room refused, in its own words."""
    return page("admin/problem.html", status=problem.kind.value, problem=problem)


@admin.errorhandler(TooManyTries)
def tell_to_wait(problem: TooManyTries) -> tuple[str, int, dict[str, str]]:
    """As above, and in a header how long to wait."""
    text, status = tell(problem)
    return text, status, {"Retry-After": str(int(problem.wait.total_seconds()) + 1)}


def _place(form: FlaskForm, problem: ShopError) -> None:
    field = next((one for one in form if one.short_name == problem.field), None)
    if field is None:
        flash(problem.message, "danger")
    else:
        field.errors = [*field.errors, problem.message]
