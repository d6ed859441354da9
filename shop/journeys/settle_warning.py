"""A fraud warning is settled: everything goes back before the bank takes it, or the payment stays."""

from __future__ import annotations

from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict
from shop.journeys.refund_order import refund_order
from shop.orders.queries import lines_of, order
from shop.payments.operations.disputes import settle_warnings
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences


def settle_warning(*, order_id: str, give_back: bool, actor: str) -> None:
    """Settle the warnings about an order. Raises Conflict for an order that was sent already: that is a decision to be
    made with its sums in view.
    """
    if give_back:
        if order(order_id).state == "fulfilled" or any(line.packed_quantity for line in lines_of(order_id)):
            raise Conflict("This order is packed or was sent. Open it and decide there what goes back.")
        refund_order(order_id=order_id, reason="The card's issuer suspects fraud", actor=actor, origin="warning")
    _settle(order_id, give_back=give_back, actor=actor)


@again
def _settle(order_id: str, *, give_back: bool, actor: str) -> None:
    with transaction():
        settle_warnings(order_id, actor=actor)
        subject = order(order_id).number
        details = differences({"warning": "open"}, {"warning": "money given back" if give_back else "kept"})
        audit(actor=actor, action="fraud_warning.settled", subject=subject, details=details)
