"""The hosted page of an order, made from its rows alone: the same order always asks for the very same page."""

from __future__ import annotations

from shop.journeys.services import Services
from shop.orders.queries import lines_of, order
from shop.orders.rules import Line
from shop.payments.gateway import Item, SessionRequest


def page_request(order_id: str, services: Services) -> SessionRequest:
    """What to ask the processor for; raises NotFound for an unknown order."""
    facts = order(order_id)
    items = [Item(_words(line), line.unit_price, line.quantity) for line in lines_of(order_id)]
    if facts.sums.gift:
        items.append(Item("Your gift", facts.sums.gift, 1, taxable=False))
    return SessionRequest(
        order_id=order_id,
        number=facts.number,
        items=items,
        delivery_name=f"Delivery: {facts.delivery_name}",
        delivery=facts.sums.delivery,
        country=facts.country,
        success_url=f"{services.base_url}/checkout/return?session={{CHECKOUT_SESSION_ID}}",
        cancel_url=f"{services.base_url}/checkout",
        expires_at=facts.pay_by,
    )


def _words(line: Line) -> str:
    return f"{line.title}, {line.colour}, {line.size}"
