"""A receipt as its page and its paper show it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from shop.brand.rules import BrandView
from shop.core import clock
from shop.core.formats import date_text, money_text
from shop.core.languages import _
from shop.core.money import Money
from shop.core.phrases import phrase
from shop.giving.queries import FUNDS
from shop.receipts.rules import Content, ReceiptFacts, statements
from shop.web.view_models.basket import ReceiptLink
from shop.web.view_models.parts import Meta, Sum
from shop.web.view_models.receipts import ReceiptPage


def receipt_page(receipt: ReceiptFacts, before: Sequence[ReceiptFacts], about: BrandView, *, token: str) -> ReceiptPage:
    """`before` are the void ones that this one replaced."""
    said = receipt.content
    return ReceiptPage(
        meta=Meta(title=_("Receipt %(name)s", name=receipt.name), indexed=False),
        number=receipt.name,
        issued=date_text(receipt.issued_at.date()),
        paid_on=date_text(said.paid_on),
        operator=said.operator,
        registration=said.registration,
        giver=said.email,
        order_number=said.order_number,
        sums=_sums(said),
        funds=tuple(_fund(name, Money(minor, said.gift.currency)) for name, minor in said.funds),
        statements=statements(said),
        before=tuple(
            _("%(name)s is void: %(why)s", name=one.name, why=one.void_reason) for one in before if one.state == "void"
        ),
        order_url=url_for("orders.show", token=token),
        pdf_url=url_for("receipts.paper", token=token),
        brand_name=about.name,
        demo_notice=about.demo_notice if about.demo else "",
        void=_("This receipt is void: %(why)s", why=receipt.void_reason) if receipt.state == "void" else "",
    )


def _fund(name: str, amount: Money) -> Sum:
    return Sum(label=phrase(FUNDS, name), amount=money_text(amount))


def _sums(said: Content) -> tuple[Sum, ...]:
    rows = (
        (_("Paid for goods, delivery and tax"), said.goods),
        (_("Gift"), said.gift),
        (_("Added towards the card fee"), said.fee_cover),
    )
    paid = said.goods + said.gift + said.fee_cover
    shown = [Sum(label=label, amount=money_text(amount)) for label, amount in rows if amount]
    return (*shown, Sum(label=_("Paid together"), amount=money_text(paid), total=True))


def receipt_link(receipts: Sequence[ReceiptFacts], *, token: str, sent: bool) -> ReceiptLink | None:
    """What the order's page says of its receipt; `receipts` newest first."""
    if not receipts:
        return None
    newest = receipts[0]
    return ReceiptLink(
        number=newest.name,
        url=url_for("receipts.show", token=token),
        pdf_url=url_for("receipts.paper", token=token),
        void=newest.state == "void",
        statement_url=url_for("receipts.state", token=token),
        year=str(clock.now().year),
        sent=sent,
    )
