"""A receipt on paper: real text in reading order, the store's own faces, as many pages as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shop.core.faces import HEAD, NOT_PRINTED, TEXT, head_for, said
from shop.core.languages import _
from shop.core.paper import height_of, paper, write
from shop.web.view_models.receipts import ReceiptPage

if TYPE_CHECKING:
    from fpdf import FPDF

INK, MUTED = (32, 24, 17), (95, 86, 76)
A4 = (210.0, 297.0)  # millimetres, as all below
MARGIN, WIDTH, LABEL = 22, 166, 66


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
    names = (page.brand_name, page.operator, page.registration, page.giver, page.void, page.demo_notice)
    texts = [*names, *page.statements, *page.before, *(row.label for row in page.funds)]
    pdf, lost = paper(A4, margin=MARGIN, texts=texts, faces=faces)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    pdf.set_lang(language)
    pdf.set_title(_("Receipt %(name)s", name=page.number))
    pdf.set_author(page.operator)
    pdf.add_page()
    return pdf, lost


def _head(pdf: FPDF, page: ReceiptPage, lost: frozenset[str]) -> None:
    pdf.set_text_color(*INK)
    pdf.set_font(head_for(page.brand_name), size=15)
    write(pdf, said(page.brand_name, lost), line=8)
    pdf.ln(8)
    pdf.set_font(HEAD, size=30)
    write(pdf, _("Receipt for a gift"), line=13)
    if page.void:
        pdf.set_font(HEAD, size=18)
        write(pdf, said(page.void, lost), line=9)
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
    write(pdf, text, line=9)


def _row(pdf: FPDF, label: str, value: str, *, strong: bool = False) -> None:
    """Label left, value right, each broken where it is too long; a hairline under both."""
    pdf.set_font(TEXT, size=12 if strong else 10.5)
    side = max(LABEL, WIDTH - pdf.get_string_width(value) - 4)
    tall = max(height_of(pdf, label, width=side, line=5), height_of(pdf, value, width=WIDTH - side, line=5)) + 3
    if pdf.will_page_break(tall):
        pdf.add_page()
    top = pdf.get_y()
    pdf.set_xy(MARGIN, top + 1.5)
    pdf.multi_cell(w=side, h=5, text=label, align="L")
    pdf.set_xy(MARGIN + side, top + 1.5)
    pdf.multi_cell(w=WIDTH - side, h=5, text=value, align="R")
    pdf.line(MARGIN, top + tall, MARGIN + WIDTH, top + tall)
    pdf.set_xy(MARGIN, top + tall)


def _paragraph(pdf: FPDF, text: str, *, muted: bool = False) -> None:
    pdf.set_text_color(*(MUTED if muted else INK))
    pdf.set_font(TEXT, size=9 if muted else 10.5)
    write(pdf, text, line=5 if muted else 5.6)
    pdf.ln(2)
