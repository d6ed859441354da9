"""What is true of an order's money now, for the books."""

from __future__ import annotations

from collections.abc import Iterable

from shop.books.rules import Parts, SaleFacts
from shop.core.money import Money
from shop.giving.queries import gifts_of
from shop.giving.rules import gifts_left
from shop.orders.differences import borne_of
from shop.orders.queries import lines_of, order
from shop.orders.rules import Line, OrderFacts, Sums
from shop.payments.queries import RefundFacts, RefundLineFacts, payment_of, refund_lines_of, refunds_of
from shop.payments.queries.disputes import disputes_of
from shop.payments.reports import Captured
from shop.payments.rules import ON_ITS_WAY


def sale_facts(order_id: str) -> SaleFacts:
    """Read from orders, payments and giving, in the open transaction.

    An order counts as accepted once it was paid for in time or honoured later. A refund counts as returned from the
    moment it was decided; the units in it take their share of the pledge back. While a bank holds all that was paid for
    the goods there is no pledge from them; a gift is taken last. What the bank gives back brings both back.
    """
    return facts_of_sale(order(order_id))


def facts_of_sale(facts: OrderFacts) -> SaleFacts:
    """The same of an order that was read already."""
    order_id = facts.id
    payment = payment_of(order_id)
    if payment is None:
        return SaleFacts(currency=facts.currency, captured=0, accepted=False, sold=Parts(), live=facts.live)
    accepted, refunds = facts.paid_at is not None, refunds_of(order_id)
    back = _returned(refunds) if accepted else Parts()
    returned = refund_lines_of(refund.id for refund in refunds) if refunds else {}
    sold = _parts(facts.sums)
    contests = disputes_of(order_id)
    withdrawn = sum(one.withdrawn for one in contests)
    rest = (facts.sums - facts.returned).total - (left := facts.sums.gift - facts.returned.gift)
    contested = min(max(withdrawn - rest.minor, 0), left.minor)
    gone = Money(back.gift + contested, facts.currency)
    gifts = gifts_left(gifts_of(order_id), returned=gone) if accepted else {}
    pledges = _pledges(lines_of(order_id), [line for lines in returned.values() for line in lines])
    return SaleFacts(
        currency=facts.currency,
        captured=payment.amount.minor,
        accepted=accepted,
        sold=sold,
        fee=payment.fee.minor if payment.fee else None,
        refunded=sum(refund.amount.minor for refund in refunds if refund.state in ON_ITS_WAY),
        returned=back,
        contained=_contained(facts),
        contained_back=_contained_back(facts.tax.included_minor, sold, back),
        paid_otherwise=sum(refund.amount.minor for refund in refunds if refund.state == "paid_otherwise"),
        withdrawn=withdrawn,
        dispute_fees=sum(one.fee for one in contests),
        contested_gift=contested,
        borne=borne_of(order_id),
        gifts={slug: amount.minor for slug, amount in gifts.items()},
        pledges={} if withdrawn and withdrawn >= rest.minor else pledges,
        live=facts.live,
    )


def first_facts(facts: OrderFacts, captured: Captured) -> SaleFacts:
    """The same of an order that is paid at this moment: whatever could change it comes after the payment, and is told
    of a payment that we know. `facts` may be as it was before.
    """
    return SaleFacts(
        currency=facts.currency,
        captured=captured.amount.minor,
        accepted=True,
        sold=_parts(facts.sums),
        fee=captured.own_fee.minor if captured.own_fee else None,
        contained=_contained(facts),
        gifts={share.fund.slug: share.amount.minor for share in gifts_of(facts.id)} if facts.sums.gift else {},
        pledges=_pledges(lines_of(facts.id), ()),
        live=facts.live,
    )


def _contained(facts: OrderFacts) -> tuple[int, int]:
    """Tax that is in the prices: of the goods, and of the delivery."""
    of_delivery = facts.tax.delivery_minor if facts.tax.inclusive else 0
    return facts.tax.included_minor - of_delivery, of_delivery


def _contained_back(contained: int, sold: Parts, back: Parts) -> int:
    """Of tax that is in the prices, the share of what went back of goods and delivery; all of it with all of them."""
    paid, returned = (part.goods - part.discount + part.delivery for part in (sold, back))
    return contained * returned // paid if paid else 0


def _pledges(lines: Iterable[Line], returned: Iterable[RefundLineFacts]) -> dict[str, int]:
    """What each partner is promised by slug, less the share of units that came back."""
    lines = list(lines)
    partner_of = {line.id: line.partner_slug for line in lines}
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.partner_slug] = sums.get(line.partner_slug, 0) + line.pledge.minor
    for back in returned:
        sums[partner_of[back.order_line_id]] -= back.pledge_minor
    return {slug: minor for slug, minor in sums.items() if minor}


def _parts(sums: Sums) -> Parts:
    return Parts(**sums.minor_parts())


def _returned(refunds: list[RefundFacts]) -> Parts:
    sums = [refund.parts() for refund in refunds]
    return Parts(**{name: sum(parts[name] for parts in sums) for name in Parts.__struct_fields__})
