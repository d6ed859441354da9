"""What became of carts: the orders that came from them."""

from __future__ import annotations

from sqlalchemy import or_

from shop.core.columns import AnySelect
from shop.core.prepared import prepared
from shop.orders.models import Order
from shop.orders.queries import ORDER, facts_of
from shop.orders.rules import OrderFacts, Standing


def open_order_of(cart_id: str) -> OrderFacts | None:
    """The order of this cart that still waits for its payment."""
    row = _open_of(cart_id).one_or_none()
    return None if row is None else facts_of(row)


def standing_of(cart_id: str) -> Standing:
    """What became of a cart, in one statement."""
    found = [facts_of(row) for row in _orders_of_cart(cart_id)]
    return Standing(
        waiting=next((one for one in found if one.state == "awaiting_payment"), None),
        paid=next((one for one in found if one.paid_at is not None), None),
    )


def paid_order_of(cart_id: str) -> OrderFacts | None:
    """The last order of this cart that was accepted: the cart it came from is spent."""
    row = _paid_of(cart_id).one_or_none()
    return None if row is None else facts_of(row)


@prepared
def _open_of(cart_id: str) -> AnySelect:
    return ORDER.where(Order.cart_id == cart_id, Order.state == "awaiting_payment")


@prepared
def _orders_of_cart(cart_id: str) -> AnySelect:
    alive = or_(Order.state == "awaiting_payment", Order.paid_at.is_not(None))
    return ORDER.where(Order.cart_id == cart_id, alive).order_by(Order.paid_at.desc())


@prepared
def _paid_of(cart_id: str) -> AnySelect:
    paid = ORDER.where(Order.cart_id == cart_id, Order.paid_at.is_not(None))
    return paid.order_by(Order.paid_at.desc()).limit(1)
