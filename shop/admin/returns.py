"""Returns: what buyers ask to send back and what they withdrew from, answered here and paid back by the one dialog."""

from __future__ import annotations

from flask import flash, url_for
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number
from shop.admin.base_form import StaffForm
from shop.admin.reads import returns as read
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid
from shop.journeys.decide_return import answer_return, settle_return, tell_of_delay
from shop.orders.queries import order
from shop.staff.rules.permissions import Permission

SEE, DECIDE = Permission.SEE_ORDERS, Permission.GIVE_MONEY_BACK


class AnswerForm(StaffForm):
    """What the buyer is written."""

    answer = TextAreaField("What you write to the buyer", [Optional(), Length(max=1_000)])
    verdict = StringField("Verdict", [DataRequired(), Length(max=10)])


class DelayForm(StaffForm):
    """By when it leaves, and why."""

    leaves_by = DateField("Leaves by", [DataRequired("Choose a day that is still to come.")])
    reason = StringField("Why", [DataRequired("Say why in a few words; the buyer reads it."), Length(max=200)])


@shows("/returns", needs=SEE)
def return_list() -> Answer:
    """What waits for somebody stands first."""
    return _list()


@does("/returns/<code:return_id>/answer", needs=DECIDE)
def answer_one_return(return_id: str) -> Answer:
    """Agree, or refuse with a reason."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _list(form=form, about=return_id, status=refused(form))
    end_read()
    try:
        approve = form.verdict.data == "approve"
        answer_return(return_id=return_id, approve=approve, answer=form.answer.data or "", actor=current().name)
    except (Invalid, Conflict) as problem:
        return _list(form=form, about=return_id, status=refused(form, problem=problem))
    flash("Answered; the buyer gets your words by mail.", "success")
    return see_other(url_for("admin.return_list"))


@does("/returns/<code:return_id>/close", needs=DECIDE)
def close_one_return(return_id: str) -> Answer:
    """Its money was decided, or it came to nothing."""
    if pressed():
        end_read()
        settle_return(return_id=return_id, actor=current().name)
        flash("Closed.", "success")
    return see_other(url_for("admin.return_list"))


@asks("/orders/<code:order_id>/delay", needs=Permission.SEND_ORDERS)
def delay_order(order_id: str) -> Answer:
    """Tell the buyer that it leaves later, and that calling it off costs nothing."""
    form, facts = DelayForm(), order(order_id)
    if not form.validate_on_submit():
        status = refused(form) if form.is_submitted() else 200
        return page("admin/delay.html", status=status, form=form, order=facts)
    end_read()
    try:
        tell_of_delay(order_id=order_id, leaves_by=form.leaves_by.data, reason=form.reason.data, actor=current().name)
    except (Invalid, Conflict) as problem:
        return page("admin/delay.html", status=refused(form, problem=problem), form=form, order=facts)
    flash("The buyer is written to.", "success")
    return see_other(url_for("admin.one_order", order_id=order_id))


def _list(*, form: AnswerForm | None = None, about: str = "", status: int = 200) -> Answer:
    number = page_number()
    found = read.returns(page=number)
    shown, more = found[: read.PAGE], len(found) > read.PAGE
    blank = AnswerForm(formdata=None)
    return page(
        "admin/returns.html", status=status, rows=shown, more=more, number=number, form=form, blank=blank, about=about
    )
