"""Money back: decided and counted once, made at Stripe under our own id, told to the books and to the customer.

    transaction (count, promise)  ->  Stripe, our refund's id as idempotency key  ->  transaction (keep the outcome)

Deciding raises what is owed to the customer at once; the money leaving pays it. So a refund that Stripe cannot make
stays a debt in the books until it is tried again or paid in another way.
"""

from __future__ import annotations

from shop.books.operations import settle
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid
from shop.core.formats import money_text
from shop.core.outbox import promise
from shop.giving.operations import return_pledges
from shop.journeys.await_stock import serve_waiting
from shop.journeys.refund_difference import differences_back
from shop.journeys.refund_plan import RefundPlan, Wish, everything_left, plan_refund
from shop.journeys.sale_facts import sale_facts
from shop.journeys.services import Services
from shop.journeys.true_receipts import true_receipt
from shop.orders.differences import differences_of
from shop.orders.operations import become, give_back, give_back_units, record
from shop.orders.packing import finish
from shop.orders.queries import lines_of, locked, order
from shop.orders.rules import Line, OrderFacts
from shop.payments.gateway import ProcessorRefused, RefundRequest
from shop.payments.operations import NewRefund, note_refund, promise_refund
from shop.payments.queries import RefundFacts, payment_of, refund, refunds_of
from shop.payments.reports import RefundReport
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun
from shop.stock.operations import lock_levels, take_back
from shop.stock.sending import uncommit_some

LATER = frozenset(
    {"balance_insufficient", "insufficient_funds", "lock_timeout"}
)  # Stripe's codes that pass by themselves


class PlanChanged(Conflict):
    """What was shown is no longer what would happen; the consequences must be shown again."""

    def __init__(self) -> None:
        super().__init__("Something changed since these sums were shown. Look at them again.")


def preview_refund(order_id: str, wish: Wish) -> RefundPlan:
    """What a wish would come to now. Raises Invalid beside its field, Conflict when nothing was paid."""
    facts = order(order_id)
    _paid(facts)
    return plan_refund(facts, lines_of(order_id), wish)


@again
def give_part_back(
    *, order_id: str, wish: Wish, key: str, reason: str, actor: str, origin: str = "staff", seen: str | None = None
) -> bool:
    """Give back what was chosen; False when the refund of this `key` was decided before.

    `seen` is the mark of the plan that was shown: another one raises PlanChanged. Raises Invalid beside its field,
    MoreThanIsLeft, and Conflict when nothing was paid.
    """
    if not reason.strip():
        raise Invalid("Say why in a few words; the customer may ask.", field="reason")
    with transaction():
        facts = locked(order_id)
        _paid(facts)
        if (known := refund(key)) is not None:
            if known.order_id != order_id:
                raise Conflict("This page belongs to another order. Open the refund again.")
            return False
        plan = plan_refund(facts, lines_of(order_id), wish)
        if seen is not None and seen != plan.mark:
            raise PlanChanged
        decide(facts, plan, key=key, reason=reason.strip(), actor=actor, origin=origin)
    return True


@again
def refund_order(*, order_id: str, reason: str, actor: str, gift: bool = True, origin: str = "staff") -> bool:
    """Give back all that is left of a paid order, its gift with it unless told otherwise; tees that were not sent are
    free again.

    False when nothing is left. Raises Conflict when nothing was paid.
    """
    with transaction():
        facts, lines = locked(order_id), lines_of(order_id)
        _paid(facts)
        wish = everything_left(facts, lines, gift=gift)
        if wish == Wish():
            return False
        before = len(refunds_of(order_id))  # counted under the lock: what is left is another refund each time
        key = f"{order_id}-r{before}" if before else f"{order_id}-whole"
        decide(facts, plan_refund(facts, lines, wish), key=key, reason=reason, actor=actor, origin=origin)
    return True


def decide(facts: OrderFacts, plan: RefundPlan, *, key: str, reason: str, actor: str, origin: str) -> None:
    """Count a refund and promise it, in the open transaction."""
    for one in differences_of(facts.id):
        if one.stands and one.order_id:
            locked(one.order_id)  # before anything that others want behind it
    new = count_refund(facts, plan, key=key, reason=reason, actor=actor, origin=origin)
    promise_refund(new)
    promise("refund", key=key, payload={"refund": key})
    tell_of_refund(facts, new, plan, actor=actor)
    for paid, wish in differences_back(facts.id, plan.lines, lines_of(facts.id)):
        theirs = locked(paid.order_id or "")
        its_key = f"{theirs.id}-{len(refunds_of(theirs.id))}"
        decide(theirs, plan_refund(theirs, [], wish), key=its_key, reason=reason, actor=actor, origin=origin)


