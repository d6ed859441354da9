"""Money that came for what could not be done: all of it goes back, and whoever paid is told."""

from __future__ import annotations

from msgspec import Struct

from shop.core.outbox import promise
from shop.orders.operations import give_back, record
from shop.orders.rules import OrderFacts
from shop.payments.operations import NewRefund, promise_refund
from shop.payments.queries import payment_of
from shop.payments.reports import Captured


class Why(Struct, frozen=True):
    """`kind` names it in the timeline, `reason` on the refund, `letter` the kind of mail; `sentence` says all of it."""

    kind: str
    reason: str
    sentence: str
    letter: str


TOO_LATE = Why(
    "too_late",
    "Paid after the tees were gone",
    "The payment came after the hold had ended and the tees were gone. All of it is given back.",
    "payment_returned",
)
NO_FUND = Why(
    "no_fund",
    "The fund takes no gifts any more",
    "The fund that this gift is for takes no gifts any more. All of it is given back.",
    "month_returned",
)


def return_payment(facts: OrderFacts, captured: Captured, why: Why) -> None:
    """Promise the refund and the letter, in the open transaction; the payment is recorded and the order cancelled."""
    payment = payment_of(facts.id)
    assert payment is not None  # noqa: S101  # recorded a moment ago, in this transaction
    refund_id, parts = f"{facts.id}-late", facts.sums.minor_parts()
    give_back(facts.id, parts)
    promise_refund(
        NewRefund(
            id=refund_id,
            order_id=facts.id,
            payment_id=payment.id,
            amount=captured.amount,
            parts=parts,
            reason=why.reason,
            origin="system",
        )
    )
    promise("refund", key=refund_id, payload={"refund": refund_id})
    promise("letter", key=f"{why.kind}:{facts.id}", payload={"kind": why.letter, "order": facts.id})
    record(facts.id, why.kind, why.sentence, actor="system")
