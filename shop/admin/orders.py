"""Orders: the board by what needs doing, one order, and sending it whole; what each person chose to see."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import flash, request, url_for
from msgspec import Struct, field

from shop.admin.access import current, safe_next
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number, search_words
from shop.admin.forms import SendForm
from shop.admin.order_forms import EditForms, edit_forms
from shop.admin.reads import board as boards
from shop.admin.reads import orders as read
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.journeys.fulfil_order import fulfil_order
from shop.parcels.queries import last_carrier
from shop.parcels.rules import CARRIERS, HOLDS
from shop.staff.operations import views
from shop.staff.rules.permissions import Permission

SEE = Permission.SEE_ORDERS
NAMES = frozenset({"all", *boards.LISTS, *boards.STATES})


@shows("/orders", needs=SEE)
def order_list() -> Answer:
    """By what needs doing, or by state; searched by number, e-mail, SKU or name."""
    search, number = search_words(), page_number()
    asked = request.args.get("list", "")
    name = asked if asked in NAMES else "all" if search else "to_pack"
    signed = current()
    board = boards.board(name=name, search=search, page=number, member_id=signed.member_id)
    here = url_for("admin.order_list") + "?" + _query(name, search)
    carrier = last_carrier(signed.name) if name == "packed" else ""
    return page(
        "admin/orders.html",
        board=board,
        lists=boards.LISTS,
        states=boards.STATES,
        name=name,
        search=search,
        number=number,
        here=here,
        asked=_query(name, search),
        carrier=carrier,
        carriers=CARRIERS,
    )


@shows("/orders/<code:order_id>", needs=SEE)
def one_order(order_id: str) -> Answer:
    """Everything known of an order."""
    return order_page(order_id)


@does("/orders/<code:order_id>/send", needs=Permission.SEND_ORDERS)
def send_order(order_id: str) -> Answer:
    """Packed and handed over: the stock leaves the shelf, the customer is written to."""
    form = SendForm()
    if not form.validate_on_submit():
        return order_page(order_id, form=form, status=refused(form))
    try:
        fulfil_order(
            order_id=order_id, actor=current().name, carrier=form.carrier.data or "", tracking=form.tracking.data or ""
        )
    except Conflict as problem:
        return order_page(order_id, form=form, status=refused(form, problem=problem))
    flash("Marked as packed and sent.", "success")
    return see_other(url_for("admin.one_order", order_id=order_id))


@does("/orders/views", needs=SEE)
@again
def save_view() -> Answer:
    """Keep the list that is shown under a name of one's own."""
    asked = request.form.get("asked", "")[:300]
    if pressed():
        try:
            with transaction():
                kept = views.save_view(current().member_id, name=request.form.get("name", ""), asked=asked)
            flash("Saved." if kept else "You have a view of that name.", "success" if kept else "warning")
        except Invalid as problem:
            flash(problem.message, "danger")
    return see_other(safe_next(f"{url_for('admin.order_list')}?{asked}"))


@does("/orders/views/<row:view_id>/drop", needs=SEE)
@again
def drop_view(view_id: int) -> Answer:
    """Forget one of one's own views."""
    if pressed():
        with transaction():
            views.drop_view(current().member_id, view_id)
    return see_other(url_for("admin.order_list"))


@does("/orders/keys", needs=SEE)
@again
def choose_keys() -> Answer:
    """Single keys on or off, for oneself."""
    if pressed():
        with transaction():
            views.choose_shortcuts(current().member_id, on=request.form.get("keys") == "on")
    return see_other(safe_next(request.form.get("next")))


class PartTyped(Struct, frozen=True):
    """What was typed to pack a part of an order, by the name of its field, and why it was not packed."""

    units: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def order_page(
    order_id: str,
    *,
    form: SendForm | None = None,
    edits: EditForms | None = None,
    part: PartTyped | None = None,
    status: int = 200,
) -> Answer:
    """The page of an order, with forms as they were sent."""
    return page(
        "admin/order.html",
        status=status,
        whole=read.whole(order_id),
        form=form or SendForm(formdata=None),
        edits=edits or edit_forms(),
        part=part or PartTyped(),
        carriers=CARRIERS,
        holds=HOLDS,
    )


def _query(name: str, search: str) -> str:
    return urlencode({"list": name} | ({"q": search} if search else {}))
