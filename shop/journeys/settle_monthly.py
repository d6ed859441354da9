"""What became of a monthly gift: the one journey that webhooks, the return page and the sweep all take.

It asks Stripe how page, subscription and invoices stand now, whatever it was told, and brings our rows to that. A paid
invoice becomes a gift order, with payment, books, receipt and letter, in one transaction with the row that makes it
count once. Told twice, late or in any order, it ends the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from shop.books.operations import settle
from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import NotFound
from shop.core.formats import money_text
from shop.core.languages import language_named, speaking
from shop.core.money import Money
from shop.core.outbox import promise
from shop.giving.operations import may_take, record_gift
from shop.giving.queries import funds_by_id
from shop.giving.rules import Wish, shared
from shop.journeys.return_payment import NO_FUND, return_payment
from shop.journeys.sale_facts import sale_facts
from shop.journeys.services import Services
from shop.journeys.true_receipts import true_receipt
from shop.monthly import operations as monthly
from shop.monthly.queries import locked, monthly_gift, months_of, of_subscription
from shop.monthly.rules import RUNNING, MonthlyFacts, Terms
from shop.orders import operations as orders
from shop.orders.operations import NewOrder, place
from shop.orders.queries import order
from shop.orders.rules import Sums
from shop.payments.monthly import InvoiceSeen, PaidInvoice, Split, SubscriptionReport
from shop.payments.operations import note_fee, record_payment
from shop.payments.queries import without_fee
from shop.payments.reports import Captured


def settle_monthly(gift_id: str, services: Services) -> None:
    """Ask how a monthly gift stands: its subscription, or the page that may have started one."""
    facts = monthly_gift(gift_id)
    end_read()
    subscription_id = facts.subscription_id
    if subscription_id is None and facts.session_id is not None:
        page = services.gateway.read_monthly_page(facts.session_id)
        subscription_id = page.subscription_id
        if page.state == "expired":
            _never_paid(gift_id)
    elif subscription_id is None and facts.pay_by < clock.now():
        _never_paid(gift_id)
    if subscription_id is not None:
        settle_subscription(subscription_id, services)


def settle_invoice(invoice_id: str, services: Services) -> str | None:
    """Ask which subscription a month belongs to, and settle that; None for an invoice of something else."""
    end_read()
    subscription_id = services.gateway.read_invoice(invoice_id).seen.subscription_id
    return settle_subscription(subscription_id, services) if subscription_id else None


def settle_subscription(subscription_id: str, services: Services) -> str | None:
    """Bring our rows to what Stripe says; the id of the monthly gift, or None when it is none of ours."""
    end_read()
    report = services.gateway.read_subscription(subscription_id)
    gift_id = of_subscription(subscription_id) or report.gift_id
    kept = dict(months_of(gift_id)) if gift_id else {}
    unbooked = without_fee(kept.values())
    end_read()
    if gift_id is None:
        return None
    wanted = [
        one.id for one in report.invoices if one.state == "paid" and (one.id not in kept or kept[one.id] in unbooked)
    ]
    paid = [services.gateway.read_invoice(invoice_id) for invoice_id in wanted]
    return gift_id if _settled(gift_id, report, paid, live=services.live) else None


@again
def _settled(gift_id: str, report: SubscriptionReport, paid: Sequence[PaidInvoice], *, live: bool) -> bool:
    with transaction():
        try:
            facts = locked(gift_id)
        except NotFound:
            return False
        _bring(facts, report)
        for invoice in paid:
            _month(locked(gift_id), invoice, live=live)
        for seen in report.invoices:
            _tell_of_trouble(facts, seen)
        _end(locked(gift_id), report)
    return True


def _bring(facts: MonthlyFacts, report: SubscriptionReport) -> None:
    email = next((one.email for one in report.invoices if one.email), None)
    paid = any(one.state == "paid" for one in report.invoices)
    # One that began and ended before any news of it came has run all the same.
    state = "active" if report.state == "ended" and paid and facts.started_at is None else report.state
    known: Json = {"subscription_id": report.id, "customer_id": report.customer_id, "email": email}
    if state in RUNNING and monthly.run(facts.id, state, **known):
        monthly.note(facts.id, *_RUNS[facts.started_at is None, state], actor="stripe")
    terms = _terms(facts.terms, report.total, report.split)
    if monthly.agree(facts.id, terms):
        told = f"Each month brings {money_text(terms.gift)} from now on; the amount was changed at Stripe."
        monthly.note(facts.id, "amount", told, actor="stripe")
    if report.stops_on and not facts.stops_on:
        monthly.note(facts.id, "stopping", "It will stop by itself when this month is over.", actor="stripe")
    monthly.expect(facts.id, next_on=report.next_on, stops_on=report.stops_on)


_RUNS = {
    (True, "active"): ("started", "The monthly gift has begun."),
    (True, "past_due"): ("started", "The monthly gift has begun; its card was refused since."),
    (False, "active"): ("recovered", "The card was accepted again."),
    (False, "past_due"): ("refused", "The card was refused; Stripe asks it again by itself."),
}


def _terms(agreed: Terms, total: Money, split: Split | None) -> Terms:
    if split is None:
        return agreed.of(total)
    return Terms(Money(split.gift, total.currency), Money(split.fee_cover, total.currency))


def _month(facts: MonthlyFacts, invoice: PaidInvoice, *, live: bool) -> None:
    """A paid month becomes an order, once; or its fee has become known since."""
    seen, captured = invoice.seen, invoice.captured
    if captured is None:
        return  # settled outside Stripe: no money of ours moved there
    known = dict(months_of(facts.id)).get(seen.id)
    if known is None:
        _new_month(facts, seen, captured, live=live)
    elif note_fee(known, captured):
        settle(known, sale_facts(known), memo=f"Order {order(known).number}", actor="stripe")


def _new_month(facts: MonthlyFacts, seen: InvoiceSeen, captured: Captured, *, live: bool) -> None:
    terms = _terms(facts.terms, captured.amount, seen.split if captured.amount == seen.total else None)
    with speaking(language_named(facts.language)):
        order_id = place(_order_of(seen, terms, live=live)).id
    monthly.keep_month(invoice_id=seen.id, gift_id=facts.id, order_id=order_id)
    orders.note_customer(order_id, email=seen.email or facts.email, ship_to=None)
    record_payment(order_id, captured)
    if given := _given(facts, order_id, terms):
        orders.become(order_id, "paid")
        orders.record(order_id, "paid", f"Paid: {money_text(captured.amount)}, a month of a gift.", actor="stripe")
        promise("letter", key=f"confirmation:{order_id}", payload={"kind": "gift_thanks", "order": order_id})
    else:
        orders.become(order_id, "cancelled", reason="no_fund")
        return_payment(order(order_id), captured, NO_FUND)
        promise("end_monthly", key=facts.id, payload={"gift": facts.id, "reason": "fund_closed"})
    settle(order_id, sale_facts(order_id), memo=f"Order {order(order_id).number}", actor="stripe")
    if given:
        true_receipt(order_id, reason="The gift was paid.", actor="system")


def _order_of(seen: InvoiceSeen, terms: Terms, *, live: bool) -> NewOrder:
    nothing = Money.zero(terms.gift.currency)
    return NewOrder(
        cart_id=f"month-{seen.id}"[:64],
        fingerprint=seen.id[:64],
        sums=Sums(nothing, nothing, nothing, nothing, terms.gift, terms.fee_cover),
        country="",
        delivery_name="",
        note="",
        pay_by=clock.now(),
        lines=(),
        kind="gift",
        live=live,
    )


def _given(facts: MonthlyFacts, order_id: str, terms: Terms) -> bool:
    """Note for which funds a month is; False where one of them takes no gifts any more."""
    funds = funds_by_id(fund_id for fund_id, _weight in facts.shares)
    weights = [(funds[fund_id], weight) for fund_id, weight in facts.shares]
    wish = Wish(facts.thank_publicly, facts.tell_partner, facts.campaign_slug)
    lawful = may_take(funds)
    shares = shared(terms.gift, weights)
    record_gift(order_id=order_id, shares=shares, origin=facts.origin, wish=wish, given_back=not lawful)
    return lawful


def _tell_of_trouble(facts: MonthlyFacts, seen: InvoiceSeen) -> None:
    """A card that was refused is told once for each month, while there is still something to be done about it."""
    if seen.state == "open" and seen.attempts and seen.next_try is not None:
        told = {"kind": "monthly_refused", "gift": facts.id, "invoice": seen.id, "next": seen.next_try.isoformat()}
        promise("monthly_letter", key=f"refused:{seen.id}", payload=told)


def _end(facts: MonthlyFacts, report: SubscriptionReport) -> None:
    if report.state != "ended":
        return
    reason = facts.end_reason or report.reason
    if facts.started_at is None:
        monthly.abandon(facts.id)
    elif monthly.end(facts.id, reason=reason):
        monthly.note(facts.id, "ended", _ENDS.get(reason, _ENDS["other"]), actor="stripe")
        told = {"kind": "monthly_ended", "gift": facts.id}
        promise("monthly_letter", key=f"ended:{facts.id}", payload=told)


_ENDS = {
    "asked": "It was stopped.",
    "lapsed": "It lapsed: the card was refused too often.",
    "disputed": "It ended because a payment was contested.",
    "other": "It ended at Stripe.",
}


@again
def _never_paid(gift_id: str) -> None:
    with transaction():
        if monthly.abandon(gift_id):
            monthly.note(gift_id, "abandoned", "The payment page ended without a payment.", actor="system")
