"""Sheets of labels with barcodes, for plain printers and the usual label paper.

Bars are whole dots of a label printer wide: a module of two dots and a half is printed as two or as three, which no
scanner reads. What is too long for bars of two dots becomes a square (QR) that cameras and newer scanners read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from shop.core.faces import TEXT, said
from shop.core.paper import DOT, bars, cut, paper

if TYPE_CHECKING:
    from fpdf import FPDF

MOST_LABELS = 2_000
FEWEST_DOTS, MOST_DOTS = 2, 3  # of a module: EAN calls 0.33 mm full size, and 0.25 mm is what cheap scanners still read
MARGIN = 3.5


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

    @property
    def code(self) -> str:
        """What a scanner reads."""
        return self.barcode or self.sku


# Measures as the makers of the paper print them: https://www.avery.com/templates/5160 and
# https://www.avery.co.uk/template-l7160 .
SHEETS: Mapping[str, Sheet] = MappingProxyType(
    {
        "letter30": Sheet(
            "US Letter, 30 labels (Avery 5160)", (215.9, 279.4), 3, 10, 4.8, 12.7, 69.85, 25.4, 66.7, 25.4
        ),
        "a4-21": Sheet("A4, 21 labels (Avery L7160)", (210, 297), 3, 7, 7.2, 15.1, 66.04, 38.1, 63.5, 38.1),
    }
)


def label_sheet(labels: Sequence[Label], sheet: Sheet, *, skip: int) -> bytes:
    """A PDF; `skip` labels of the first page are used up already."""
    pdf, lost = paper(sheet.paper, margin=0, texts=[f"{one.title} {one.options} {one.sku}" for one in labels])
    pdf.set_title("Labels")
    pdf.c_margin = 0
    for number, label in enumerate(labels, skip % (sheet.across * sheet.down)):
        place = number % (sheet.across * sheet.down)
        if place == 0 or pdf.page == 0:
            pdf.add_page()
        left = sheet.left + place % sheet.across * sheet.step_right
        _draw(pdf, label, left, sheet.top + place // sheet.across * sheet.step_down, sheet, lost)
    return bytes(pdf.output())


def modules_of(label: Label) -> str:
    """The barcode as 1 for each dark module and 0 for each light one."""
    from barcode import EAN13, Code128

    code = label.code
    kind = EAN13(code) if len(code) == 13 and code.isdecimal() else Code128(code)
    return str(kind.build()[0]).replace("G", "1")


def dots_of(modules: str, room: float) -> int:
    """How many dots each module may be wide within so many millimetres; 0 where that is too few to be read."""
    dots = min(int(room / DOT / len(modules)), MOST_DOTS)
    return dots if dots >= FEWEST_DOTS else 0


def _draw(pdf: FPDF, label: Label, left: float, top: float, sheet: Sheet, lost: frozenset[str]) -> None:
    room, high, at = sheet.width - 2 * MARGIN, sheet.height - 15.5, left + MARGIN
    modules = modules_of(label)
    if dots := dots_of(modules, room):
        bars(pdf, modules, x=at, y=top + 10, height=high, dots=dots)
    else:
        side = _square(pdf, label.code, x=left + sheet.width - MARGIN, y=top + 1.8, room=sheet.height - 3.6)
        room -= side + 2
    for words, size, y in (
        (label.title, 8, top + 1.8),
        (label.options, 8, top + 5.4),
        (f"{label.sku}  {label.barcode or ''}".strip(), 7, top + sheet.height - 5),
    ):
        pdf.set_font(TEXT, size=size)
        pdf.set_xy(at, y)
        pdf.cell(room, 3.6, cut(pdf, said(words, lost), room))


def _square(pdf: FPDF, code: str, *, x: float, y: float, room: float) -> float:
    """A QR code whose right upper corner is at (x, y), as large as fits; its side in millimetres."""
    import segno

    rows = ["".join("1" if dark else "0" for dark in row) for row in segno.make(code, error="m", micro=False).matrix]
    dots = max(int(room / DOT / len(rows)), 1)
    side = len(rows) * dots * DOT
    for at, row in enumerate(rows):
        bars(pdf, row, x=x - side, y=round(y / DOT) * DOT + at * dots * DOT, height=dots * DOT, dots=dots)
    return side
