"""From tests to real money: the moment is noted, and what tests took is given back by a press.

A live key cannot read what was made with a test key, so nothing of a test is asked of Stripe any more then: pages that
waited are closed, and a refund of a test payment is written down without one.
"""

from __future__ import annotations

from msgspec.structs import replace

from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict
from shop.core.mode import go_live, is_live
from shop.discounts.operations.uses import return_uses
from shop.journeys.refund_order import decide
from shop.journeys.refund_plan import Wish, everything_left, plan_refund
from shop.journeys.settle_payment import give_up
from shop.orders.operations import record
from shop.orders.queries import lines_of, locked
from shop.orders.queries.counted import trials_waiting
from shop.orders.rules import OrderFacts
from shop.payments.queries import payment_of, refunds_of
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.stock.operations import lock_levels

WHY = "A test, taken out"


@again
def note_live(*, live: bool) -> None:
    """The worker's look: where a live key is set for the first time, tests count nowhere from now on."""
    known = is_live() or not live
    end_read()
    if not known:
        with transaction():
            go_live()


def close_test_pages() -> int:
    """Orders of tests that still wait for a payment, once the key is a live one; how many."""
    waiting = trials_waiting()
    end_read()
    for order_id in waiting:
        _close(order_id)
    return len(waiting)


@again
def _close(order_id: str) -> None:
    with transaction():
        give_up(locked(order_id), reason="test_over")


@again
def take_test_out(*, order_id: str, actor: str) -> bool:
    """Give back what a test order took: tees (sent ones too), pledges, uses of codes, its gift; False when it was.

    Raises Conflict for an order of real money.
    """
    with transaction():
        facts = locked(order_id)
        if facts.live:
            raise Conflict("This order is of real money. Give it back from its own page.")
        done = give_up(facts, reason="test_over") or _given_back(facts, actor=actor)
        if done:
            record(order_id, "test_over", "A test: what it took was given back.", actor=actor)
            told = differences({"test": "counted among what is taken"}, {"test": "taken out"})
            audit(actor=actor, action="order.test_taken_out", subject=facts.number, details=told)
    return done


def _given_back(facts: OrderFacts, *, actor: str) -> bool:
    if payment_of(facts.id) is None or facts.paid_at is None:
        return False
    lines = lines_of(facts.id)
    left = everything_left(facts, lines)
    if left == Wish():
        return False
    lock_levels(line.variant_id for line in lines)
    return_uses(facts.id)
    wish = replace(left, stock=dict.fromkeys(left.units, "restocked"))
    key = f"{facts.id}-t{len(refunds_of(facts.id))}"
    decide(facts, plan_refund(facts, lines, wish), key=key, reason=WHY, actor=actor, origin="staff")
    return True
