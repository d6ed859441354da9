"""Tax that Stripe reckoned once it knew the address: written down with the order that was quoted without it."""

from __future__ import annotations

from msgspec.structs import replace

from shop.core.money import Money
from shop.journeys.payment_page import items_of
from shop.orders import operations as orders
from shop.orders.queries import lines_of, locked
from shop.orders.rules import Line, OrderFacts
from shop.payments.reports import SessionReport, Taxed

NAME = "Stripe Tax"


def settle_tax(facts: OrderFacts, report: SessionReport) -> OrderFacts:
    """The order with its tax, in the open transaction. Safe to repeat; nothing changes for orders taxed by our table.

    What was quoted plus this tax must be what was captured, which the caller checks.
    """
    if facts.tax.provider != "stripe" or facts.tax.name or report.taxed is None:
        return facts
    of_lines = _by_line(lines_of(facts.id), report.taxed)
    whole = sum(of_lines.values()) + report.taxed.delivery
    tax = replace(
        facts.tax,
        name=NAME,
        delivery_minor=report.taxed.delivery,
        included_minor=whole if facts.tax.inclusive else 0,
    )
    added = Money(0 if facts.tax.inclusive else whole, facts.currency)
    orders.settle_tax(facts.id, tax, added=added, lines=of_lines)
    return locked(facts.id)


def _by_line(lines: list[Line], taxed: Taxed) -> dict[int, int]:
    """Items stand in the order in which the page was asked for them; a discounted line may be two of them."""
    amounts = iter(taxed.items)
    return {line.id: sum(next(amounts, 0) for _ in items_of(line)) for line in lines}
