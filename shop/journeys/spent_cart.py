"""A cart whose order was paid, perhaps in another window or while its visitor was away."""

from __future__ import annotations

from msgspec import Struct

from shop.cart.rules import Cart
from shop.orders.queries import lines_of
from shop.orders.queries.carts import paid_order_of
from shop.orders.rules import OrderFacts


class SpentCart(Struct, frozen=True):
    """What is still wanted, and the page of the order that took the rest."""

    cart: Cart
    number: str
    token: str


def spent_cart(cart: Cart) -> SpentCart | None:
    """None for a cart that nothing was paid for; else what was put in beside the paid units stays wanted."""
    paid = paid_order_of(cart.id)
    return None if paid is None else spent_by(paid, cart)


def spent_by(paid: OrderFacts, cart: Cart) -> SpentCart:
    """The same where the order is known that was paid for this cart."""
    bought = {line.variant_id: line.quantity for line in lines_of(paid.id)}
    return SpentCart(cart=cart.less(bought), number=paid.number, token=paid.token)
