"""What was paid for a dearer size goes back with its units: each takes its share of the difference's own order."""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.money import Money
from shop.journeys.refund_plan import Wish
from shop.orders.differences import DifferenceFacts, differences_of
from shop.orders.queries import orders_named
from shop.orders.rules import Line, OrderFacts
from shop.payments.queries import RefundLineFacts


def differences_back(
    sale_id: str, backs: Sequence[RefundLineFacts], lines: Sequence[Line]
) -> list[tuple[DifferenceFacts, Wish]]:
    """For each difference that was paid for units that go back, what goes back of it; `lines` count these units as
    given back already. Shares are rounded as those of the line are, so that nothing is lost whatever comes back when.
    """
    if not backs:
        return []
    paid = [one for one in differences_of(sale_id) if one.stands]
    orders = orders_named(one.order_id for one in paid if one.order_id)
    now = {line.id: line for line in lines}
    found = []
    for back in backs:
        for one in paid:
            if one.line_id == back.order_line_id:
                wish = _wish(orders[one.order_id or ""], now[one.line_id], back.quantity)
                if wish != Wish():
                    found.append((one, wish))
    return found


def goes_back_too(found: Sequence[tuple[DifferenceFacts, Wish]], currency: str) -> Money:
    """The sum of what goes back beside the refund itself."""
    return Money(sum(wish.price + wish.tax for _one, wish in found), currency)


def _wish(paid: OrderFacts, line: Line, units: int) -> Wish:
    left, before = paid.sums - paid.returned, line.returned_quantity - units

    def share(whole: Money, room: Money) -> int:
        after = whole.minor * line.returned_quantity // line.quantity - whole.minor * before // line.quantity
        return min(after, room.minor)

    return Wish(price=share(paid.sums.goods, left.goods), tax=share(paid.sums.tax, left.tax))
