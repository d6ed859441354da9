"""Money back: one page that first shows what would happen, in money, and then does it once."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.reads import refund as read
from shop.admin.refund_form import STOCK, RefundForm, filled_with, refund_form, wish_of
from shop.admin.routes import Answer, asks, does, see_other
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.journeys import refund_order as journey
from shop.journeys.decide_return import settle_return
from shop.journeys.refund_failed import pay_refund_otherwise, try_refund_again
from shop.journeys.refund_order import PlanChanged
from shop.journeys.refund_plan import Wish, everything_left
from shop.payments.queries import refund
from shop.returns.queries import return_by_id
from shop.staff.rules.permissions import Permission

GIVE = Permission.GIVE_MONEY_BACK


@asks("/orders/<code:order_id>/refund", needs=GIVE)
def refund_order(order_id: str) -> Answer:
    """Choose, look at the consequences, give back. The button that gives back carries the mark of what was shown."""
    whole = read.refundable(order_id)
    form = refund_form(whole)
    if request.method == "GET":
        if "all" in request.args:
            filled_with(form, everything_left(whole.order, whole.lines), whole.order.currency)
        elif "return" in request.args:
            filled_with(form, _asked_back(request.args["return"], whole), whole.order.currency)
        return _dialog(whole, form, status=200)
    if not form.validate_on_submit():
        return _dialog(whole, form, status=refused(form))
    try:
        return _decided(whole, form)
    except PlanChanged as changed:
        return _dialog(whole, form, status=refused(form, problem=changed), shown=_shown(whole, form))
    except ShopError as problem:
        return _dialog(whole, form, status=refused(form, problem=problem))


@does("/refunds/<code:refund_id>/again", needs=GIVE)
def refund_again(refund_id: str) -> Answer:
    """Ask Stripe once more for a refund that failed."""
    order_id = _order_of(refund_id)
    if pressed() and try_refund_again(refund_id=refund_id, actor=current().name):
        flash("Asked once more. This page says how it ends.", "success")
    return see_other(url_for("admin.one_order", order_id=order_id))


@does("/refunds/<code:refund_id>/paid", needs=GIVE)
def refund_paid(refund_id: str) -> Answer:
    """A refund that failed was paid from the bank."""
    order_id = _order_of(refund_id)
    if pressed():
        how = "".join(letter for letter in request.form.get("how", "") if letter.isprintable())
        if pay_refund_otherwise(refund_id=refund_id, how=how, actor=current().name):
            flash("Noted in the books.", "success")
    return see_other(url_for("admin.one_order", order_id=order_id))


def _decided(whole: read.Refundable, form: RefundForm) -> Answer:
    """The consequences at the first press; at the second the deed."""
    shown = _shown(whole, form)
    if not request.form.get("confirm"):
        return _dialog(whole, form, status=200, shown=shown)
    done = journey.give_part_back(
        order_id=whole.order.id,
        wish=wish_of(form, whole),
        key=form.key.data,
        reason=form.reason.data,
        actor=current().name,
        seen=request.form["confirm"],
    )
    if return_id := request.args.get("return", ""):
        _close(return_id, whole.order.id)
    flash("The money is on its way back." if done else "This was given back before; nothing changed.", "success")
    return see_other(url_for("admin.one_order", order_id=whole.order.id))


def _asked_back(return_id: str, whole: read.Refundable) -> Wish:
    """What a return is about, as far as it is left: a withdrawal from all of it gives the delivery back too."""
    asked = return_by_id(return_id)
    if asked.order_id != whole.order.id:
        raise NotFound("This return is about another order.")
    if asked.everything:
        return everything_left(whole.order, whole.lines, gift=asked.gift_back)
    left = {line.id: line.left for line in whole.lines}
    return Wish(units={line_id: min(units, left.get(line_id, 0)) for line_id, units, _why in asked.lines})


def _close(return_id: str, order_id: str) -> None:
    if return_by_id(return_id).order_id == order_id:
        end_read()
        settle_return(return_id=return_id, actor=current().name)


def _shown(whole: read.Refundable, form: RefundForm) -> read.Consequences | None:
    """None when this very refund was decided already: there is nothing left to show."""
    if refund(form.key.data) is not None:
        return None
    return read.consequences(whole, journey.preview_refund(whole.order.id, wish_of(form, whole)))


def _dialog(whole: read.Refundable, form: RefundForm, *, status: int, shown: read.Consequences | None = None) -> Answer:
    return page("admin/refund.html", status=status, whole=whole, form=form, shown=shown, stock_words=STOCK)


def _order_of(refund_id: str) -> str:
    known = refund(refund_id)
    if known is None:
        raise NotFound("There is no such refund.")
    return known.order_id
