"""What became of a payment page: the one journey that the webhook, the return page and the sweep all take.

It asks Stripe how the session stands now, whatever it was told, and brings our rows to that. The first to come does
the work; whoever comes second finds nothing left to do (https://docs.stripe.com/checkout/fulfillment).
"""

from __future__ import annotations

from shop.books.operations import settle
from shop.core.again import again
from shop.core.database import end_read, session, transaction
from shop.core.errors import NotFound, ShopError
from shop.core.formats import money_text
from shop.core.outbox import promise
from shop.discounts.operations.uses import DiscountGone, note_buyer, return_uses, spend_again
from shop.giving.operations import PledgeChanged, promise_pledges, return_pledges
from shop.journeys.keep_preorders import tell_if_moved
from shop.journeys.keep_restock import retake_claims, return_claims
from shop.journeys.return_payment import TOO_LATE, return_payment
from shop.journeys.sale_facts import first_facts, sale_facts
from shop.journeys.services import Services
from shop.journeys.settle_difference import SIZE_GONE, leave_as_it_was, take_difference
from shop.journeys.settle_tax import settle_tax
from shop.journeys.true_receipts import true_receipt
from shop.orders.differences import difference_of
from shop.orders.operations import accept, become, note_customer, record
from shop.orders.queries import lines_of, locked
from shop.orders.rules import OrderFacts, pledges_of
from shop.payments.operations import note_fee, note_session_state, record_payment
from shop.payments.reports import Captured, SessionReport
from shop.stock.operations import OutOfStock, lock_levels
from shop.stock.operations.reservations import commit, commit_again, release


class AmountMismatch(ShopError):
    """Stripe captured another amount than the order's total: nothing is sold until a person has looked."""


class WrongMode(ShopError):
    """Stripe says that a page is of another mode than its order: real money and tests are never mixed."""


def settle_payment(session_id: str, services: Services) -> str | None:
    """Ask how a session stands and act on it; the id of its order, or None when it is none of ours."""
    end_read()
    return settle_report(services.gateway.read_session(session_id))


@again
def settle_report(report: SessionReport, *, reason: str = "expired") -> str | None:
    """Act on what the processor just said; `reason` is why a page ended that we closed ourselves.

    Opens one transaction; safe to run again and at once.
    """
    if report.order_id is None:
        return None
    with transaction():
        try:
            facts = locked(report.order_id)
        except NotFound:
            return None
        if report.live != facts.live:
            raise WrongMode(f"Order {facts.number} was placed in Stripe's {'live' if facts.live else 'test'} mode.")
        note_session_state(report.id, report.state)
        if report.settled and report.captured:
            _paid(facts, report, report.captured)
        elif report.state == "expired":
            give_up(facts, reason=reason)
        elif report.failed:
            _never_arrived(facts, report)
        elif report.state == "complete":
            _waiting_for_money(facts, report)
    return report.order_id


def give_up(facts: OrderFacts, *, reason: str) -> bool:
    """Cancel an unpaid order and give everything back that it held, in the open transaction."""
    if facts.state != "awaiting_payment" or not become(facts.id, "cancelled", reason=reason):
        return False
    if facts.kind == "difference":
        locked(difference_of(facts.id).sale_id)  # which `leave_as_it_was` writes to
    release(facts.id)
    return_claims(facts.id)
    return_uses(facts.id)
    return_pledges(pledges_of(lines_of(facts.id)))
    why, freed = _WHY_CANCELLED.get(reason, "It was cancelled."), "" if facts.kind == "gift" else _FREED
    record(facts.id, "cancelled", f"{why}{freed}", actor="system")
    if facts.kind == "difference":
        leave_as_it_was(facts, reason=reason)
    return True


