"""Packing slips and labels as PDF. Slips never carry prices: packers see none, and presents must not."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).parents[2] / "static" / "fonts"
TEXT, HEAD = "Public Sans", "Fjalla One"
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


class Label(Struct, frozen=True):
    """What stands on a parcel."""

    number: str
    sender: Sequence[str]
    to: Sequence[str]


def slips_pdf(slips: Sequence[Slip]) -> bytes:
    """One page a slip, A5. The library is large, so it is loaded here."""
    pdf = _paper(SLIP, margin=14)
    pdf.set_title("Packing slips")
    for slip in slips:
        _slip(pdf, slip)
    return bytes(pdf.output())


def labels_pdf(labels: Sequence[Label]) -> bytes:
    """One page a label, 4 × 6 inches."""
    pdf = _paper(LABEL, margin=7)
    pdf.set_title("Labels")
    pdf.set_auto_page_break(auto=False)
    for label in labels:
        _label(pdf, label)
    return bytes(pdf.output())


def _paper(size: tuple[float, float], *, margin: float) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(format=size)
    pdf.set_margin(margin)
    pdf.set_auto_page_break(auto=True, margin=margin)
    display = resources.files("font_fjallaone") / "files" / "FjallaOne-Regular.ttf"
    pdf.add_font(HEAD, fname=str(display))
    pdf.add_font(TEXT, fname=FONTS / "public-sans.woff2")
    pdf.add_font("Further", fname=FONTS / "public-sans-ext.woff2")
    pdf.set_fallback_fonts(["Further"])
    return pdf


def _slip(pdf: FPDF, slip: Slip) -> None:
    pdf.add_page()
    pdf.set_font(HEAD, size=13)
    pdf.cell(w=60, h=7, text=slip.shop)
    pdf.code39(f"*{slip.number}*", x=pdf.w - pdf.r_margin - 58, y=pdf.t_margin, w=1.05, h=11)
    pdf.set_xy(pdf.l_margin, pdf.t_margin + 14)
    pdf.set_font(HEAD, size=22)
    _below(pdf, 10, slip.title)
    pdf.set_font(TEXT, size=10)
    for said in slip.to:
        _below(pdf, 5, said)
    pdf.ln(4)
    for line in slip.lines:
        pdf.set_font(HEAD, size=14)
        pdf.cell(w=14, h=12, text=f"{line.units} ×", border="B")
        pdf.set_font(TEXT, size=10.5)
        pdf.cell(w=pdf.epw - 46, h=12, text=f"{line.title}, {line.options}", border="B")
        pdf.set_font(TEXT, size=8)
        pdf.cell(w=32, h=12, text=line.sku, border="B", align="R", new_x="LMARGIN", new_y="NEXT")
    if slip.message:
        pdf.ln(6)
        pdf.set_font(TEXT, size=12)
        pdf.multi_cell(w=0, h=6, text=slip.message, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    pdf.set_font(TEXT, size=9)
    pdf.multi_cell(w=0, h=4.6, text=slip.closing, new_x="LMARGIN", new_y="NEXT")


def _label(pdf: FPDF, label: Label) -> None:
    pdf.add_page()
    pdf.set_font(TEXT, size=8.5)
    for line in label.sender:
        _below(pdf, 4.2, line)
    pdf.line(pdf.l_margin, 38, pdf.w - pdf.r_margin, 38)
    pdf.set_xy(pdf.l_margin, 48)
    for at, line in enumerate(label.to):
        pdf.set_font(HEAD if at == 0 else TEXT, size=19 if at == 0 else 15)
        pdf.multi_cell(w=0, h=9 if at == 0 else 7.4, text=line, new_x="LMARGIN", new_y="NEXT")
    pdf.line(pdf.l_margin, 124, pdf.w - pdf.r_margin, 124)
    pdf.code39(f"*{label.number}*", x=pdf.l_margin, y=128, w=1.2, h=12)
    pdf.set_xy(pdf.l_margin, 141.5)
    pdf.set_font(TEXT, size=9)
    _below(pdf, 5, label.number)


def _below(pdf: FPDF, height: float, text: str) -> None:
    pdf.cell(w=0, h=height, text=text, new_x="LMARGIN", new_y="NEXT")
