"""What another size of a line would mean, before anything is changed."""

from __future__ import annotations

from msgspec import Struct

from shop.catalogue.queries import variants_in_cart
from shop.catalogue.rules import VariantInCart
from shop.core.errors import Conflict, Invalid
from shop.core.money import Money
from shop.journeys.quote.difference import costs_of
from shop.orders.differences import Costs, NewSize, differences_of
from shop.orders.queries import lines_of
from shop.orders.rules import Line, OrderFacts


class Swap(Struct, frozen=True):
    """A line with another variant in place of its own; `difference` is new less old for all units, before discounts.

    `costs` say what a dearer one comes to for the buyer; `inclusive`, that its tax is in it and not on top.
    """

    line: Line
    new: VariantInCart
    difference: Money
    costs: Costs | None
    inclusive: bool

    @property
    def size(self) -> NewSize:
        """The new variant, as the line will have it."""
        return NewSize(self.new.id, self.new.sku, self.new.colour_name, self.new.size)

    @property
    def to_pay(self) -> Money:
        """What the buyer would pay for a dearer one."""
        costs = self.costs
        if costs is None:
            return self.difference * 0
        return costs.goods if self.inclusive else costs.goods + costs.tax


def plan_swap(facts: OrderFacts, line_id: int, variant_id: int) -> Swap:
    """Raises Conflict once it is packed or given back, Invalid for another product."""
    lines = lines_of(facts.id)
    line = next((one for one in lines if one.id == line_id), None)
    if facts.state != "paid" or line is None or line.packed_quantity or line.returned_quantity:
        raise Conflict("Only what is paid, not packed and not given back can be changed.")
    known = variants_in_cart([variant_id, line.variant_id])
    new, old = known.get(variant_id), known.get(line.variant_id)
    if new is None or not new.buyable or new.product_id != line.product_id or variant_id == line.variant_id:
        raise Invalid("Choose another size or colour of the same product.", field="variant")
    if new.price.currency != facts.currency:
        raise Conflict("This order was paid in another currency, so prices cannot be compared.")
    each = new.price - line.unit_price
    if any(one.line_id == line_id and one.stands for one in differences_of(facts.id)):
        if old is None or old.price != new.price:
            raise Conflict("A difference was paid for this line. Give that back first, then swap.")
        each = each * 0
    costs = costs_of(facts, lines, line, each) if each.minor > 0 else None
    return Swap(line, new, each * line.quantity, costs, facts.tax.inclusive)
