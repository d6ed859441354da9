"""Stock as files: taken along as CSV or XLSX, and brought in with a dry run before anything changes."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import flash, make_response, request, url_for
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import page_number
from shop.admin.base_form import StaffForm
from shop.admin.delivery_forms import WholeNumber, trimmed
from shop.admin.reads.stock_table import COLUMNS, stock_table
from shop.admin.routes import Answer, does, see_other, shows
from shop.admin.sheets import csv_answer, harmless
from shop.catalogue.queries import variants_in_cart
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.imports import queries as imports
from shop.imports.rules import LARGEST_FILE, MOST_ROWS
from shop.journeys.import_stock import ask_to_apply, drop_import, upload_stock
from shop.staff.rules.permissions import Permission

PAGE = 40
BUSY = ("uploaded", "applying")
WHICH = ("differ", "problems", "all")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(StaffForm):
    """A file or pasted rows, what their numbers mean, and why."""

    file = FileField("File")
    pasted = TextAreaField("Or rows pasted from a spreadsheet", [Optional(), Length(max=LARGEST_FILE)])
    mode = RadioField(
        "What the numbers are",
        choices=[SelectChoice("set", "What is there now"), SelectChoice("add", "How many to add")],
    )
    expected_rows = WholeNumber(
        "How many rows it should have", [Optional(), NumberRange(1, MOST_ROWS, f"From 1 to {MOST_ROWS:,}.")]
    )
    reason = StringField("Why", [InputRequired("Say why in a few words."), Length(max=150)], filters=[trimmed])


@shows("/stock/files", needs=Permission.SEE_STOCK)
def stock_files() -> Answer:
    """Take along and bring in, and what was brought in before."""
    return _files(ImportForm(formdata=None, mode="set"))


@shows("/stock/export.csv", needs=Permission.SEE_STOCK)
def export_csv() -> Answer:
    """Every variant with its numbers."""
    return csv_answer("stock.csv", COLUMNS, stock_table())


@shows("/stock/export.xlsx", needs=Permission.SEE_STOCK)
def export_xlsx() -> Answer:
    """The same as a workbook."""
    return _workbook(stock_table())


@does("/stock/imports/new", needs=Permission.CHANGE_STOCK)
def import_stock() -> Answer:
    """Send a file to be compared."""
    request.max_content_length = request.max_form_memory_size = LARGEST_FILE + 64 * 1024  # this address takes files
    form = ImportForm()
    end_read()
    if not form.validate_on_submit():
        return _files(form, status=refused(form))
    sent = form.file.data.read(LARGEST_FILE + 1) if form.file.data else b""
    try:
        import_id = upload_stock(
            sent or (form.pasted.data or "").strip().encode(),
            file_name=(form.file.data.filename if sent else "") or "pasted rows",
            mode=form.mode.data,
            reason=form.reason.data,
            expected_rows=form.expected_rows.data,
            actor=current().name,
        )
    except ShopError as problem:
        return _files(form, status=refused(form, problem=problem))
    return see_other(url_for("admin.one_import", import_id=import_id))


@shows("/stock/imports/<row:import_id>", needs=Permission.SEE_STOCK)
def one_import(import_id: int) -> Answer:
    """How far it is; then what each row would change."""
    return _import_page(import_id)


@does("/stock/imports/<row:import_id>/apply", needs=Permission.CHANGE_STOCK)
def apply_import(import_id: int) -> Answer:
    """Apply all that differs."""
    if not pressed():
        return _import_page(import_id, status=400)
    try:
        ask_to_apply(import_id, leave_out=request.form.get("leave_out") == "1", actor=current().name)
    except ShopError as problem:
        flash(problem.message, "danger")
        return _import_page(import_id, status=problem.kind.value)
    return see_other(url_for("admin.one_import", import_id=import_id))


@does("/stock/imports/<row:import_id>/drop", needs=Permission.CHANGE_STOCK)
def drop_the_import(import_id: int) -> Answer:
    """Forget it."""
    end_read()
    if pressed():
        drop_import(import_id, actor=current().name)
        flash("Dropped. No number changed.", "success")
    return see_other(url_for("admin.stock_files"))


def _files(form: ImportForm, *, status: int = 200) -> Answer:
    found, more = imports.imports(page=page_number(), size=PAGE)
    return page("admin/stock/files.html", status=status, form=form, found=found, more=more, number=page_number())


def _import_page(import_id: int, *, status: int = 200) -> Answer:
    end_read()
    which = request.args.get("which", "")
    which = which if which in WHICH else "differ"
    facts = imports.one_import(import_id)
    rows, more = imports.rows_of(import_id, which=which, page=page_number())
    text, status = page(
        "admin/stock/import.html",
        status=status,
        facts=facts,
        tally=imports.tally(import_id),
        rows=rows,
        more=more,
        number=page_number(),
        which=which,
        busy=facts.state in BUSY,
        variants=variants_in_cart({row.variant_id for row in rows if row.variant_id}),
    )
    answer = make_response(text, status)
    if facts.state in BUSY:
        answer.headers["Refresh"] = "2"  # nothing on the page is typed into while it waits
    return answer


def _workbook(rows: Iterable[tuple[object, ...]]) -> Response:
    """The library is large, so it is loaded here."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stock")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    out = BytesIO()
    book.save(out)
    answer = make_response(out.getvalue())
    answer.headers["Content-Type"] = _XLSX
    answer.headers["Content-Disposition"] = 'attachment; filename="stock.xlsx"'
    return answer