def count_refund(facts: OrderFacts, plan: RefundPlan, *, key: str, reason: str, actor: str, origin: str) -> NewRefund:
    """Everything that a refund changes but the refund itself: what is left of the order, its stock, its pledges."""
    payment = payment_of(facts.id)
    assert payment is not None  # noqa: S101  # whoever plans a refund has looked
    units = {back.order_line_id: back.quantity for back in plan.lines}
    give_back(facts.id, plan.parts.minor_parts())
    give_back_units(units)
    _move_stock(facts, plan, lines_of(facts.id), actor=actor)
    if plan.empties:
        become(facts.id, "cancelled", reason="refunded")
    else:
        finish(facts.id)
    return_pledges(plan.pledges)
    return NewRefund(
        id=key,
        order_id=facts.id,
        payment_id=payment.id,
        amount=plan.total,
        parts=plan.parts.minor_parts(),
        reason=reason,
        origin=origin,
        lines=plan.lines,
    )


def tell_of_refund(facts: OrderFacts, new: NewRefund, plan: RefundPlan, *, actor: str) -> None:
    """Books, timeline, audit and letter of a refund that stands in its table, in the open transaction."""
    settle(facts.id, sale_facts(facts.id), memo=f"Refund of order {facts.number} decided", actor=actor)
    true_receipt(facts.id, reason=f"{money_text(new.amount)} goes back.", actor=actor)
    promise("letter", key=f"refunded:{new.id}", payload={"kind": "order_refunded", "order": facts.id, "refund": new.id})
    record(facts.id, "refund_promised", f"{money_text(new.amount)} is being given back: {new.reason}", actor=actor)
    parts: Json = {part: minor for part, minor in new.parts.items() if minor}
    units = {str(back.order_line_id): f"{back.quantity} {back.stock}" for back in plan.lines}
    whole: Json = {"amount": new.amount, "parts": parts, "units": units, "reason": new.reason, "origin": new.origin}
    audit(actor=actor, action="order.refunded", subject=facts.number, details=begun({"refund": new.id, **whole}))


def make_refund(payload: Json, services: Services) -> None:
    """Keep the promise of a refund: ask Stripe under our refund's id, then write down what came of it."""
    promised = refund(str(payload["refund"]))
    if promised is None or promised.state != "promised":
        end_read()
        return
    a_test = services.live and not order(promised.order_id).live  # its key is gone, and no money ever moved
    end_read()
    request = RefundRequest(
        id=promised.id,
        order_id=promised.order_id,
        intent_id=promised.intent_id,
        amount=promised.amount,
        attempt=promised.attempts,
    )
    try:
        report = RefundReport("", "made") if a_test else services.gateway.refund(request)
    except ProcessorRefused as refused:
        if refused.code in LATER:
            raise
        report = RefundReport("", "failed", f"{refused.code}: {refused.message}")
    _came_of(promised, report)


@again
def _came_of(promised: RefundFacts, report: RefundReport) -> None:
    with transaction():
        locked(promised.order_id)  # first, so that what is settled below is nobody's stale news
        note_outcome(promised, report)


def note_outcome(known: RefundFacts, report: RefundReport) -> bool:
    """Write down what Stripe says of a refund of ours, in the open transaction; False when it was known."""
    if not note_refund(known.id, state=report.state, stripe_id=report.stripe_id or None, failure=report.failure):
        return False
    number = order(known.order_id).number
    settle(known.order_id, sale_facts(known.order_id), memo=f"Refund of order {number}", actor="stripe")
    record(known.order_id, f"refund_{report.state}", _SENTENCES[report.state], actor="stripe")
    return True


def _paid(facts: OrderFacts) -> None:
    if facts.paid_at is None or payment_of(facts.id) is None:
        raise Conflict("Nothing was paid for this order, so there is nothing to give back.")


def _move_stock(facts: OrderFacts, plan: RefundPlan, lines: list[Line], *, actor: str) -> None:
    variant_of = {line.id: line.variant_id for line in lines}
    moved = {variant_of[back.order_line_id] for back in plan.lines if back.stock != "kept"}
    lock_levels(moved)
    freed: dict[int, int] = {}
    for back in plan.lines:
        variant_id = variant_of[back.order_line_id]
        if back.stock == "freed":
            freed[variant_id] = freed.get(variant_id, 0) + back.quantity
        elif back.stock != "kept":
            damaged = back.stock == "damaged"
            take_back(variant_id=variant_id, quantity=back.quantity, damaged=damaged, order_id=facts.id, actor=actor)
    uncommit_some(facts.id, freed)
    serve_waiting(moved, actor=actor)


_SENTENCES = {
    "made": "The money is on its way back.",
    "pending": "Stripe has taken the refund and waits for the bank.",
    "failed": "Stripe could not give the money back. A person must look at this.",
}
