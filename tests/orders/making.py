"""Orders straight from the rooms, for tests that need no checkout. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from shop.core import clock, codes
from shop.orders.operations import NewOrder, place
from shop.orders.rules import Line, Sums
from shop.stock.operations.reservations import hold, note_hold
from tests.support.factories import usd


def line(product_id: int, variant_id: int, quantity: int = 1) -> Line:
    """At $25 each, with no pledge."""
    return Line(
        product_id=product_id,
        variant_id=variant_id,
        sku=f"TEE-{variant_id}",
        title="Tee",
        colour="Ink",
        size="M",
        unit_price=usd(2500),
        quantity=quantity,
        discount=usd(0),
        tax=usd(0),
        pledge_id=None,
        partner_id=None,
        partner_slug="",
        pledge=usd(0),
        pledge_sentence="",
    )


def new_order(product_id: int, wants: Mapping[int, int], *, cart_id: str = "") -> NewOrder:
    """Not placed yet; a cart of its own unless one is named."""
    lines = [line(product_id, variant_id, quantity) for variant_id, quantity in wants.items()]
    goods = usd(2500 * sum(wants.values()))
    return NewOrder(
        cart_id=cart_id or codes.new_token(),
        fingerprint="as seen",
        sums=Sums(goods=goods, discount=usd(0), delivery=usd(500), tax=usd(0), gift=usd(0), fee_cover=usd(0)),
        country="US",
        delivery_name="Home",
        note="",
        pay_by=clock.now() + timedelta(minutes=40),
        lines=lines,
    )


def place_order(product_id: int, wants: Mapping[int, int], *, cart_id: str = "") -> str:
    """Held and placed, as checkout does it; the order's id."""
    hold(wants)
    order_id = place(new_order(product_id, wants, cart_id=cart_id)).id
    note_hold(order_id, wants, until=clock.now() + timedelta(minutes=50))
    return order_id
