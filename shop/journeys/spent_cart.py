"""A cart whose order was paid, perhaps in another window or while its visitor was away."""

from __future__ import annotations

from msgspec import Struct

from shop.cart.rules import Cart
from shop.orders.queries import lines_of, paid_order_of


class SpentCart(Struct, frozen=True):
    """What is still wanted, and the page of the order that took the rest."""

    cart: Cart
    number: str
    token: str


def spent_cart(cart: Cart) -> SpentCart | None:
    """None for a cart that nothing was paid for; else what was put in beside the paid units stays wanted."""
    paid = paid_order_of(cart.id)
    if paid is None:
        return None
    bought = {line.variant_id: line.quantity for line in lines_of(paid.id)}
    return SpentCart(cart=cart.less(bought), number=paid.number, token=paid.token)
