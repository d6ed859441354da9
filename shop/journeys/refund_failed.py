"""A refund that Stripe could not make stays a debt: it is tried once more, or paid in another way."""

from __future__ import annotations

from shop.books.operations import settle
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.core.outbox import promise
from shop.journeys.sale_facts import sale_facts
from shop.orders.operations import record
from shop.orders.queries import locked, order
from shop.payments.operations import ask_again, note_refund
from shop.payments.queries import refund
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences


@again
def try_refund_again(*, refund_id: str, actor: str) -> bool:
    """Ask Stripe once more for a refund that failed; False when it is not failed (any more)."""
    with transaction():
        known = refund(refund_id)
        if known is None or not ask_again(refund_id):
            return False
        promise("refund", key=f"{refund_id}:{known.attempts + 1}", payload={"refund": refund_id})
        record(known.order_id, "refund_again", "The refund is tried once more.", actor=actor)
        told = differences({"state": known.state}, {"state": "asked again"}) | {"refund": refund_id}
        audit(actor=actor, action="refund.again", subject=order(known.order_id).number, details=told)
    return True


@again
def pay_refund_otherwise(*, refund_id: str, how: str, actor: str) -> bool:
    """A refund that failed was paid from the bank instead; False when it is not failed (any more)."""
    if not how.strip():
        raise Invalid("Say how it was paid, such as the transfer's reference.", field="how")
    with transaction():
        known = refund(refund_id)
        if known is None:
            return False
        facts = locked(known.order_id)  # first, as all who write down what became of a refund
        if not note_refund(refund_id, state="paid_otherwise", stripe_id=None, failure=known.failure):
            return False
        settle(facts.id, sale_facts(facts.id), memo=f"Refund of order {facts.number}, paid otherwise", actor=actor)
        record(facts.id, "refund_paid_otherwise", f"Paid in another way: {how.strip()[:150]}", actor=actor)
        standing = differences({"state": known.state}, {"state": "paid otherwise"})
        details = standing | {"refund": refund_id, "how": how.strip()[:150], "amount": str(known.amount)}
        audit(actor=actor, action="refund.paid_otherwise", subject=facts.number, details=details)
    return True
