"""Counts of shelves: begun, scanned or typed, compared and posted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number
from shop.admin.delivery_forms import NewCountForm, ScanForm
from shop.admin.routes import Answer, does, see_other, shows
from shop.admin.words import counted
from shop.catalogue.queries import all_variants, variants_in_cart
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid, ShopError
from shop.counting import queries as counting
from shop.journeys.count_shelf import begin_count, correct_count, drop_count, post_count, scan
from shop.staff.rules.permissions import Permission
from shop.stock import logbook
from shop.stock.awaiting import orders_waiting
from shop.stock.cells import CellsShort
from shop.stock.queries import levels

PAGE = 40
_NAME = re.compile(r"counted:([0-9]{1,15}):([0-9]{1,9})")
_NUMBER = re.compile(r"[0-9]{1,6}")


@shows("/counts", needs=Permission.SEE_STOCK)
def count_list() -> Answer:
    """Every count, newest first, and a new one."""
    return _list(NewCountForm(formdata=None))


@does("/counts/new", needs=Permission.CHANGE_STOCK)
def new_count() -> Answer:
    """Begin to count."""
    form = NewCountForm()
    end_read()
    if not form.validate_on_submit():
        return _list(form, status=refused(form))
    take_id = begin_count(name=form.name.data, actor=current().name)
    return see_other(url_for("admin.one_count", take_id=take_id))


@shows("/counts/<row:take_id>", needs=Permission.SEE_STOCK)
def one_count(take_id: int) -> Answer:
    """Where one counts, blind; once it is over, what it found."""
    return _page(take_id)


@does("/counts/<row:take_id>/scan", needs=Permission.CHANGE_STOCK)
def scan_code(take_id: int) -> Answer:
    """One more of what carries the code, or so many."""
    form = ScanForm()
    end_read()
    if not form.validate_on_submit():
        return _page(take_id, form, status=refused(form))
    try:
        variant_id = scan(take_id, code=form.code.data, units=form.units.data)
    except ShopError as problem:
        return _page(take_id, form, status=refused(form, problem=problem))
    return see_other(url_for("admin.one_count", take_id=take_id, last=variant_id))


@does("/counts/<row:take_id>/correct", needs=Permission.CHANGE_STOCK)
def correct_lines(take_id: int) -> Answer:
    """Numbers typed over."""
    end_read()
    if not pressed():
        return _page(take_id, typed=_typed(), status=400)
    try:
        correct_count(take_id, _corrections())
    except (Conflict, Invalid) as problem:
        flash(problem.message, "danger")
        return _page(take_id, typed=_typed(), status=problem.kind.value)
    flash("Kept.", "success")
    return see_other(url_for("admin.one_count", take_id=take_id))


@shows("/counts/<row:take_id>/compare", needs=Permission.SEE_STOCK)
def compare_count(take_id: int) -> Answer:
    """What was counted beside what was on hand, and what of the same products nobody counted."""
    return _compare(take_id)


@does("/counts/<row:take_id>/post", needs=Permission.CHANGE_STOCK)
def post_differences(take_id: int) -> Answer:
    """Post the differences."""
    none_of = [int(one) for one in request.form.getlist("none") if re.fullmatch(r"[0-9]{1,15}", one)]
    if not pressed():
        return _compare(take_id, status=400)
    try:
        post_count(take_id, none_of=none_of, actor=current().name)
    except CellsShort:
        flash(
            "Not posted: too few for what is being paid for now, or is kept back. Count those again.",
            "danger",
        )
        return _compare(take_id, status=409)
    flash("Posted. The numbers are what was counted.", "success")
    if waiting := len(orders_waiting()):
        flash(f"{counted(waiting, 'order waits', 'orders wait')} for stock: see Orders, Waiting for stock.", "warning")
    return see_other(url_for("admin.one_count", take_id=take_id))


@does("/counts/<row:take_id>/drop", needs=Permission.CHANGE_STOCK)
def drop_the_count(take_id: int) -> Answer:
    """Forget what was counted."""
    end_read()
    if pressed():
        drop_count(take_id, actor=current().name)
        flash("Dropped. No number changed.", "success")
    return see_other(url_for("admin.count_list"))


def _list(form: NewCountForm, *, status: int = 200) -> Answer:
    found, more = counting.takes(page=page_number(), size=PAGE)
    return page("admin/stock/counts.html", status=status, found=found, more=more, number=page_number(), form=form)


def _page(
    take_id: int, form: ScanForm | None = None, *, typed: Mapping[int, str] | None = None, status: int = 200
) -> Answer:
    end_read()
    take, lines = counting.take(take_id), counting.counted_in(take_id)
    last = request.args.get("last", "")
    given: dict[str, Any] = {
        "take": take,
        "lines": lines[::-1],
        "variants": variants_in_cart(line.variant_id for line in lines),
        "form": form or ScanForm(formdata=None, units=1),
        "typed": typed or {},
        "last": int(last) if _NUMBER.fullmatch(last) else 0,
        "changes": logbook.changes_about(f"count {take_id}") if take.state == "posted" else [],
    }
    return page("admin/stock/count.html", status=status, **given)


def _compare(take_id: int, *, status: int = 200) -> Answer:
    end_read()
    take, lines = counting.take(take_id), counting.counted_in(take_id)
    variants = variants_in_cart(line.variant_id for line in lines)
    others = [
        one
        for one in all_variants(product_ids={found.product_id for found in variants.values()})
        if one.id not in variants
    ]
    on_hand = {key: level.on_hand for key, level in levels(one.id for one in others).items() if level.on_hand}
    missed = [(one, on_hand[one.id]) for one in others if one.id in on_hand]
    return page("admin/stock/compare.html", status=status, take=take, lines=lines, variants=variants, missed=missed)


def _typed() -> dict[int, str]:
    """What was typed over, by variant."""
    found = ((_NAME.fullmatch(name), value) for name, value in request.form.items())
    return {int(parts[1]): value[:20] for parts, value in found if parts and value.strip() != parts[2]}


def _corrections() -> dict[int, tuple[int, int]]:
    """(seen, counted) by variant, of what was typed over. Raises Invalid."""
    found: dict[int, tuple[int, int]] = {}
    for name, value in request.form.items():
        parts = _NAME.fullmatch(name)
        if parts is None or value.strip() == parts[2]:
            continue
        if not _NUMBER.fullmatch(value.strip()):
            raise Invalid(f"“{value.strip()[:20]}” is no number. Nothing was kept.")
        found[int(parts[1])] = (int(parts[2]), int(value))
    return found
