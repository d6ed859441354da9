"""How long data is kept: the schedule, and the numbers that staff may change."""

from __future__ import annotations

from flask import flash, url_for
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.routes import Answer, asks, see_other
from shop.consents.queries import periods
from shop.consents.rules import PERIODS
from shop.core.errors import ShopError
from shop.journeys.keep_retention import set_retention
from shop.staff.rules.permissions import Permission


class RetentionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Days for each period."""

    orders = IntegerField("Who an order was for", [InputRequired("Enter a number of days.")])
    letters = IntegerField("Letters that we wrote", [InputRequired("Enter a number of days.")])
    events = IntegerField("What Stripe told us of payments", [InputRequired("Enter a number of days.")])
    sign_ins = IntegerField("Sign-ins of staff", [InputRequired("Enter a number of days.")])


@asks("/retention", needs=Permission.SET_RETENTION)
def retention() -> Answer:
    """The worker keeps to it every hour; visitors read the same on a page of their own."""
    form, status = RetentionForm(data=periods()), 200
    if form.validate_on_submit():
        try:
            set_retention({one.key: form[one.key].data for one in PERIODS}, actor=current().name)
        except ShopError as problem:
            status = refused(form, problem=problem)
        else:
            flash("Saved. The worker keeps to it from its next round on.", "success")
            return see_other(url_for("admin.retention"))
    elif form.is_submitted():
        status = refused(form)
    bounds = {one.key: (one.least, one.most) for one in PERIODS}
    return page("admin/retention.html", status=status, form=form, bounds=bounds)
