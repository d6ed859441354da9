"""What is true of an order's money now, for the books."""

from __future__ import annotations

from shop.books.rules import Parts, SaleFacts
from shop.giving.queries import fund_of_gift
from shop.giving.rules import amounts_by_partner
from shop.orders.queries import lines_of, order
from shop.orders.rules import Sums
from shop.payments.queries import RefundFacts, payment_of, refunds_of


def sale_facts(order_id: str) -> SaleFacts:
    """Read from orders, payments and giving, in the open transaction.

    An order counts as accepted once it was paid for in time or honoured later; pledges of a sale that was given back
    whole are given back with it.
    """
    facts, payment = order(order_id), payment_of(order_id)
    if payment is None:
        return SaleFacts(currency=facts.currency, captured=0, accepted=False, sold=Parts())
    accepted = facts.paid_at is not None
    made = [refund for refund in refunds_of(order_id) if refund.state == "made"]
    returned = _returned(made) if accepted else Parts()
    fund = fund_of_gift(order_id)
    pledges = amounts_by_partner([(line.partner_slug, line.pledge) for line in lines_of(order_id)])
    kept = accepted and returned.goods < facts.sums.goods.minor
    return SaleFacts(
        currency=facts.currency,
        captured=payment.amount.minor,
        accepted=accepted,
        sold=_parts(facts.sums),
        fee=payment.fee.minor if payment.fee else None,
        refunded=sum(refund.amount.minor for refund in made),
        returned=returned,
        fund=fund.slug if fund else "",
        pledges={slug: amount.minor for slug, amount in pledges.items()} if kept else {},
    )


def _parts(sums: Sums) -> Parts:
    return Parts(
        goods=sums.goods.minor,
        discount=sums.discount.minor,
        delivery=sums.delivery.minor,
        tax=sums.tax.minor,
        gift=sums.gift.minor,
    )


def _returned(refunds: list[RefundFacts]) -> Parts:
    return Parts(
        goods=sum(refund.goods for refund in refunds),
        discount=sum(refund.discount for refund in refunds),
        delivery=sum(refund.delivery for refund in refunds),
        tax=sum(refund.tax for refund in refunds),
        gift=sum(refund.gift for refund in refunds),
    )
