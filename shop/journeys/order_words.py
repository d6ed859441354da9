"""An order in the words that its letters and its page share: sums, shares, what happens next."""

from __future__ import annotations

from shop.core.formats import money_text
from shop.core.money import Money
from shop.discounts.rules import Names
from shop.giving.queries import fund_of_gift, party_names
from shop.mail.letters import Amount, Bought, Portion
from shop.orders.rules import Line, OrderFacts, Sums
from shop.payments.queries import RefundFacts

NO_NAMES = Names()


def sums_in_words(sums: Sums, *, delivery_name: str, discounts: Names = NO_NAMES) -> tuple[Amount, ...]:
    """Every part on its own line, those of nothing left out except delivery, which is said to be free."""
    free = "Free" if not sums.delivery else money_text(sums.delivery)
    rows = [Amount(label="Tees", amount=money_text(sums.goods))]
    if sums.discount:
        rows.append(Amount(label="Discount", amount=money_text(-sums.discount), note=discounts.goods))
    where = ", ".join(filter(None, (delivery_name, discounts.delivery)))
    rows.append(Amount(label="Delivery", amount=free, note=where))
    if sums.tax:
        rows.append(Amount(label="Tax", amount=money_text(sums.tax)))
    if sums.gift:
        rows.append(Amount(label="Your gift", amount=money_text(sums.gift)))
    return (*rows, Amount(label="Total", amount=money_text(sums.total), total=True))


def refund_sums(refund: RefundFacts) -> Sums:
    """The parts of a refund as sums."""
    return Sums(**{name: Money(minor, refund.amount.currency) for name, minor in refund.parts().items()})


def refund_in_words(sums: Sums, *, delivery_name: str) -> tuple[Amount, ...]:
    """What goes back, part by part, those of nothing left out."""
    rows = sums_in_words(sums, delivery_name=delivery_name)
    nothing = {"Tees": not sums.goods, "Delivery": not sums.delivery}
    return tuple(row for row in rows if not nothing.get(row.label))


def why_refunded(facts: OrderFacts, sums: Sums) -> str:
    """What a refund covers, and what becomes of the gift, in a sentence or two."""
    gift = facts.sums.gift
    if sums == facts.sums:
        return "We are giving back everything you paid." + (" Your gift is included." if gift else "")
    kept = gift - facts.returned.gift
    return "We are giving back part of what you paid." + (
        f" Your gift of {money_text(kept)} stays with the fund you chose." if kept else ""
    )


def lines_in_words(lines: list[Line]) -> tuple[Bought, ...]:
    """The lines as bought."""
    return tuple(
        Bought(
            name=line.title,
            options=f"{line.colour}, {line.size}",
            quantity=line.quantity,
            total=money_text(line.total),
        )
        for line in lines
    )


def portions(facts: OrderFacts, lines: list[Line]) -> tuple[Portion, ...]:
    """Where the money of an order goes: each pledge by partner, and the gift."""
    names = party_names()
    found = [
        Portion(
            partner=names.get(line.partner_slug, line.partner_slug),
            amount=money_text(line.pledge),
            explanation=f"From {line.title}. {line.pledge_sentence}",
        )
        for line in lines
        if line.pledge
    ]
    fund = fund_of_gift(facts.id)
    if fund is not None:
        found.append(Portion(partner=fund.name, amount=money_text(facts.sums.gift), explanation="Your own gift."))
    return tuple(found)
