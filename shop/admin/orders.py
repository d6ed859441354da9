"""Orders: the list, one order, and sending it."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.asked import page_number, search_words
from shop.admin.forms import SendForm
from shop.admin.reads import orders as read
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.errors import Conflict
from shop.journeys.fulfil_order import fulfil_order
from shop.staff.rules.permissions import Permission


@shows("/orders", needs=Permission.SEE_ORDERS)
def order_list() -> Answer:
    """Newest first; by state, and searched by number, e-mail or SKU."""
    asked = request.args.get("state", "")
    state = asked if asked in read.STATES else None
    search, number = search_words(), page_number()
    board = read.board(state=state, search=search, page=number)
    return page("admin/orders.html", board=board, state=state, search=search, number=number)


@shows("/orders/<code:order_id>", needs=Permission.SEE_ORDERS)
def one_order(order_id: str) -> Answer:
    """Everything known of an order."""
    return _order_page(order_id, form=SendForm(), status=200)


@does("/orders/<code:order_id>/send", needs=Permission.SEND_ORDERS)
def send_order(order_id: str) -> Answer:
    """Packed and handed over: the stock leaves the shelf, the customer is written to."""
    form = SendForm()
    if not form.validate_on_submit():
        return _order_page(order_id, form=form, status=refused(form))
    try:
        fulfil_order(
            order_id=order_id, actor=current().name, carrier=form.carrier.data or "", tracking=form.tracking.data or ""
        )
    except Conflict as problem:
        return _order_page(order_id, form=form, status=refused(form, problem=problem))
    flash("Marked as packed and sent.", "success")
    return see_other(url_for("admin.one_order", order_id=order_id))


def _order_page(order_id: str, *, form: SendForm, status: int) -> Answer:
    return page("admin/order.html", status=status, whole=read.whole(order_id), form=form)
