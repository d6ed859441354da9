"""How long data is kept: the schedule, and the numbers that staff may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, request, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.base_form import StaffForm
from shop.admin.routes import Answer, asks, see_other
from shop.consents.queries import periods
from shop.consents.rules import PERIODS, assert_within
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.journeys.keep_retention import set_retention
from shop.staff.rules.permissions import Permission


class RetentionForm(StaffForm):
    """Days for each period."""

    orders = IntegerField("Who an order was for", [InputRequired("Enter a number of days.")])
    letters = IntegerField("Letters that we wrote", [InputRequired("Enter a number of days.")])
    events = IntegerField("What Stripe told us of payments", [InputRequired("Enter a number of days.")])
    sign_ins = IntegerField("Sign-ins of staff", [InputRequired("Enter a number of days.")])


@asks("/retention", needs=Permission.SET_RETENTION)
def retention() -> Answer:
    """The worker keeps to it every hour; visitors read the same on a page of their own.

    A shorter time is asked about first: what is deleted by it does not come back.
    """
    now = periods()
    form = RetentionForm(data=now)
    if not form.validate_on_submit():
        return _form_page(form, status=refused(form) if form.is_submitted() else 200)
    days = {one.key: int(form[one.key].data) for one in PERIODS}
    end_read()
    try:
        assert_within(days)
        shorter = [form[key].label.text for key, number in days.items() if number < now[key]]
        if shorter and request.form.get("sure") != _mark(days):
            return _form_page(form, shorter=shorter, sure=_mark(days))
        set_retention(days, actor=current().name)
    except ShopError as problem:
        return _form_page(form, status=refused(form, problem=problem))
    flash("Saved. The worker keeps to it from its next round on.", "success")
    return see_other(url_for("admin.retention"))


def _form_page(form: RetentionForm, *, status: int = 200, shorter: Sequence[str] = (), sure: str = "") -> Answer:
    bounds = {one.key: (one.least, one.most) for one in PERIODS}
    return page("admin/retention.html", status=status, form=form, bounds=bounds, shorter=shorter, sure=sure)


def _mark(days: Mapping[str, int]) -> str:
    return ",".join(str(number) for number in days.values())
