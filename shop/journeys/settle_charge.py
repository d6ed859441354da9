"""What became of a payment after it was made: refunds and disputes, whoever made them and wherever.

Like `settle_payment`, it asks Stripe how the charge stands now, whatever it was told, and brings our rows to that. Told
twice, late or in any order, it ends the same.
"""

from __future__ import annotations

from datetime import datetime

from shop.books.operations import settle
from shop.books.rules import BANKS
from shop.core import codes
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.formats import date_text, money_text
from shop.core.money import Money
from shop.core.outbox import promise
from shop.journeys.refund_order import count_refund, note_outcome, tell_of_refund
from shop.journeys.refund_plan import Wish, amount_only, everything_left, plan_refund
from shop.journeys.sale_facts import sale_facts
from shop.journeys.services import Services
from shop.journeys.settle_monthly import settle_invoice
from shop.journeys.settle_payment import settle_payment
from shop.journeys.true_receipts import true_receipt
from shop.orders.operations import record
from shop.orders.queries import lines_of, locked
from shop.orders.rules import OrderFacts
from shop.parcels import operations as parcels
from shop.parcels.queries import holds_on
from shop.payments.operations import ask_again, note_refund, record_refund
from shop.payments.operations.disputes import note_dispute, note_warning
from shop.payments.queries import payment_of, refund, refunds_of, session_of
from shop.payments.queries.account import order_of_charge
from shop.payments.reports import ChargeReport, DisputeSeen, RefundSeen
from shop.receipts.queries import issued_for


def settle_charge(charge_id: str, services: Services) -> str | None:
    """Ask how a charge stands and act on it; the id of its order, or None when it is none of ours."""
    end_read()
    report = services.gateway.read_charge(charge_id)
    order_id = report.order_id or _month_of(report, services)
    if order_id is None or not _is_settled(order_id, services):
        return None
    for seen in report.refunds:
        _bring_refund(order_id, seen)
    _bring_disputes(order_id, report)
    return order_id


@again
def _bring_refund(order_id: str, seen: RefundSeen) -> None:
    """Each refund is a write unit of its own: a second one would ask for stock after the books (decision 55)."""
    with transaction():
        facts = locked(order_id)
        known = refund(seen.ours) if seen.ours else None
        if known is not None and (known.order_id != order_id or known.attempts != seen.attempt):
            return
        known = known or next((one for one in refunds_of(order_id) if one.stripe_id == seen.stripe_id), None)
        if known is not None:
            note_outcome(known, seen.report)
        elif seen.report.state != "failed":
            _from_outside(facts, seen)


@again
def _bring_disputes(order_id: str, report: ChargeReport) -> None:
    with transaction():
        facts = locked(order_id)
        for dispute in report.disputes:
            _bring_dispute(facts, report, dispute)
        settle(order_id, sale_facts(order_id), memo=f"Order {facts.number}{BANKS}", actor="stripe")
        if any(dispute.status == "lost" for dispute in report.disputes):
            _lost(facts, report)


def take_warning(*, warning_id: str, charge_id: str, kind: str, warned_at: datetime, services: Services) -> None:
    """A card's issuer suspects fraud: staff are asked to decide, and nothing moves by itself."""
    order_id = order_of_charge(charge_id)
    end_read()
    if order_id is None and (order_id := settle_charge(charge_id, services)) is None:
        return
    _note_warning(order_id, warning_id=warning_id, kind=kind, warned_at=warned_at)


@again
def _note_warning(order_id: str, *, warning_id: str, kind: str, warned_at: datetime) -> None:
    with transaction():
        if note_warning(warning_id=warning_id, order_id=order_id, kind=kind, warned_at=warned_at):
            record(order_id, "fraud_warning", "The card's issuer suspects fraud.", actor="stripe")


def _month_of(report: ChargeReport, services: Services) -> str | None:
    """The order of a monthly gift's charge, which carries no word of ours; its own news may have been lost."""
    known = order_of_charge(report.id)
    end_read()
    if known is None and report.intent_id is not None:
        invoice_id = services.gateway.invoice_of_intent(report.intent_id)
        if invoice_id is not None and settle_invoice(invoice_id, services) is not None:
            known = order_of_charge(report.id)
            end_read()
    return known


def _is_settled(order_id: str, services: Services) -> bool:
    """Whether we know the payment; its own news may have been lost or still be on their way."""
    if (payment := payment_of(order_id)) is None or payment.charge_id is None:
        page = session_of(order_id)
        end_read()
        if page is not None:
            settle_payment(page.id, services)
        payment = payment_of(order_id)
    end_read()
    return payment is not None


