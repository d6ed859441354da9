"""The receipt of a gift, behind the link of its order: as a page, on paper, and a year of them by mail."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from msgspec.structs import replace

from shop.brand.queries import brand
from shop.core import clock
from shop.core.errors import NotFound
from shop.core.faces import further
from shop.core.languages import _, spoken
from shop.journeys.true_receipts import ask_for_statement
from shop.orders.queries import order_with_token
from shop.receipts.queries import receipts_of
from shop.web.answers import private
from shop.web.present.receipt_pdf import receipt_pdf
from shop.web.present.receipts import receipt_page
from shop.web.public import settings
from shop.web.site import brand_words
from shop.web.view_models.receipts import ReceiptPage

blueprint = Blueprint("receipts", __name__)


@blueprint.get("/orders/<token>/receipt")
def show(token: str) -> Response:
    """The newest receipt; one that is void says so, and why."""
    return private(render_template("receipts/receipt.html", page=_page(token)))


@blueprint.get("/orders/<token>/receipt.pdf")
def paper(token: str) -> Response:
    """The same on paper."""
    page = _page(token)
    answer = private(receipt_pdf(page, language=spoken().code, faces=further(settings().paper_fonts)))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{page.number}.pdf"'
    return answer


@blueprint.post("/orders/<token>/statement")
def state(token: str) -> Response:
    """Mail a year of gifts to the address on record; the page says that it is on its way and nothing more."""
    ask_for_statement(token, year=clock.now().year)
    answer = make_response(redirect(url_for("orders.show", token=token, statement="sent"), 303))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(token: str) -> ReceiptPage:
    """Raises NotFound where nothing was given, or nothing was paid."""
    held = receipts_of(order_with_token(token).id)
    if not held:
        raise NotFound(_("There is no receipt for this: receipts are for gifts that were paid."))
    about = brand()
    told = replace(about, demo_notice=brand_words(about)["demo_notice"])
    return receipt_page(held[0], held[1:], told, token=token)
