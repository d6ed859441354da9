"""Money back: promised with its cause, made at Stripe under our own id, and told to the books."""

from __future__ import annotations

from shop.books.operations import settle
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict
from shop.core.formats import money_text
from shop.core.outbox import promise
from shop.giving.operations import return_pledges
from shop.journeys.sale_facts import sale_facts
from shop.journeys.services import Services
from shop.orders.operations import become, record
from shop.orders.queries import lines_of, locked
from shop.orders.rules import pledges_of
from shop.payments.gateway import RefundRequest
from shop.payments.operations import note_refund, promise_refund
from shop.payments.queries import payment_of, refund, refunds_of
from shop.stock.operations import uncommit


def refund_order(*, order_id: str, reason: str, actor: str) -> bool:
    """Give back all of a paid order, its gift included; tees that were not sent are free again.

    False when it is being given back already. Raises Conflict when nothing was paid.
    """
    with transaction():
        facts, payment = locked(order_id), payment_of(order_id)
        if payment is None or facts.paid_at is None:
            raise Conflict("Nothing was paid for this order, so there is nothing to give back.")
        if refunds_of(order_id):
            return False
        refund_id = f"{order_id}-whole"
        promise_refund(
            refund_id=refund_id,
            order_id=order_id,
            payment_id=payment.id,
            amount=payment.amount,
            parts=facts.sums.minor_parts(),
            reason=reason,
        )
        if become(order_id, "cancelled", reason="refunded"):
            uncommit(order_id)
        return_pledges(pledges_of(lines_of(order_id)))
        promise("refund", key=refund_id, payload={"refund": refund_id})
        promise("letter", key=f"refunded:{order_id}", payload={"kind": "order_refunded", "order": order_id})
        record(order_id, "refund_promised", f"{money_text(payment.amount)} is being given back: {reason}", actor=actor)
    return True


def make_refund(payload: Json, services: Services) -> None:
    """Keep the promise of a refund: ask Stripe under our refund's id, then write down what came of it."""
    promised = refund(str(payload["refund"]))
    end_read()
    if promised is None or promised.state != "promised":
        return
    report = services.gateway.refund(
        RefundRequest(id=promised.id, order_id=promised.order_id, intent_id=promised.intent_id, amount=promised.amount)
    )
    state = "failed" if report.state == "failed" else "made"
    with transaction():
        number = locked(promised.order_id).number  # first, so that what is settled below is nobody's stale news
        if note_refund(promised.id, state=state, stripe_id=report.stripe_id):
            settle(promised.order_id, sale_facts(promised.order_id), memo=f"Refund of order {number}", actor="stripe")
            record(promised.order_id, f"refund_{state}", _SENTENCES[state], actor="stripe")


_SENTENCES = {
    "made": "The money is on its way back.",
    "failed": "Stripe could not give the money back. A person must look at this.",
}
