"""Units that come back or are written off, each with its reason; and labels to print."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import flash, make_response, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.delivery_forms import MoveForm
from shop.admin.routes import Answer, asks, see_other, shows
from shop.catalogue.finding import barcodes_of
from shop.catalogue.queries import all_variants, titles, variants_in_cart
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.journeys.change_stock import MOVES, move_units
from shop.purchasing.queries import lines_of
from shop.staff.rules.permissions import Permission
from shop.stock.labels import MOST_LABELS, SHEETS, Label, label_sheet

_NUMBER = re.compile(r"[0-9]{1,9}")


@asks("/stock/moves", needs=Permission.CHANGE_STOCK)
def stock_moves() -> Answer:
    """One form, used again and again: scan, say what happened and why."""
    form, what = MoveForm(), request.form.get("what", "")
    if request.method == "GET":
        return _moves(MoveForm(formdata=None, units=1), request.args.get("what", ""))
    end_read()
    if not form.validate_on_submit() or what not in MOVES:
        return _moves(form, what, status=refused(form))
    try:
        variant_id = move_units(
            code=form.code.data, units=form.units.data, what=what, reason=form.reason.data, actor=current().name
        )
    except ShopError as problem:
        return _moves(form, what, status=refused(form, problem=problem))
    variant = variants_in_cart([variant_id])[variant_id]
    flash(
        f"{MOVES[what].label}: {form.units.data} × {variant.title}, {variant.colour_name}, {variant.size}.", "success"
    )
    return see_other(url_for("admin.stock_moves", what=what))


@shows("/stock/labels", needs=Permission.SEE_STOCK)
def label_choice() -> Answer:
    """What to print labels of: a product, or with `?variant=` one of its sizes."""
    wanted = _number(request.args.get("variant", ""))
    variant = variants_in_cart([wanted]).get(wanted)
    return page("admin/stock/labels.html", products=titles(), sheets=SHEETS, asked=request.args, variant=variant)


@shows("/stock/labels.pdf", needs=Permission.SEE_STOCK)
def labels_pdf() -> Answer:
    """Labels with barcodes: of a product or one of its sizes, so many each, or of what a delivery brought."""
    number = {name: _number(request.args.get(name, "")) for name in ("product", "variant", "delivery", "each", "skip")}
    each, variant = number["each"] or 1, number["variant"]
    units = {variant: each} if variant else _units(product=number["product"], delivery=number["delivery"], each=each)
    variants, barcodes = variants_in_cart(units), barcodes_of(units)
    labels = [
        Label(
            variants[key].title,
            f"{variants[key].colour_name}, {variants[key].size}",
            variants[key].sku,
            barcodes.get(key),
        )
        for key, wanted in units.items()
        if key in variants
        for _ in range(wanted)
    ]
    if not labels:
        raise NotFound("There is nothing to print labels of.")
    sheet = SHEETS.get(request.args.get("sheet", ""), next(iter(SHEETS.values())))
    answer = make_response(label_sheet(labels[:MOST_LABELS], sheet, skip=number["skip"]))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return answer


def _moves(form: MoveForm, what: str, *, status: int = 200) -> Answer:
    chosen = what if what in MOVES else next(iter(MOVES))
    return page("admin/stock/moves.html", status=status, form=form, moves=MOVES, what=chosen)


def _units(*, product: int, delivery: int, each: int) -> Mapping[int, int]:
    if delivery:
        return {line.variant_id: line.received for line in lines_of(delivery) if line.received}
    return {one.id: each for one in all_variants(product_ids=[product])}


def _number(typed: str) -> int:
    return int(typed) if _NUMBER.fullmatch(typed) else 0
