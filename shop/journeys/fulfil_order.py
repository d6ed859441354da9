"""The parcel leaves: committed tees go off the shelf, and the customer is told."""

from __future__ import annotations

from shop.core.database import transaction
from shop.core.errors import Conflict
from shop.core.outbox import promise
from shop.orders.operations import become, record
from shop.orders.queries import locked
from shop.staff.operations import record as audit
from shop.stock.operations import ship


def fulfil_order(*, order_id: str, actor: str, carrier: str = "", tracking: str = "") -> bool:
    """Mark a paid order as packed and sent; False when it was already. Raises Conflict for any other state."""
    with transaction():
        facts = locked(order_id)
        if facts.state == "fulfilled":
            return False
        if facts.kind == "gift" or not become(order_id, "fulfilled"):
            raise Conflict("Only a paid order can be sent.")
        ship(order_id, actor=actor)
        with_carrier = f" with {carrier}" if carrier else ""
        number = f", tracking number {tracking}" if tracking else ""
        record(order_id, "sent", f"Packed and sent{with_carrier}{number}.", actor=actor)
        audit(
            actor=actor, action="order.sent", subject=facts.number, details={"carrier": carrier, "tracking": tracking}
        )
        promise(
            "letter",
            key=f"sent:{order_id}",
            payload={"kind": "order_sent", "order": order_id, "carrier": carrier, "tracking": tracking},
        )
    return True
