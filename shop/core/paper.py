"""Paper: pages whose words are kept inside of them, and bars that printers can print. Faces are `core/faces.py`'s.

The library is large, so it is loaded where a page is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from shop.core.faces import give_faces

if TYPE_CHECKING:
    from fpdf import FPDF

DOT = 25.4 / 203  # millimetres: what the usual label printer can print; bars are whole dots wide
_SMALLEST = 0.6  # of the size that was meant


def paper(
    size: tuple[float, float], *, margin: float, texts: Iterable[str], faces: Sequence[Path] = ()
) -> tuple[FPDF, frozenset[str]]:
    """An empty document of pages of this size in millimetres, which breaks no page by itself, with the faces that these
    texts need; and the letters that it cannot print.
    """
    from fpdf import FPDF

    pdf = FPDF(format=size)
    pdf.set_margin(margin)
    pdf.set_auto_page_break(auto=False, margin=margin)
    return pdf, give_faces(pdf, texts, faces)


def height_of(pdf: FPDF, text: str, *, width: float, line: float) -> float:
    """How much room a text takes in the face that is set, broken where it must be."""
    from fpdf.enums import MethodReturnValue

    tall = pdf.multi_cell(w=width, h=line, text=text, align="L", dry_run=True, output=MethodReturnValue.HEIGHT)
    return cast(float, tall)


def write(pdf: FPDF, text: str, *, line: float, width: float = 0) -> None:
    """A text below what stands there, broken where it must be."""
    pdf.multi_cell(w=width, h=line, text=text, align="L", new_x="LMARGIN", new_y="NEXT")


def cut(pdf: FPDF, text: str, width: float) -> str:
    """A text that fits into one line, its end replaced by dots."""
    if pdf.get_string_width(text) <= width:
        return text
    while text and pdf.get_string_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def fitted(pdf: FPDF, lines: Sequence[tuple[str, str, float]], *, room: float) -> None:
    """Lines of (face, text, size in points) within so many millimetres: all of them smaller where they are too many."""
    scale = 1.0
    while scale > _SMALLEST and sum(_line_height(pdf, one, scale) for one in lines) > room:
        scale -= 0.05
    for face, text, size in lines:
        pdf.set_font(face, size=size * scale)
        write(pdf, text, line=_leading(size * scale))


def code39(pdf: FPDF, text: str, *, x: float, y: float, height: float) -> None:
    """Bars of three and nine dots that begin on a dot."""
    pdf.code39(f"*{text}*", x=round(x / DOT) * DOT, y=y, w=9 * DOT, h=height)


def code39_width(text: str) -> float:
    """Millimetres that it takes: of each sign three wide and six narrow bars, and a narrow gap."""
    return (len(text) + 2) * (3 * 9 + 7 * 3) * DOT


def bars(pdf: FPDF, modules: str, *, x: float, y: float, height: float, dots: int) -> None:
    """Modules (1 dark, 0 light) so many dots wide; neighbours are one bar, so that no line of light comes between."""
    at, left = 0, round(x / DOT) * DOT
    for dark, run in ((text[0] == "1", len(text)) for text in _runs(modules)):
        if dark:
            pdf.rect(left + at * dots * DOT, y, run * dots * DOT, height, style="F")
        at += run


def _runs(modules: str) -> list[str]:
    found: list[str] = []
    for one in modules:
        if found and found[-1][0] == one:
            found[-1] += one
        else:
            found.append(one)
    return found


def _line_height(pdf: FPDF, one: tuple[str, str, float], scale: float) -> float:
    face, text, size = one
    pdf.set_font(face, size=size * scale)
    return height_of(pdf, text, width=pdf.epw, line=_leading(size * scale))


def _leading(points: float) -> float:
    return points * 0.3528 * 1.35
