"""Packing and sending one order."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, request, url_for

from shop.admin.access import current, safe_next
from shop.admin.answers import pressed, refused
from shop.admin.asked import whole_number
from shop.admin.forms import SendForm
from shop.admin.orders import PartTyped, order_page
from shop.admin.routes import Answer, does, see_other
from shop.core.database import end_read
from shop.core.errors import Invalid, ShopError
from shop.journeys import fulfil_order as journey
from shop.orders.queries import order
from shop.parcels.queries import parcel
from shop.staff.rules.permissions import Permission

SEND = Permission.SEND_ORDERS


@does("/orders/<code:order_id>/pack", needs=SEND)
def pack_order(order_id: str) -> Answer:
    """All that is left, or the units that were chosen."""
    if not pressed():
        return _back(order_id)
    chosen = {name: value for name, value in request.form.items() if name.startswith("units_")}
    try:
        journey.pack_order(order_id=order_id, units=_units(chosen) or None, actor=current().name)
        flash(f"{order(order_id).number} is packed.", "success")
    except ShopError as problem:
        if chosen:
            return order_page(order_id, part=PartTyped(chosen, problem.message), status=problem.kind.value)
        flash(problem.message, "danger")
        if not request.form.get("next"):
            return order_page(order_id, status=problem.kind.value)
    return _back(order_id)


@does("/parcels/<code:parcel_id>/send", needs=SEND)
def send_parcel(parcel_id: str) -> Answer:
    """It leaves with a carrier, and its buyer is written to."""
    order_id, form = parcel(parcel_id).order_id, SendForm()
    end_read()
    if not form.validate_on_submit():
        return order_page(order_id, form=form, status=refused(form))
    try:
        sent = journey.send_parcel(
            parcel_id=parcel_id,
            actor=current().name,
            carrier=form.carrier.data or "",
            tracking=form.tracking.data or "",
        )
        flash(f"{order(order_id).number} is on its way." if sent else "It had left before.", "success")
    except ShopError as problem:
        return order_page(order_id, form=form, status=refused(form, problem=problem))
    return _back(order_id)


@does("/parcels/<code:parcel_id>/open", needs=SEND)
def open_parcel(parcel_id: str) -> Answer:
    """Take everything out again."""
    order_id = parcel(parcel_id).order_id
    end_read()
    if pressed():
        opened = journey.unpack(parcel_id=parcel_id, actor=current().name)
        flash("Opened again." if opened else "It had left or was opened before.", "success" if opened else "warning")
    return see_other(url_for("admin.one_order", order_id=order_id))


def _units(chosen: Mapping[str, str]) -> dict[int, int]:
    """So many of each line; an empty field is none. Raises Invalid for what is no number."""
    if wrong := [value for value in chosen.values() if value.strip() and whole_number(value, other=-1) < 0]:
        raise Invalid(f"“{wrong[0].strip()[:20]}” is no number. Enter how many go into the parcel.")
    return {whole_number(name[6:]): whole_number(value) for name, value in chosen.items()}


def _back(order_id: str) -> Answer:
    wanted = request.form.get("next")
    return see_other(safe_next(wanted) if wanted else url_for("admin.one_order", order_id=order_id))
