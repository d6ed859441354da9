"""Packing slips and labels as PDF. Slips never carry prices: packers see none, and presents must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app
from msgspec import Struct

from shop.core.config import Settings
from shop.core.faces import HEAD, NOT_PRINTED, TEXT, further, head_for, missing, said
from shop.core.paper import code39, code39_width, cut, fitted, height_of, paper, write

if TYPE_CHECKING:
    from fpdf import FPDF

WARNING = (
    f"{NOT_PRINTED} stands for letters that this paper cannot print. Copy them by hand from the order's page, which "
    "shows them."
)
SLIP = (148.0, 210.0)  # A5 in millimetres
LABEL = (101.6, 152.4)  # 4 × 6 inches in millimetres
UNITS = 14.0  # millimetres for how many there are of a tee


class SlipLine(Struct, frozen=True):
    """So many of one tee."""

    units: int
    title: str
    options: str
    sku: str


class Slip(Struct, frozen=True):
    """What lies in a parcel; `title` and `closing` are in the buyer's language, `message` stands on presents."""

    number: str
    title: str
    closing: str
    shop: str
    to: Sequence[str]
    lines: Sequence[SlipLine]
    message: str

    def texts(self) -> list[str]:
        """Everything on it."""
        lines = (f"{line.title} {line.options} {line.sku}" for line in self.lines)
        return [self.title, self.closing, self.shop, *self.to, self.message, *lines]


class Label(Struct, frozen=True):
    """What stands on a parcel."""

    number: str
    sender: Sequence[str]
    to: Sequence[str]

    def texts(self) -> list[str]:
        """Everything on it."""
        return [*self.sender, *self.to]


def slips_pdf(slips: Sequence[Slip], faces: Sequence[Path] = ()) -> bytes:
    """A slip each, A5, on as many pages as it needs; `faces` are further ones for letters that the store's own lack."""
    pdf, lost = paper(SLIP, margin=14, texts=[text for slip in slips for text in slip.texts()], faces=faces)
    pdf.set_title("Packing slips")
    for slip in slips:
        _slip(pdf, slip, lost)
    return bytes(pdf.output())


def labels_pdf(labels: Sequence[Label], faces: Sequence[Path] = ()) -> bytes:
    """One page a label, 4 × 6 inches; `faces` as above."""
    pdf, lost = paper(LABEL, margin=7, texts=[text for label in labels for text in label.texts()], faces=faces)
    pdf.set_title("Labels")
    for label in labels:
        _label(pdf, label, lost)
    return bytes(pdf.output())


def faces_here() -> tuple[Path, ...]:
    """Further faces that papers are printed with on this machine."""
    settings: Settings = current_app.extensions["settings"]
    return further(settings.paper_fonts)


def by_hand(addresses: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Those addresses that no paper of this machine can print whole."""
    faces = faces_here()
    return {name: lines for name, lines in addresses.items() if missing(lines, faces)}


def _slip(pdf: FPDF, slip: Slip, lost: frozenset[str]) -> None:
    pdf.add_page()
    wide = code39_width(slip.number)
    code39(pdf, slip.number, x=pdf.w - pdf.r_margin - wide, y=pdf.t_margin, height=11)
    pdf.set_font(HEAD, size=13)
    pdf.cell(w=pdf.epw - wide, h=7, text=cut(pdf, slip.shop, pdf.epw - wide - 4))
    pdf.set_xy(pdf.l_margin, pdf.t_margin + 14)
    pdf.set_font(HEAD, size=22)
    write(pdf, slip.title, line=10)
    pdf.set_font(TEXT, size=10)
    for address in slip.to:
        write(pdf, said(address, lost), line=5)
    _warn(pdf, slip.texts(), lost)
    pdf.ln(4)
    for line in slip.lines:
        _line(pdf, slip, line)
    for text, size, leading in ((said(slip.message, lost), 12.0, 6.0), (slip.closing, 9.0, 4.6)):
        if text:
            pdf.set_font(TEXT, size=size)
            _room(pdf, slip, 6 + height_of(pdf, text, width=pdf.epw, line=leading))
            pdf.ln(6)
            pdf.set_font(TEXT, size=size)
            write(pdf, text, line=leading)


def _line(pdf: FPDF, slip: Slip, line: SlipLine) -> None:
    """How many, then the tee, and below it what it is exactly; a hairline under all."""
    wide, below = pdf.epw - UNITS, f"{line.options}   {line.sku}"
    pdf.set_font(TEXT, size=10.5)
    head = height_of(pdf, line.title, width=wide, line=5.2)
    pdf.set_font(TEXT, size=9)
    _room(pdf, slip, height := head + height_of(pdf, below, width=wide, line=4.6) + 4)
    top = pdf.get_y()
    pdf.set_font(HEAD, size=14)
    pdf.set_xy(pdf.l_margin, top + 2)
    pdf.cell(w=UNITS, h=5.2, text=f"{line.units} ×")
    pdf.set_font(TEXT, size=10.5)
    pdf.multi_cell(w=wide, h=5.2, text=line.title, align="L", new_x="LEFT", new_y="NEXT")
    pdf.set_font(TEXT, size=9)
    pdf.multi_cell(w=wide, h=4.6, text=below, align="L")
    pdf.line(pdf.l_margin, top + height, pdf.w - pdf.r_margin, top + height)
    pdf.set_xy(pdf.l_margin, top + height)


def _room(pdf: FPDF, slip: Slip, height: float) -> None:
    """Another page of the same slip where this one is full; it says whose it is."""
    if pdf.get_y() + height <= pdf.h - pdf.b_margin:
        return
    pdf.add_page()
    pdf.set_font(TEXT, size=9)
    write(pdf, f"{slip.title} …", line=6)


def _label(pdf: FPDF, label: Label, lost: frozenset[str]) -> None:
    pdf.add_page()
    fitted(pdf, [(TEXT, said(line, lost), 8.5) for line in label.sender], room=29)
    pdf.line(pdf.l_margin, 38, pdf.w - pdf.r_margin, 38)
    pdf.set_xy(pdf.l_margin, 46)
    lines = [
        (TEXT if at else head_for(line), said(line, lost), 15.0 if at else 19.0) for at, line in enumerate(label.to)
    ]
    fitted(pdf, lines, room=75 if not lost else 60)
    _warn(pdf, label.texts(), lost)
    pdf.line(pdf.l_margin, 124, pdf.w - pdf.r_margin, 124)
    code39(pdf, label.number, x=pdf.l_margin, y=128, height=12)
    pdf.set_xy(pdf.l_margin, 141.5)
    pdf.set_font(TEXT, size=9)
    write(pdf, label.number, line=5)


def _warn(pdf: FPDF, texts: Sequence[str], lost: frozenset[str]) -> None:
    """In a box that nobody overlooks, where a mark stands in place of letters."""
    if not any(letter in lost for text in texts for letter in text):
        return
    pdf.ln(2)
    pdf.set_font(TEXT, size=9)
    pdf.multi_cell(w=0, h=5, text=WARNING, align="L", border=1, padding=1, new_x="LMARGIN", new_y="NEXT")
