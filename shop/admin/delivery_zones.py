"""Delivery zones: the countries that parcels go to, each set with its price."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.rate_forms import ZoneForm, typed_zone, zone_of
from shop.admin.routes import Answer, asks, does, see_other
from shop.brand.queries import NotSetUp, brand
from shop.core.database import end_read
from shop.core.errors import Conflict, NotFound, ShopError
from shop.delivery.queries import read_zones
from shop.delivery.rules import ZoneView
from shop.journeys import keep_rates
from shop.staff.rules.permissions import Permission

CHANGE = Permission.CHANGE_RATES


@asks("/rates/zones/new", needs=CHANGE)
def new_zone() -> Answer:
    """One more."""
    form = ZoneForm()
    if request.method == "GET":
        return _page(form, None)
    if not form.validate_on_submit():
        return _page(form, None, status=refused(form))
    try:
        wanted = zone_of(form, _currency(), 0)
        end_read()
        keep_rates.add_zone(wanted, actor=current().name)
    except ShopError as problem:
        return _page(form, None, status=refused(form, problem=problem))
    return _done(f"{wanted.name} is sent to from now on.")


@asks("/rates/zones/<row:zone_id>", needs=CHANGE)
def one_zone(zone_id: int) -> Answer:
    """Another name, price, or other countries; orders that were placed keep what they were quoted."""
    there = _there(zone_id)
    if request.method == "GET":
        return _page(ZoneForm(formdata=None, data=typed_zone(there)), there)
    form = ZoneForm()
    if not form.validate_on_submit():
        return _page(form, there, status=refused(form))
    try:
        wanted = zone_of(form, _currency(), zone_id)
        end_read()
        keep_rates.change_zone(wanted, seen=form.seen.data or "", actor=current().name)
    except ShopError as problem:
        now = _there(zone_id)
        meanwhile = now if isinstance(problem, Conflict) else None
        form.seen.data, form.seen.raw_data = now.mark if meanwhile else form.seen.data, None
        return _page(form, now, status=refused(form, problem=problem), meanwhile=meanwhile)
    return _done("Saved. New orders are quoted by it.")


@does("/rates/zones/<row:zone_id>/remove", needs=CHANGE)
def remove_zone(zone_id: int) -> Answer:
    """Nobody there can order any more."""
    if pressed():
        end_read()
        keep_rates.remove_zone(zone_id, actor=current().name)
        flash("Removed.", "success")
    return see_other(url_for("admin.rate_list"))


def _there(zone_id: int) -> ZoneView:
    found = next((zone for zone in read_zones() if zone.id == zone_id), None)
    if found is None:
        raise NotFound("There is no such zone any more.")
    return found


def _currency() -> str:
    try:
        return brand().currency
    except NotSetUp as missing:
        raise Conflict("Set the store up first: its currency decides the amounts here.") from missing


def _done(said: str) -> Answer:
    flash(said, "success")
    return see_other(url_for("admin.rate_list"))


def _page(form: ZoneForm, there: ZoneView | None, *, status: int = 200, meanwhile: ZoneView | None = None) -> Answer:
    currency = _currency()
    return page("admin/zone.html", status=status, form=form, there=there, currency=currency, meanwhile=meanwhile)