def _paid(facts: OrderFacts, report: SessionReport, captured: Captured) -> None:
    facts = settle_tax(facts, report)
    if captured.amount != facts.sums.total:
        raise AmountMismatch(f"{captured.amount} was captured for an order of {facts.sums.total}.")
    first, true = record_payment(facts.id, captured), None
    if not first:
        note_fee(facts.id, captured)
    elif _accepted(facts, report):
        record(facts.id, "paid", f"Paid: {money_text(captured.amount)}.", actor="stripe")
        for name in note_buyer(facts.id, report.email):
            record(facts.id, "discount", f"This buyer used “{name}” more often than each may.", actor="system")
        promise("letter", key=f"confirmation:{facts.id}", payload={"kind": _THANKS[facts.kind], "order": facts.id})
        true = first_facts(facts, captured)
    else:
        note_customer(facts.id, email=report.email, ship_to=report.ship_to)
        return_payment(facts, captured, SIZE_GONE if facts.kind == "difference" else TOO_LATE)
    settle(facts.id, true or sale_facts(facts.id), memo=f"Order {facts.number}", actor="stripe")
    if first and facts.sums.gift:
        true_receipt(facts.id, reason="The gift was paid.", actor="system")


def _accepted(facts: OrderFacts, report: SessionReport) -> bool:
    """Sell what was held; or, when the hold is gone, whatever of it can still be had, all or none."""
    if facts.kind == "difference":
        if taken := take_difference(facts):
            note_customer(facts.id, email=report.email, ship_to=report.ship_to)
        return taken
    if facts.state == "awaiting_payment":
        if to_come := commit(facts.id):
            tell_if_moved(facts.id, to_come)
    elif not _taken_again(facts):
        return False
    return accept(facts.id, email=report.email, ship_to=report.ship_to)


def _taken_again(facts: OrderFacts) -> bool:
    lines = lines_of(facts.id)
    try:
        with session().begin_nested():
            lock_levels(line.variant_id for line in lines)  # before the claims free some of them
            retake_claims(facts.id)
            commit_again(facts.id, {line.variant_id: line.ships_by for line in lines if line.ships_by})
            spend_again(facts.id)
            promise_pledges(pledges_of(lines))
    except (OutOfStock, PledgeChanged, DiscountGone):
        return False
    if facts.kind != "gift":
        still_there = "The payment came after the hold had ended; the tees were still there."
        record(facts.id, "late", still_there, actor="system")
    return True


def _never_arrived(facts: OrderFacts, report: SessionReport) -> None:
    """A slow method came to nothing. Whom to tell may be known only now, when the news of its start was lost."""
    email = facts.email or report.email
    if give_up(facts, reason="payment_failed") and email and facts.kind != "difference":
        note_customer(facts.id, email=email, ship_to=facts.ship_to or report.ship_to)
        promise("letter", key=f"payment_failed:{facts.id}", payload={"kind": "payment_failed", "order": facts.id})


def _waiting_for_money(facts: OrderFacts, report: SessionReport) -> None:
    """A slow method (a bank debit, say): the stock stays held until Stripe says how it ended."""
    if facts.state != "awaiting_payment" or facts.email is not None or report.email is None:
        return
    note_customer(facts.id, email=report.email, ship_to=report.ship_to)
    kept = "" if facts.kind == "gift" else " The tees stay held."
    record(facts.id, "processing", f"The bank is still moving the money.{kept}", actor="stripe")
    promise("letter", key=f"processing:{facts.id}", payload={"kind": "payment_processing", "order": facts.id})


_THANKS = {"sale": "order_confirmation", "gift": "gift_thanks", "difference": "difference_paid"}
_FREED = " The tees are free again."
_WHY_CANCELLED = {
    "expired": "The payment page ended without a payment.",
    "payment_failed": "The payment did not arrive.",
    "replaced": "What was chosen changed, so this gave way to a new one.",
    "processor_down": "The payment page could not be opened. Nothing was charged.",
    "test_over": "It was a test, and the store takes real money now.",
    "customer": "The customer cancelled before paying.",
    "declined": "The buyer keeps the size that was ordered.",
    "withdrawn": "The buyer is not asked for it any more.",
}
