"""Where the money of an order goes as things stand: less what went back, and nothing of what a bank has taken.

The same sums as the books': both are read from `sale_facts`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from shop.core.formats import money_text
from shop.core.money import Money
from shop.giving.queries import gifts_of
from shop.giving.rules import gifts_left
from shop.journeys.order_words import portions
from shop.journeys.sale_facts import facts_of_sale
from shop.mail.letters import Portion
from shop.orders.rules import Line, OrderFacts
from shop.payments.queries.disputes import disputes_of


def shares_now(facts: OrderFacts, lines: list[Line]) -> tuple[Portion, ...]:
    """As `portions`, each with what is left of it and how far it has come."""
    if facts.paid_at is None and facts.state == "cancelled":
        return ()  # nothing of it will ever count
    shares = portions(facts, lines)
    if facts.paid_at is None:
        return tuple(replace(share, state="unpaid") for share in shares)
    away = contested(facts.id)
    stands = zip(shares, _left(facts, lines), strict=True)
    return tuple(_standing(share, kept, before, away) for share, (kept, before) in stands)


def contested(order_id: str) -> str:
    """`contested` while a bank has money of an order, `lost` once it keeps it, else empty."""
    taken = [one for one in disputes_of(order_id) if one.withdrawn]
    if any(one.status != "lost" for one in taken):
        return "contested"
    return "lost" if taken else ""


def _left(facts: OrderFacts, lines: Sequence[Line]) -> list[tuple[Money, Money]]:
    """For each share what the books owe now, and what they would if no bank had asked."""
    now, nothing = facts_of_sale(facts), facts.sums.gift * 0
    found = []
    for line in lines:
        if line.pledge:
            before = Money(
                line.pledge.minor * (line.quantity - line.returned_quantity) // line.quantity, facts.currency
            )
            found.append((before if now.pledges.get(line.partner_slug) else nothing, before))
    gifts = gifts_of(facts.id)
    uncontested = gifts_left(gifts, returned=facts.returned.gift)
    for gift in gifts:
        slug = gift.fund.slug
        found.append((Money(now.gifts.get(slug, 0), facts.currency), uncontested[slug]))
    return found


def _standing(share: Portion, kept: Money, before: Money, away: str) -> Portion:
    if kept:
        return replace(share, amount=money_text(kept))
    return replace(share, state=away or "returned") if before else replace(share, state="returned")
