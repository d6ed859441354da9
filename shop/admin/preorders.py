"""Pre-orders of a product: how many of each size that is to come, and by when they leave."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, request, url_for
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, Length, Optional

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.base_form import StaffForm
from shop.admin.reads import preorders as read
from shop.admin.routes import Answer, asks, does, see_other
from shop.brand.queries import brand
from shop.core.database import end_read
from shop.core.errors import Invalid, ShopError
from shop.core.zones import today_in
from shop.journeys.keep_preorders import close_preorder, open_preorder
from shop.staff.rules.permissions import Permission

MOST_DIGITS = 6
TO_UNPACK = timedelta(days=7)  # from the day a delivery is expected to the day that is proposed


class PreorderForm(StaffForm):
    """By when what is to come leaves, until when it may be ordered, and why it changes."""

    ships_by = DateField("Ships by", [DataRequired("Choose a day that is still to come, within a year.")])
    order_until = DateField("Last day of ordering", [Optional()])
    reason = StringField(
        "Why", [DataRequired("Say why in a few words; whoever was promised an earlier day reads it."), Length(max=200)]
    )


class CloseForm(StaffForm):
    """Why no more are taken."""

    reason = StringField("Why", [DataRequired("Say why in a few words."), Length(max=200)])


@asks("/products/<row:product_id>/preorder", needs=Permission.CHANGE_STOCK)
def preorder(product_id: int) -> Answer:
    """Open it, or change its caps and days."""
    form = PreorderForm()
    if not form.is_submitted():
        return _page(product_id, form, status=200)
    typed = {name[4:]: value.strip() for name, value in request.form.items() if name.startswith("cap-")}
    if not form.validate_on_submit():
        return _page(product_id, form, typed=typed, status=refused(form))
    known = read.rows(product_id)
    end_read()
    try:
        open_preorder(
            product_id,
            {row.variant_id: _cap(row.variant_id, typed.get(str(row.variant_id), "")) for row in known.rows},
            ships_by=form.ships_by.data,
            order_until=form.order_until.data,
            reason=form.reason.data,
            actor=current().name,
            seen=request.form.get("seen", ""),
        )
    except ShopError as problem:
        return _page(product_id, form, typed=typed, problem=problem, status=problem.kind.value)
    flash("The pre-order is open. Its sizes can be bought once the shelf is empty.", "success")
    return see_other(url_for("admin.preorder", product_id=product_id))


@does("/products/<row:product_id>/preorder/close", needs=Permission.CHANGE_STOCK)
def end_preorder(product_id: int) -> Answer:
    """Take no more; what was promised still is."""
    form = CloseForm(prefix="close-")
    known = read.rows(product_id)
    end_read()
    if not form.validate_on_submit():
        return _page(product_id, PreorderForm(formdata=None), closing=form, status=refused(form))
    ids = [row.variant_id for row in known.rows]
    closed = close_preorder(product_id, ids, reason=form.reason.data, actor=current().name)
    flash("No more are taken. What was promised still is." if closed else "None was open.", "success")
    return see_other(url_for("admin.preorder", product_id=product_id))


def _cap(variant_id: int, typed: str) -> int:
    """None typed is none offered. Raises Invalid beside its field."""
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS):
        raise Invalid("Enter a whole number, or nothing.", field=f"cap-{variant_id}")
    return int(typed)


def _page(
    product_id: int,
    form: PreorderForm,
    *,
    typed: dict[str, str] | None = None,
    problem: ShopError | None = None,
    closing: CloseForm | None = None,
    status: int,
) -> Answer:
    known = read.rows(product_id)
    if problem is not None and problem.field in form:
        refused(form, problem=problem)
    elif not form.is_submitted() or closing is not None:
        form.ships_by.data, form.order_until.data = known.ships_by or _proposed(known), known.order_until
    beside = problem if problem is not None and problem.field not in form else None
    return page(
        "admin/preorder.html",
        known=known,
        form=form,
        closing=closing or CloseForm(prefix="close-", formdata=None),
        caps=_caps(known) if typed is None else typed,
        problem=beside,
        status=status,
    )


def _proposed(known: read.ProductPreorder) -> date | None:
    """A week after the last delivery that is expected to bring what is gone."""
    days = [one.expected_on for row in known.rows for one in row.expected if one.expected_on]
    if not days or (day := max(days) + TO_UNPACK) <= today_in(brand().time_zone):
        return None
    return day


def _caps(known: read.ProductPreorder) -> dict[str, str]:
    """What stands, or what deliveries bring of the sizes that are gone, while no pre-order is open."""
    if known.ships_by:
        return {str(row.variant_id): str(row.cap or "") if row.ships_by else "" for row in known.rows}
    coming = {row.variant_id: sum(one.units for one in row.expected) for row in known.rows if row.available <= 0}
    return {str(variant_id): str(units or "") for variant_id, units in coming.items()}
