"""Deliveries: ordered, awaited, received in parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number
from shop.admin.delivery_forms import DeliveryForm, ExpectedForm, read_lines
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.catalogue.finding import variants_by_code
from shop.catalogue.queries import variants_in_cart
from shop.core.database import end_read
from shop.core.errors import Invalid, ShopError
from shop.journeys.receive_delivery import expect_delivery, order_delivery, receive_delivery
from shop.purchasing import queries as purchasing
from shop.purchasing.operations import Arrival, ReceivedMeanwhile, Wanted
from shop.staff.rules.permissions import Permission
from shop.stock import logbook

PAGE = 40
# good:<variant>:<received before> and damaged:<variant>:<received before>
_NAME = re.compile(r"(good|damaged):([0-9]{1,15}):([0-9]{1,9})")
_NUMBER = re.compile(r"[0-9]{1,6}")


@shows("/deliveries", needs=Permission.SEE_STOCK)
def delivery_list() -> Answer:
    """What is to come, the soonest first, or what came; `?show=closed`."""
    state = "closed" if request.args.get("show") == "closed" else "ordered"
    found, more = purchasing.purchases(state=state, page=page_number(), size=PAGE)
    return page("admin/stock/deliveries.html", found=found, more=more, number=page_number(), state=state)


@asks("/deliveries/new", needs=Permission.CHANGE_STOCK)
def new_delivery() -> Answer:
    """Note an order to a supplier."""
    form = DeliveryForm()
    if request.method == "GET":
        return _new(form)
    end_read()
    if not form.validate_on_submit():
        return _new(form, status=refused(form))
    try:
        purchase_id = order_delivery(
            supplier=form.supplier.data,
            reference=form.reference.data or "",
            expected_on=form.expected_on.data,
            wanted=_wanted(form.lines.data or ""),
            actor=current().name,
        )
    except ShopError as problem:
        return _new(form, status=refused(form, problem=problem))
    flash("Noted. It counts as incoming from now on.", "success")
    return see_other(url_for("admin.one_delivery", purchase_id=purchase_id))


@shows("/deliveries/<row:purchase_id>", needs=Permission.SEE_STOCK)
def one_delivery(purchase_id: int) -> Answer:
    """What was ordered and what of it arrived; `?fill=1` puts what is outstanding into the fields."""
    return _page(purchase_id, {})


@does("/deliveries/<row:purchase_id>/receive", needs=Permission.CHANGE_STOCK)
def receive_arrivals(purchase_id: int) -> Answer:
    """What arrived, line by line, good and damaged."""
    typed = {name: value for name, value in request.form.items() if value.strip()}
    if not pressed():
        return _page(purchase_id, typed, status=400)
    if wrong := _wrong(typed):
        problem = Invalid("Enter how many arrived in whole numbers; leave empty what did not come. Nothing was kept.")
        return _page(purchase_id, typed, problem, wrong=wrong, status=422)
    try:
        receive_delivery(
            purchase_id,
            _arrivals(typed),
            note=typed.get("note", "")[:150],
            close="close" in typed,
            actor=current().name,
        )
    except ReceivedMeanwhile as problem:
        return _page(purchase_id, typed, problem, status=409)
    except ShopError as problem:
        return _page(purchase_id, typed, problem, status=problem.kind.value)
    flash("It is on hand." + (" The delivery is closed." if "close" in typed else ""), "success")
    return see_other(url_for("admin.one_delivery", purchase_id=purchase_id))


@does("/deliveries/<row:purchase_id>/expected", needs=Permission.CHANGE_STOCK)
def expect_on(purchase_id: int) -> Answer:
    """It comes on another day."""
    form = ExpectedForm()
    end_read()
    if not form.validate_on_submit():
        flash("Enter a day, or leave it empty when none is known.", "warning")
        return _page(purchase_id, {}, status=refused(form))
    expect_delivery(purchase_id, expected_on=form.expected_on.data, actor=current().name)
    flash("Kept.", "success")
    return see_other(url_for("admin.one_delivery", purchase_id=purchase_id))


def _new(form: DeliveryForm, *, status: int = 200) -> Answer:
    return page("admin/stock/new_delivery.html", status=status, form=form, suppliers=purchasing.suppliers())


def _page(
    purchase_id: int,
    typed: Mapping[str, str],
    problem: ShopError | None = None,
    *,
    wrong: Collection[tuple[str, int]] = (),
    status: int = 200,
) -> Answer:
    end_read()
    purchase, lines = purchasing.purchase(purchase_id), purchasing.lines_of(purchase_id)
    given: dict[str, Any] = {
        "purchase": purchase,
        "lines": lines,
        "variants": variants_in_cart(line.variant_id for line in lines),
        "changes": logbook.changes_about(f"delivery {purchase_id}"),
        "expected": ExpectedForm(formdata=None, expected_on=purchase.expected_on),
        "fill": request.args.get("fill") == "1" and not typed,
    }
    return page(
        "admin/stock/delivery.html",
        status=status,
        **given,
        typed=_by_line(typed),
        note=typed.get("note", ""),
        problem=problem,
        wrong=wrong,
    )


def _by_line(typed: Mapping[str, str]) -> dict[tuple[str, int], str]:
    found = ((_NAME.fullmatch(name), value) for name, value in typed.items())
    return {(parts[1], int(parts[2])): value for parts, value in found if parts}


def _wrong(typed: Mapping[str, str]) -> set[tuple[str, int]]:
    """Fields in which no number stands."""
    return {key for key, value in _by_line(typed).items() if not _NUMBER.fullmatch(value.strip())}


def _arrivals(typed: Mapping[str, str]) -> list[Arrival]:
    """Of fields that hold numbers."""
    units: dict[tuple[int, int], dict[str, int]] = {}
    for name, value in typed.items():
        if parts := _NAME.fullmatch(name):
            units.setdefault((int(parts[2]), int(parts[3])), {"good": 0, "damaged": 0})[parts[1]] = int(value)
    products = {key: one.product_id for key, one in variants_in_cart(key for key, _ in units).items()}
    end_read()
    return [
        Arrival(variant_id, products[variant_id], told["good"], told["damaged"], seen)
        for (variant_id, seen), told in units.items()
        if variant_id in products and any(told.values())
    ]


def _wanted(text: str) -> list[Wanted]:
    """Raises Invalid with the rows that make no sense."""
    rows = read_lines(text)
    found = variants_by_code(code for code, _ in rows)
    end_read()
    if not rows:
        raise Invalid("Enter a SKU and how many.", field="lines")
    if strangers := [code for code, _ in rows if code.upper() not in found]:
        raise Invalid(f"No tee of ours has this SKU or barcode: {', '.join(strangers[:5])}.", field="lines")
    return [Wanted(*found[code.upper()], units) for code, units in rows]