def _from_outside(facts: OrderFacts, seen: RefundSeen) -> None:
    """Somebody gave money back in Stripe's dashboard. It first pays what we owe already, then takes from the rest."""
    left = (facts.sums - facts.returned).total
    _pay_what_is_owed(facts, seen, seen.amount.minor - left.minor, alone=not left)
    if not left:
        return
    amount = Money(min(seen.amount.minor, left.minor), left.currency)
    lines = lines_of(facts.id)
    wish: Wish = everything_left(facts, lines) if amount == left else amount_only(facts, amount)
    plan = plan_refund(facts, lines, wish)
    said = "Given back in Stripe's dashboard"
    new = count_refund(facts, plan, key=codes.new_id(), reason=said, actor="stripe", origin="dashboard")
    record_refund(new, state=seen.report.state, stripe_id=seen.stripe_id)
    tell_of_refund(facts, new, plan, actor="stripe")


def _pay_what_is_owed(facts: OrderFacts, seen: RefundSeen, excess: int, *, alone: bool) -> None:
    """Refunds that were decided and not made are paid by this one, as far as it reaches beyond what is left.

    Where nothing is left (`alone`) the first of them carries its id, so that it is known when it is told again.
    """
    for owed in refunds_of(facts.id):
        if owed.state in ("promised", "failed") and owed.amount.minor <= excess:
            excess -= owed.amount.minor
            if owed.state == "failed":
                ask_again(owed.id)
            note_refund(owed.id, state="made", stripe_id=seen.stripe_id if alone else None)
            alone = False
            record(facts.id, "refund_made", "It was given back in Stripe's dashboard.", actor="stripe")


def _lost(facts: OrderFacts, report: ChargeReport) -> None:
    """The receipt says what is kept, and the buyer hears of it: once, from whoever is first to hear it is lost."""
    before = issued_for(facts.id)
    changed = true_receipt(facts.id, reason="The bank decided for the customer.", actor="stripe")
    after = issued_for(facts.id)
    taken = sum(dispute.withdrawn for dispute in report.disputes if dispute.status == "lost")
    payload: Json = {"kind": "dispute_lost", "order": facts.id, "amount": taken}
    if changed and before:
        payload |= {"void": before.name, "made": after.name if after else ""}
    promise("letter", key=f"dispute_lost:{facts.id}", payload=payload)


def _bring_dispute(facts: OrderFacts, report: ChargeReport, seen: DisputeSeen) -> None:
    change = note_dispute(facts.id, report.id, seen)
    amount = money_text(seen.amount)
    if change == "opened":
        until = f" Answer by {date_text(seen.due_by.date())}." if seen.due_by else ""
        why = seen.reason.replace("_", " ")
        record(facts.id, "disputed", f"The customer's bank contests {amount}: {why}.{until}", actor="stripe")
        _keep_parcel(facts)
        _promise_alert(facts, seen, "opened")
    if change and seen.status in _ENDS:
        if seen.status != "lost":
            _let_parcel_go(facts)
        record(facts.id, f"dispute_{seen.status}", _ENDS[seen.status].format(amount=amount), actor="stripe")
        _promise_alert(facts, seen, seen.status)


def _promise_alert(facts: OrderFacts, seen: DisputeSeen, told: str) -> None:
    payload: Json = {"order": facts.id, "dispute": seen.id, "told": told}
    promise("dispute_alert", key=f"{seen.id}:{told}", payload=payload)


def _keep_parcel(facts: OrderFacts) -> None:
    """Tees do not leave while their money may; staff can release them all the same."""
    waits = facts.kind == "sale" and facts.state == "paid"
    if waits and parcels.hold(facts.id, kind="payment", reason=CONTESTED, actor="stripe"):
        record(facts.id, "held", f"On hold (the payment): {CONTESTED}", actor="stripe")


def _let_parcel_go(facts: OrderFacts) -> None:
    """Only the hold that was placed here; staff may have put another in its place."""
    standing = holds_on([facts.id]).get(facts.id)
    if standing is not None and standing.reason == CONTESTED:
        parcels.release(facts.id, actor="stripe")
        record(facts.id, "released", "Released.", actor="stripe")


CONTESTED = "The customer's bank contests the payment"
_ENDS = {
    "won": "The bank decided for us: {amount} is ours again.",
    "lost": "The bank decided for the customer: {amount} is lost.",
    "warning_closed": "The bank's inquiry ended without a dispute.",
    "prevented": "The dispute was prevented.",
}
