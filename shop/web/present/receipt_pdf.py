"""A receipt on paper: one page, real text in reading order, the store's own faces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shop.core.faces import HEAD, NOT_PRINTED, TEXT, give_faces, head_for, said
from shop.core.languages import _
from shop.web.view_models.receipts import ReceiptPage

if TYPE_CHECKING:
    from fpdf import FPDF

INK, MUTED = (32, 24, 17), (95, 86, 76)
MARGIN, WIDTH = 22, 166  # millimetres on A4


def receipt_pdf(page: ReceiptPage, *, language: str = "en-US", faces: Sequence[Path] = ()) -> bytes:
    """The receipt as a PDF; `faces` are further ones for letters that the store's own lack.

    What none of them has is a mark on the paper, which then names the page where it can be read.
    """
    pdf, lost = _sheet(page, language, faces)
    _head(pdf, page, lost)
    for row in page.sums:
        _row(pdf, row.label, row.amount, strong=row.total)
    if page.funds:
        _title(pdf, _("Where the gift goes"))
        for row in page.funds:
            _row(pdf, said(row.label, lost), row.amount)
    pdf.ln(4)
    for sentence in page.statements:
        _paragraph(pdf, said(sentence, lost))
    for sentence in (*page.before, page.demo_notice, _not_printed() if lost else ""):
        if sentence:
            _paragraph(pdf, said(sentence, lost), muted=True)
    return bytes(pdf.output())


def _not_printed() -> str:
    return _(
        "%(mark)s stands for letters that this paper cannot print; the receipt’s page shows them.", mark=NOT_PRINTED
    )


def _sheet(page: ReceiptPage, language: str, faces: Sequence[Path]) -> tuple[FPDF, frozenset[str]]:
    """The library is large, so it is loaded here."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_lang(language)
    pdf.set_title(_("Receipt %(name)s", name=page.number))
    pdf.set_author(page.operator)
    pdf.set_margin(MARGIN)
    names = (page.brand_name, page.operator, page.registration, page.giver, page.void, page.demo_notice)
    lost = give_faces(pdf, [*names, *page.statements, *page.before, *(row.label for row in page.funds)], faces)
    pdf.add_page()
    return pdf, lost


def _head(pdf: FPDF, page: ReceiptPage, lost: frozenset[str]) -> None:
    pdf.set_text_color(*INK)
    pdf.set_font(head_for(page.brand_name), size=15)
    pdf.cell(w=WIDTH, h=8, text=said(page.brand_name, lost), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(8)
    pdf.set_font(HEAD, size=30)
    pdf.cell(w=WIDTH, h=13, text=_("Receipt for a gift"), new_x="LMARGIN", new_y="NEXT")
    if page.void:
        pdf.set_font(HEAD, size=18)
        pdf.multi_cell(w=WIDTH, h=9, text=said(page.void, lost), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    facts = (
        (_("Receipt"), page.number),
        (_("Issued"), page.issued),
        (_("Paid"), page.paid_on),
        (_("To"), f"{page.operator} {page.registration}".strip()),
        (_("From"), page.giver),
        (_("Reference"), page.order_number),
    )
    for label, value in facts:
        if value:
            _row(pdf, label, said(value, lost))
    _title(pdf, _("What was paid"))


def _title(pdf: FPDF, text: str) -> None:
    pdf.ln(6)
    pdf.set_font(HEAD, size=15)
    pdf.cell(w=WIDTH, h=9, text=text, new_x="LMARGIN", new_y="NEXT")


def _row(pdf: FPDF, label: str, value: str, *, strong: bool = False) -> None:
    """Label left, value right, a hairline under both."""
    pdf.set_font(TEXT, size=12 if strong else 10.5)
    pdf.cell(w=WIDTH / 2, h=8, text=label, border="B")
    pdf.cell(w=WIDTH / 2, h=8, text=value, border="B", align="R", new_x="LMARGIN", new_y="NEXT")


def _paragraph(pdf: FPDF, text: str, *, muted: bool = False) -> None:
    pdf.set_text_color(*(MUTED if muted else INK))
    pdf.set_font(TEXT, size=9 if muted else 10.5)
    pdf.multi_cell(w=WIDTH, h=5 if muted else 5.6, text=text, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)
