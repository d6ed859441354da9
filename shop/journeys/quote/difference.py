"""What another size of an order that is paid costs more, as the quote would have had it: discount, tax and promise."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from shop.catalogue.collections import held_by
from shop.core.money import Money
from shop.discounts.queries.offers import goods_terms_of
from shop.discounts.rules import Piece, Terms, off
from shop.giving.queries import pledges_for
from shop.orders.differences import Costs
from shop.orders.rules import Line, OrderFacts
from shop.tax.queries import rates
from shop.tax.rules import FlatRate, Rate, best_rate


def costs_of(facts: OrderFacts, lines: Sequence[Line], line: Line, dearer: Money) -> Costs:
    """For all units of `line`, each `dearer` than it was. What is not known any more is taken in proportion:
    an offer or a rate that changed since the order was placed, tax that Stripe reckoned.
    """
    more = dearer * line.quantity
    net = more - _discount(lines, line, dearer, _terms(facts), facts.sums.discount)
    rate = best_rate(rates(), facts.country, facts.tax.region)
    return Costs(goods=net, tax=_tax(facts, line, net, rate), pledge=_pledge(line, dearer))


def _terms(facts: OrderFacts) -> Terms | None:
    terms = goods_terms_of(facts.id)
    if terms is None or not terms.collection_ids:
        return terms
    held = held_by(terms.collection_ids)
    return replace(terms, product_ids=terms.product_ids.union(*(held[one] for one in terms.collection_ids)))


def _discount(lines: Sequence[Line], line: Line, dearer: Money, terms: Terms | None, given: Money) -> Money:
    """What the order's offer takes off the dearer goods beyond what it took off."""
    more = dearer * line.quantity
    if not line.discount:
        return more * 0
    before = [Piece(one.product_id, one.unit_price, one.quantity) for one in lines]
    after = [
        Piece(one.product_id, one.unit_price + dearer if one.id == line.id else one.unit_price, one.quantity)
        for one in lines
    ]
    if terms is not None and sum(share.minor for share in off(terms, before)) == given.minor:
        lowered = sum(share.minor for share in off(terms, after)) - given.minor
    else:
        lowered = line.discount.minor * more.minor // line.total.minor
    return Money(min(max(lowered, 0), more.minor), more.currency)


def _tax(facts: OrderFacts, line: Line, net: Money, rate: Rate | None) -> Money:
    """On top of the difference, or in it where prices have their tax in them."""
    if facts.tax.provider == "table" and facts.tax.name == (rate.label if rate else ""):
        before, after = FlatRate(rate, facts.tax.inclusive).taxes([line.net, line.net + net], net * 0).lines
        return after - before
    return Money(line.tax.minor * net.minor // line.net.minor if line.net else 0, net.currency)


def _pledge(line: Line, dearer: Money) -> Money:
    """More only where a share of the price is promised, and that promise still stands."""
    terms = pledges_for({line.product_id}).get(line.product_id)
    if terms is None or terms.id != line.pledge_id or terms.basis_points is None:
        return dearer * 0
    points = terms.basis_points
    each = (line.unit_price + dearer).basis_points(points) - line.unit_price.basis_points(points)
    return each * line.quantity
