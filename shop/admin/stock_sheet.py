"""The stock sheet: cells typed over and saved in one piece, and changes taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import page_number, search_words
from shop.admin.reads import stock as read
from shop.admin.reads.stock import CellKey, Typed, Wanted
from shop.admin.routes import Answer, does, see_other, shows
from shop.catalogue.queries import variants_in_cart
from shop.core.database import end_read
from shop.core.errors import Invalid, ShopError
from shop.journeys.change_stock import change_stock_cells, undo_stock_change
from shop.staff.rules.permissions import Permission
from shop.stock import logbook
from shop.stock.cells import PARTS, CellsMoved, CellsShort, Edit, Refused, read_cell

PAGE = 40  # changes on one page
# cell:<variant>:<part>:<what the page said>
_NAME = re.compile(rf"cell:([0-9]{{1,15}}):({'|'.join(PARTS)}):([0-9]{{1,9}})")
_OPEN = re.compile(r"[0-9]{1,15}")


@shows("/stock", needs=Permission.SEE_STOCK)
def stock_grid() -> Answer:
    """Products that open into size and colour; `?open=` names those that are open, `?show=low` those that run low."""
    return _sheet_page(Typed())


@does("/stock/cells", needs=Permission.CHANGE_STOCK)
def save_cells() -> Answer:
    """Save what was typed over, all or none; whatever stands in the way is shown at its cell, with what was typed."""
    end_read()
    typed, reason = _typed(), request.form.get("reason", "")
    if not pressed():
        return _sheet_page(Typed(typed), reason=reason, status=400)
    edits, wrong = _edits(typed)
    if wrong:
        return _sheet_page(Typed(typed, wrong), reason=reason, status=422)
    try:
        lost = request.form.get("lost") == "yes"
        change_id = change_stock_cells(edits, reason=reason[:1_000], actor=current().name, lost=lost)
    except (CellsMoved, CellsShort) as problem:
        flash(problem.message, "danger")
        told = {(one.edit.variant_id, one.edit.part): _clash(one, problem) for one in problem.cells}
        short = isinstance(problem, CellsShort)
        return _sheet_page(Typed(typed, told), reason=reason, short=short, status=problem.kind.value)
    except ShopError as problem:
        return _sheet_page(Typed(typed), reason=reason, problem=problem, status=problem.kind.value)
    flash("Saved." if change_id else "Nothing was different.", "success")
    return see_other(_sheet_address())


@shows("/stock/changes", needs=Permission.SEE_STOCK)
def stock_changes() -> Answer:
    """What was changed together, newest first."""
    found, more = logbook.recent_changes(page=page_number(), size=PAGE)
    return page("admin/stock/changes.html", changes=found, more=more, number=page_number())


@shows("/stock/changes/<row:change_id>", needs=Permission.SEE_STOCK)
def stock_change(change_id: int) -> Answer:
    """Every cell of a change."""
    change, cells = logbook.one_change(change_id), logbook.cells_of(change_id)
    variants = variants_in_cart({cell.variant_id for cell in cells})
    return page("admin/stock/change.html", change=change, cells=cells, variants=variants)


@does("/stock/changes/<row:change_id>/undo", needs=Permission.CHANGE_STOCK)
def undo_change(change_id: int) -> Answer:
    """Take it back by movements that are its opposite."""
    end_read()
    if pressed():
        undo_stock_change(change_id, actor=current().name)
        flash("Taken back.", "success")
    return see_other(_sheet_address() if request.args.get("sheet") else url_for("admin.stock_changes"))


def _sheet_address() -> str:
    """The sheet as it was asked for."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "sheet"]
    return f"{url_for('admin.stock_grid')}?{urlencode(asked)}".rstrip("?")


def _sheet_page(
    typed: Typed, *, reason: str = "", problem: ShopError | None = None, short: bool = False, status: int = 200
) -> Answer:
    wanted = _wanted()
    rows, more = read.rows(wanted, typed)
    return page(
        "admin/stock.html",
        status=status,
        rows=rows,
        more=more,
        wanted=wanted,
        why=url_for("admin.variant_stock", variant_id=0).removesuffix("0"),
        reason=reason,
        problem=problem,
        short=short,
        unsaved=bool(typed.values),
        last=logbook.last_change(current().name),
        opened=request.args.getlist("open"),
    )


def _wanted() -> Wanted:
    opened = request.args.getlist("open")
    return Wanted(
        search=search_words(),
        low_only=request.args.get("show") == "low",
        page=page_number(),
        opened=frozenset(int(one) for one in opened if _OPEN.fullmatch(one)),
        all_open="all" in opened,
        kept=request.args.get("kept") == "1",
    )


def _typed() -> dict[CellKey, str]:
    """What differs from what the page said."""
    found: dict[CellKey, str] = {}
    for name, value in request.form.items():
        if (parts := _NAME.fullmatch(name)) and value.strip() != parts[3]:
            found[int(parts[1]), parts[2]] = value[:40]
    return found


def _seen() -> Mapping[CellKey, int]:
    names: Iterable[re.Match[str] | None] = map(_NAME.fullmatch, request.form)
    return {(int(found[1]), found[2]): int(found[3]) for found in names if found}


def _edits(typed: Mapping[CellKey, str]) -> tuple[Sequence[Edit], Mapping[CellKey, str]]:
    """What was typed as edits, and what makes no sense by its cell."""
    seen, edits, wrong = _seen(), list[Edit](), dict[CellKey, str]()
    for key, value in typed.items():
        try:
            edit = read_cell(value, variant_id=key[0], part=key[1], seen=seen[key])
        except Invalid as problem:
            wrong[key] = problem.message
        else:
            edits += [edit] if edit else []
    return edits, wrong


def _clash(one: Refused, problem: CellsMoved | CellsShort) -> str:
    edit = one.edit
    if isinstance(problem, CellsMoved):
        return f"It is {one.now} now. You saw {edit.seen} and typed {edit.number}."
    typed = f"{edit.number}" if edit.seen is not None else f"{edit.number:+}"
    return f"It is {one.now}, and {typed} would leave too few for what is promised or kept back."
