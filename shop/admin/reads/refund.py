"""What a refund would change, in the words and sums of the people who decide it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from shop.books.queries import party_balances
from shop.core.formats import money_text
from shop.core.money import Money
from shop.giving import queries as giving
from shop.giving.rules import gifts_left
from shop.journeys.refund_difference import differences_back, goes_back_too
from shop.journeys.refund_plan import RefundPlan
from shop.orders import queries as orders
from shop.orders.rules import Line, OrderFacts
from shop.payments import queries as payments
from shop.payments.queries import PaymentFacts
from shop.receipts.queries import issued_for

STOCK_WORDS = {
    "freed": "free again, as it was never sent",
    "restocked": "back on the shelf",
    "damaged": "kept aside as damaged",
    "kept": "stays with the customer",
}


class Refundable(Struct, frozen=True):
    """An order with what is left of it."""

    order: OrderFacts
    lines: list[Line]
    payment: PaymentFacts | None
    fund: str

    @property
    def left(self) -> Mapping[str, Money]:
        """What is left by part; `price` is what the goods cost now."""
        rest = self.order.sums - self.order.returned
        return {
            "price": rest.goods - rest.discount,
            "delivery": rest.delivery,
            "tax": rest.tax,
            "gift": rest.gift,
            "fee_cover": rest.fee_cover,
            "total": rest.total,
        }


class Shift(Struct, frozen=True):
    """What one partner or fund is owed now, and afterwards."""

    name: str
    less: Money
    after: Money


class Consequences(Struct, frozen=True):
    """Everything that pressing the button does; `also` goes back of what was paid for dearer sizes of these units."""

    plan: RefundPlan
    parts: list[tuple[str, Money]]
    units: list[tuple[Line, int, str]]
    shifts: list[Shift]
    left: Money
    receipt: str
    also: Money


def refundable(order_id: str) -> Refundable:
    """Raises NotFound."""
    funds = [share.fund.name for share in giving.gifts_of(order_id)]
    return Refundable(
        order=orders.order(order_id),
        lines=orders.lines_of(order_id),
        payment=payments.payment_of(order_id),
        fund=", ".join(funds),
    )


def consequences(whole: Refundable, plan: RefundPlan) -> Consequences:
    """A plan with its effect on each party's account."""
    labels = {
        "goods": "Tees",
        "discount": "Discount taken back",
        "delivery": "Delivery",
        "tax": "Tax",
        "gift": "Gift",
        "fee_cover": "Card fee covered",
    }
    parts = [
        (label, -amount if name == "discount" else amount)
        for name, label in labels.items()
        if (amount := getattr(plan.parts, name))
    ]
    by_id = {line.id: line for line in whole.lines}
    units = [(by_id[back.order_line_id], back.quantity, STOCK_WORDS[back.stock]) for back in plan.lines]
    left = whole.left["total"] - plan.total
    return Consequences(
        plan, parts, units, _shifts(whole, plan, by_id), left, _receipt(whole, plan), _also(whole, plan)
    )


def _also(whole: Refundable, plan: RefundPlan) -> Money:
    back = {one.order_line_id: one.quantity for one in plan.lines}
    after = [replace(one, returned_quantity=one.returned_quantity + back.get(one.id, 0)) for one in whole.lines]
    return goes_back_too(differences_back(whole.order.id, plan.lines, after), whole.order.currency)


def _receipt(whole: Refundable, plan: RefundPlan) -> str:
    """What becomes of the giver's receipt: it tells of goods, gift and pledge, so any of them changes it."""
    held = issued_for(whole.order.id)
    if held is None:
        return ""
    kept = whole.left["gift"] - plan.parts.gift
    if kept:
        return f"Receipt {held.name} becomes void; a new one over a gift of {money_text(kept)} takes its place."
    return f"Receipt {held.name} becomes void, and there is none in its place: no gift is left."


def _shifts(whole: Refundable, plan: RefundPlan, by_id: Mapping[int, Line]) -> list[Shift]:
    names, currency = giving.party_names(), whole.order.currency
    owed = {(one.party, one.kind): one.owed for one in party_balances() if one.raised.currency == currency}
    less: dict[tuple[str, str], Money] = {}
    for back in plan.lines:
        if back.pledge_minor:
            party = (by_id[back.order_line_id].partner_slug, "pledges")
            less[party] = less.get(party, Money.zero(currency)) + Money(back.pledge_minor, currency)
    shares, before = giving.gifts_of(whole.order.id), whole.order.returned.gift
    kept = gifts_left(shares, returned=before)
    for slug, amount in gifts_left(shares, returned=before + plan.parts.gift).items():
        if plan.parts.gift:
            less[(slug, "gifts")] = kept[slug] - amount
    return [
        Shift(names.get(party, party), amount, owed.get((party, kind), Money.zero(currency)) - amount)
        for (party, kind), amount in less.items()
    ]
