"""Packing slips and labels as PDF. Slips never carry prices: packers see none, and presents must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app
from msgspec import Struct

from shop.core.config import Settings
from shop.core.faces import HEAD, NOT_PRINTED, TEXT, further, give_faces, head_for, missing, said

if TYPE_CHECKING:
    from fpdf import FPDF

WARNING = (
    f"{NOT_PRINTED} stands for letters that this paper cannot print. Copy them by hand from the order's page, which "
    "shows them."
)
SLIP = (148.0, 210.0)  # A5 in millimetres
LABEL = (101.6, 152.4)  # 4 × 6 inches in millimetres


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
    """One page a slip, A5; `faces` are further ones for letters that the store's own lack."""
    pdf, lost = _paper(SLIP, 14, [text for slip in slips for text in slip.texts()], faces)
    pdf.set_title("Packing slips")
    for slip in slips:
        _slip(pdf, slip, lost)
    return bytes(pdf.output())


def labels_pdf(labels: Sequence[Label], faces: Sequence[Path] = ()) -> bytes:
    """One page a label, 4 × 6 inches; `faces` as above."""
    pdf, lost = _paper(LABEL, 7, [text for label in labels for text in label.texts()], faces)
    pdf.set_title("Labels")
    pdf.set_auto_page_break(auto=False)
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


def _paper(
    size: tuple[float, float], margin: float, texts: Sequence[str], faces: Sequence[Path]
) -> tuple[FPDF, frozenset[str]]:
    """A paper for these texts, and the letters that it cannot print. The library is large, so it is loaded here."""
    from fpdf import FPDF

    pdf = FPDF(format=size)
    pdf.set_margin(margin)
    pdf.set_auto_page_break(auto=True, margin=margin)
    return pdf, give_faces(pdf, texts, faces)


def _slip(pdf: FPDF, slip: Slip, lost: frozenset[str]) -> None:
    pdf.add_page()
    pdf.set_font(HEAD, size=13)
    pdf.cell(w=60, h=7, text=slip.shop)
    pdf.code39(f"*{slip.number}*", x=pdf.w - pdf.r_margin - 58, y=pdf.t_margin, w=1.05, h=11)
    pdf.set_xy(pdf.l_margin, pdf.t_margin + 14)
    pdf.set_font(HEAD, size=22)
    _below(pdf, 10, slip.title)
    pdf.set_font(TEXT, size=10)
    for line in slip.to:
        _below(pdf, 5, said(line, lost))
    _warn(pdf, slip.texts(), lost)
    pdf.ln(4)
    for line_ in slip.lines:
        _slip_line(pdf, line_)
    if slip.message:
        pdf.ln(6)
        pdf.set_font(TEXT, size=12)
        pdf.multi_cell(w=0, h=6, text=said(slip.message, lost), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    pdf.set_font(TEXT, size=9)
    pdf.multi_cell(w=0, h=4.6, text=slip.closing, new_x="LMARGIN", new_y="NEXT")


def _slip_line(pdf: FPDF, line: SlipLine) -> None:
    pdf.set_font(HEAD, size=14)
    pdf.cell(w=14, h=12, text=f"{line.units} ×", border="B")
    pdf.set_font(TEXT, size=10.5)
    pdf.cell(w=pdf.epw - 46, h=12, text=f"{line.title}, {line.options}", border="B")
    pdf.set_font(TEXT, size=8)
    pdf.cell(w=32, h=12, text=line.sku, border="B", align="R", new_x="LMARGIN", new_y="NEXT")


def _label(pdf: FPDF, label: Label, lost: frozenset[str]) -> None:
    pdf.add_page()
    pdf.set_font(TEXT, size=8.5)
    for line in label.sender:
        _below(pdf, 4.2, said(line, lost))
    pdf.line(pdf.l_margin, 38, pdf.w - pdf.r_margin, 38)
    pdf.set_xy(pdf.l_margin, 48)
    for at, line in enumerate(label.to):
        pdf.set_font(head_for(line) if at == 0 else TEXT, size=19 if at == 0 else 15)
        text = said(line, lost)
        pdf.multi_cell(w=0, h=9 if at == 0 else 7.4, text=text, align="L", new_x="LMARGIN", new_y="NEXT")
    _warn(pdf, label.texts(), lost)
    pdf.line(pdf.l_margin, 124, pdf.w - pdf.r_margin, 124)
    pdf.code39(f"*{label.number}*", x=pdf.l_margin, y=128, w=1.2, h=12)
    pdf.set_xy(pdf.l_margin, 141.5)
    pdf.set_font(TEXT, size=9)
    _below(pdf, 5, label.number)


def _warn(pdf: FPDF, texts: Sequence[str], lost: frozenset[str]) -> None:
    """In a box that nobody overlooks, where a mark stands in place of letters."""
    if not any(letter in lost for text in texts for letter in text):
        return
    pdf.ln(2)
    pdf.set_font(TEXT, size=9)
    pdf.multi_cell(w=0, h=5, text=WARNING, align="L", border=1, padding=1, new_x="LMARGIN", new_y="NEXT")


def _below(pdf: FPDF, height: float, text: str) -> None:
    pdf.cell(w=0, h=height, text=text, new_x="LMARGIN", new_y="NEXT")
