"""One variant: its history, and the three ways to change what is on hand."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.forms import AdjustForm, CountForm, ReceiveForm, StockForm
from shop.admin.reads import stock as read
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.database import end_read
from shop.core.errors import Conflict, ShopError
from shop.journeys.keep_stock import adjust_stock, count_stock, receive_stock
from shop.staff.rules.permissions import Permission
from shop.stock.operations import OutOfStock


@shows("/stock/<row:variant_id>", needs=Permission.SEE_STOCK)
def variant_stock(variant_id: int) -> Answer:
    """Why is it this many?"""
    return _variant_page(variant_id)


@does("/stock/<row:variant_id>/receive", needs=Permission.CHANGE_STOCK)
def receive(variant_id: int) -> Answer:
    """More arrived."""
    form = ReceiveForm(prefix="receive-")

    def change() -> None:
        receive_stock(variant_id=variant_id, quantity=form.quantity.data, reason=form.reason.data, actor=current().name)

    return _change(variant_id, form, change, said="The delivery is on hand.")


@does("/stock/<row:variant_id>/adjust", needs=Permission.CHANGE_STOCK)
def adjust(variant_id: int) -> Answer:
    """The number is off by so many."""
    form = AdjustForm(prefix="adjust-")

    def change() -> None:
        adjust_stock(variant_id=variant_id, change=form.change.data, reason=form.reason.data, actor=current().name)

    return _change(variant_id, form, change, said="The number is adjusted.")


@does("/stock/<row:variant_id>/count", needs=Permission.CHANGE_STOCK)
def count(variant_id: int) -> Answer:
    """The shelf was counted; refused when the number moved since the page was read."""
    form = CountForm(prefix="count-")

    def change() -> None:
        count_stock(
            variant_id=variant_id,
            counted=form.counted.data,
            seen=form.seen.data,
            reason=form.reason.data,
            actor=current().name,
        )

    return _change(variant_id, form, change, said="The count is on hand.")


def _change(variant_id: int, form: StockForm, change: Callable[[], None], *, said: str) -> Answer:
    """Do it and show the new number, or show the page again with what was typed and what stood in the way."""
    end_read()
    if not form.validate_on_submit():
        return _variant_page(variant_id, form, status=refused(form))
    try:
        change()
    except OutOfStock:
        problem = Conflict("Too few would be left: the rest is promised to orders or kept back.", field=form.moves)
        return _variant_page(variant_id, form, status=refused(form, problem=problem))
    except ShopError as problem:
        return _variant_page(variant_id, form, status=refused(form, problem=problem))
    flash(said, "success")
    return see_other(url_for("admin.variant_stock", variant_id=variant_id))


def _variant_page(variant_id: int, typed: StockForm | None = None, *, status: int = 200) -> Answer:
    """`typed` is the form that was sent; the others start empty."""
    history = read.history(variant_id)
    forms = {"receive": ReceiveForm, "adjust": AdjustForm, "count": CountForm}
    drawn = {
        name: typed if isinstance(typed, kind) else kind(prefix=f"{name}-", formdata=None)
        for name, kind in forms.items()
    }
    drawn["count"].seen.data = history.level.on_hand
    return page("admin/variant.html", status=status, history=history, forms=drawn)
