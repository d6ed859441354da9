"""Sheets of labels with barcodes, for plain printers and the usual label paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from fpdf import FPDF

MOST_LABELS = 2_000
FONT = Path(__file__).parents[2] / "static" / "fonts" / "public-sans.woff2"


class Sheet(Struct, frozen=True):
    """Label paper, all in millimetres: where the first label begins and how far it is to the next."""

    name: str
    paper: tuple[float, float]
    across: int
    down: int
    left: float
    top: float
    step_right: float
    step_down: float
    width: float
    height: float


class Label(Struct, frozen=True):
    """What one label says; without a barcode the SKU itself is made one (Code 128)."""

    title: str
    options: str
    sku: str
    barcode: str | None


# Measures as the makers of the paper print them: https://www.avery.com/templates/5160 and
# https://www.avery.co.uk/template-l7160 .
SHEETS: Mapping[str, Sheet] = {
    "letter30": Sheet("US Letter, 30 labels (Avery 5160)", (215.9, 279.4), 3, 10, 4.8, 12.7, 69.85, 25.4, 66.7, 25.4),
    "a4-21": Sheet("A4, 21 labels (Avery L7160)", (210, 297), 3, 7, 7.2, 15.1, 66.04, 38.1, 63.5, 38.1),
}


def label_sheet(labels: Sequence[Label], sheet: Sheet, *, skip: int) -> bytes:
    """A PDF; `skip` labels of the first page are used up already. The libraries are large, so they are loaded here."""
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format=sheet.paper)
    pdf.set_title("Labels")
    pdf.set_auto_page_break(False)
    pdf.add_font("Public Sans", fname=FONT)
    for number, label in enumerate(labels, skip % (sheet.across * sheet.down)):
        place = number % (sheet.across * sheet.down)
        if place == 0 or pdf.page == 0:
            pdf.add_page()
        left = sheet.left + place % sheet.across * sheet.step_right
        _draw(pdf, label, left, sheet.top + place // sheet.across * sheet.step_down, sheet)
    return bytes(pdf.output())


def bars(label: Label) -> str:
    """The barcode as 1 for each dark module and 0 for each light one."""
    from barcode import EAN13, Code128

    code = label.barcode or ""
    kind = EAN13(code) if len(code) == 13 and code.isdecimal() else Code128(code or label.sku)
    return str(kind.build()[0]).replace("G", "1")


def _draw(pdf: FPDF, label: Label, left: float, top: float, sheet: Sheet) -> None:
    margin, text = 3.5, sheet.width - 7
    pdf.set_xy(left + margin, top + 1.8)
    pdf.set_font("Public Sans", size=8)
    pdf.cell(text, 3.6, _cut(pdf, label.title, text))
    pdf.set_xy(left + margin, top + 5.4)
    pdf.cell(text, 3.6, _cut(pdf, label.options, text))
    modules = bars(label)
    width = min(text / len(modules), 0.33)  # a third of a millimetre a module is what EAN calls full size
    height, at = sheet.height - 15.5, left + margin
    for place, dark in enumerate(modules):
        if dark == "1":
            pdf.rect(at + place * width, top + 10, width, height, style="F")
    pdf.set_xy(left + margin, top + sheet.height - 5)
    pdf.set_font("Public Sans", size=7)
    pdf.cell(text, 3, _cut(pdf, f"{label.sku}  {label.barcode or ''}".strip(), text))


def _cut(pdf: FPDF, words: str, width: float) -> str:
    while words and pdf.get_string_width(words) > width:
        words = words[:-1]
    return words
