"""A buyer calls an order off before it is packed: all of it goes back by the one refund journey, at once.

Packing and calling off race for the order's row: whoever has it first wins, and the other is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict
from shop.core.languages import _
from shop.journeys.refund_order import decide
from shop.journeys.refund_plan import Wish, everything_left, plan_refund
from shop.orders.operations import record
from shop.orders.queries import lines_of, locked, order_with_token
from shop.orders.rules import Line, OrderFacts
from shop.payments.queries import refunds_of
from shop.returns.operations import close_return
from shop.returns.queries import waiting_of

WHY = "Called off before it was packed"


class PackedAlready(Conflict):
    """Too late to call it off: it can be sent back instead."""

    def __init__(self) -> None:
        super().__init__(_("Your order has been packed already, so it cannot be cancelled. You can send it back."))


@again
def cancel_order(token: str, *, gift_back: bool) -> bool:
    """Call off what its buyer holds the link of; its gift stays with the fund unless they want it back.

    False when it was called off before. Raises NotFound, and PackedAlready.
    """
    order_id = order_with_token(token).id
    with transaction():
        return call_off(locked(order_id), gift_back=gift_back)


def may_call_off(facts: OrderFacts, lines: Sequence[Line]) -> bool:
    """While it is paid and none of it is in a parcel."""
    return facts.kind == "sale" and facts.state == "paid" and not any(line.packed_quantity for line in lines)


def call_off(facts: OrderFacts, *, gift_back: bool) -> bool:
    """The same in the open transaction, with the order's row locked."""
    if facts.state == "cancelled" and facts.returned.total:
        return False
    lines = lines_of(facts.id)
    if not may_call_off(facts, lines):
        raise PackedAlready
    wish = everything_left(facts, lines, gift=gift_back)
    if wish == Wish():
        return False
    record(facts.id, "called_off", "The buyer called it off before it was packed.", actor="customer")
    key = f"{facts.id}-c{len(refunds_of(facts.id))}"
    for waiting in waiting_of(facts.id):
        close_return(waiting.id, actor="customer")
    decide(facts, plan_refund(facts, lines, wish), key=key, reason=WHY, actor="customer", origin="customer")
    return True
