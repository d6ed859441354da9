"""The hosted page of an order: described once, when it is placed, and asked for in those very words ever after.

The same key must ask for the very same page, and staff may put a colour into another language between two tries.
"""

from __future__ import annotations

from collections.abc import Sequence

from shop.catalogue.said import tee_said
from shop.core.languages import _, language_named, speaking, spoken
from shop.core.money import Money, step
from shop.core.phrases import phrase
from shop.delivery.said import way_said
from shop.giving.queries import gifts_of
from shop.giving.rules import FundShare
from shop.journeys.order_words import TAXES, ships_by_words
from shop.journeys.services import Services
from shop.orders.differences import difference_of
from shop.orders.queries import lines_of, order
from shop.orders.rules import Line, OrderFacts
from shop.payments.asked import keep_request, kept_request
from shop.payments.gateway import Delivery, Item, SessionRequest

# Where a visitor comes who leaves the page; the token opens the order's own.
_BACK = {"sale": "/checkout", "gift": "/donate?again={}", "difference": "/orders/{}"}


def page_request(order_id: str, services: Services) -> SessionRequest:
    """What to ask the processor for: as it was kept, else as it is said now. Raises NotFound for an unknown order."""
    return kept_request(order_id, SessionRequest) or _described(order(order_id), services)


def describe_page(placed: OrderFacts, services: Services) -> SessionRequest:
    """Describe the page of an order that was just placed, with its gifts, and keep that, in the open transaction."""
    asked = _described(placed, services)
    keep_request(placed.id, asked)
    return asked


def describe_sale(
    drawn: OrderFacts, lines: Sequence[Line], shares: Sequence[FundShare], services: Services
) -> SessionRequest:
    """Describe the page of an order that is to be placed with these lines and gifts; whoever places it keeps it."""
    with speaking(language_named(drawn.language)):
        return _request(drawn, lines, shares, services)


def _described(facts: OrderFacts, services: Services) -> SessionRequest:
    return describe_sale(facts, lines_of(facts.id), gifts_of(facts.id), services)


def _request(
    facts: OrderFacts, lines: Sequence[Line], shares: Sequence[FundShare], services: Services
) -> SessionRequest:
    order_id, base = facts.id, f"{services.base_url}{spoken().prefix}"
    items = [item for line in lines for item in items_of(line)]
    if facts.kind == "difference":
        items.append(_difference(facts))
    if facts.sums.tax:
        items.append(Item(phrase(TAXES, facts.tax.name) or _("Tax"), facts.sums.tax, 1, taxable=False))
    items += [_gift(share) for share in shares]
    if facts.sums.fee_cover:
        items.append(Item(_("Covering the card fee"), facts.sums.fee_cover, 1, taxable=False))
    gift = facts.kind == "gift"
    return SessionRequest(
        order_id=order_id,
        number=facts.number,
        items=items,
        delivery=None if gift else _delivery(facts),
        reckon_tax=facts.tax.provider == "stripe",
        tax_inclusive=facts.tax.inclusive,
        adaptive_pricing=facts.adaptive_pricing,
        success_url=f"{base}/checkout/return?session={{CHECKOUT_SESSION_ID}}",
        cancel_url=f"{base}{_BACK[facts.kind].format(facts.token)}",
        expires_at=facts.pay_by,
        language=facts.language,
    )


def _difference(facts: OrderFacts) -> Item:
    """What another size of a sale costs more, for all its units."""
    asked = difference_of(facts.id)
    line = next(one for one in lines_of(asked.sale_id) if one.id == asked.line_id)
    tee = tee_said(line.product_id, line.title, asked.new.colour, asked.new.size)
    words = _("Difference for %(count)s × %(tee)s", count=asked.quantity, tee=tee)
    return Item(words, facts.sums.goods, 1)


def _gift(share: FundShare) -> Item:
    return Item(_("Gift to %(fund)s", fund=share.fund.name), share.amount, 1, taxable=False)


def _delivery(facts: OrderFacts) -> Delivery:
    """A difference is sent nowhere by itself, as what is picked up."""
    country = "" if facts.pickup else facts.country
    return Delivery(_("Delivery: %(zone)s", zone=way_said(facts.delivery_name))[:100], facts.sums.delivery, country)


def items_of(line: Line) -> list[Item]:
    """A line as the page shows it: what is paid for each unit, so that the processor's sum is ours to the cent.

    A discount that does not divide by the units makes two items, one of which costs a cent more.
    """
    to_come = ships_by_words(line.ships_by)
    if not line.discount:
        return [Item(_words(line), line.unit_price, line.quantity, note=to_come)]
    size = step(line.net.currency)
    each, dearer = divmod(line.net.minor // size, line.quantity)
    was = _("Discount included; the price is %(price)s.", price=line.unit_price)
    note = f"{to_come}. {was}" if to_come else was
    units = ((each, line.quantity - dearer), (each + 1, dearer))
    return [
        Item(_words(line), Money(minor * size, line.net.currency), quantity, note=note)
        for minor, quantity in units
        if quantity
    ]


def _words(line: Line) -> str:
    return tee_said(line.product_id, line.title, line.colour, line.size)
