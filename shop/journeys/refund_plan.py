"""What a refund comes to: from units and amounts that somebody chose to parts, shares and consequences. Pure.

The sums of a line are shared out over its units so that nothing is lost whatever comes back when: the share of the
first `n` units is rounded down, and units after them take the difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from shop.core.errors import Invalid
from shop.core.formats import money_text
from shop.core.money import Money
from shop.orders.rules import Line, OrderFacts, Sums
from shop.payments.queries import RefundLineFacts

STOCK_CHOICES = ("restocked", "damaged", "kept")  # for units that were sent; those that were not are freed


class Wish(Struct, frozen=True):
    """What somebody wants to give back. `units` by line id, `stock` says what became of each line's units.

    `price`, `delivery`, `tax`, `gift` and `fee_cover` are amounts in minor units: `price` is money off the goods with
    no unit in it, `tax` is tax beyond the share that comes with units and delivery.
    """

    units: Mapping[int, int] = field(default_factory=dict)
    stock: Mapping[int, str] = field(default_factory=dict)
    price: int = 0
    delivery: int = 0
    tax: int = 0
    gift: int = 0
    fee_cover: int = 0


class RefundPlan(Struct, frozen=True):
    """What a wish comes to. `empties` says that no unit is left and none had been sent, so the order is cancelled."""

    parts: Sums
    lines: tuple[RefundLineFacts, ...]
    pledges: Mapping[int, Money]
    pledge: Money
    empties: bool

    @property
    def total(self) -> Money:
        return self.parts.total

    @property
    def mark(self) -> str:
        """Changes with anything that the plan would do."""
        return hashlib.sha256(repr((self.parts, self.lines, self.empties)).encode()).hexdigest()[:16]


def plan_refund(facts: OrderFacts, lines: Sequence[Line], wish: Wish) -> RefundPlan:
    """Work a wish out against what is left of the order; raises Invalid beside the field that asks for too much."""
    left, sent = facts.sums - facts.returned, facts.state == "fulfilled"
    _bounded(wish, lines, left)
    discount_of = {line.id: line.discount.minor for line in lines}
    tax_of = _taxes(lines, facts)
    backs = [
        _line_back(line, wish.units[line.id], discount_of[line.id], tax_of[line.id], _stock(wish, line, sent=sent))
        for line in lines
        if wish.units.get(line.id)
    ]
    parts = _parts(wish, backs, left, _tax_of_delivery(facts, wish.delivery))
    if parts.total.minor <= 0:
        raise Invalid("Choose what goes back: units, delivery, tax or the gift.", field="form")
    empties = not sent and _empties(wish, parts, lines, left)
    pledges = _pledges(lines, backs, facts.currency)
    pledge = sum((back.pledge_minor for back in backs), 0)
    return RefundPlan(parts, tuple(backs), pledges, Money(pledge, facts.currency), empties)


def _empties(wish: Wish, parts: Sums, lines: Sequence[Line], left: Sums) -> bool:
    """Of goods, whether no unit is left; of a gift by itself, whether nothing is."""
    if not lines:
        return parts == left
    return all(line.left == wish.units.get(line.id, 0) for line in lines)


def everything_left(facts: OrderFacts, lines: Sequence[Line], *, gift: bool = True) -> Wish:
    """All that was not given back yet; units that were sent stay with the customer."""
    left = facts.sums - facts.returned
    units = {line.id: line.left for line in lines if line.left}
    priced = sum(line.unit_price.minor * line.left for line in lines)
    tax_of = _taxes(lines, facts)
    with_units = sum(_share(tax_of[line.id], line, line.left) for line in lines)
    with_delivery = _tax_of_delivery(facts, left.delivery.minor)
    return Wish(
        units=units,
        stock=dict.fromkeys(units, "kept"),
        price=max(left.goods.minor - priced, 0),
        delivery=left.delivery.minor,
        tax=max(left.tax.minor - with_units - with_delivery, 0),
        gift=left.gift.minor if gift else 0,
        fee_cover=left.fee_cover.minor if gift else 0,
    )


def amount_only(facts: OrderFacts, amount: Money) -> Wish:
    """A sum without a word on what it is for, as Stripe's dashboard gives back: off the goods, then tax, then delivery,
    and off the gift only when nothing else is left.
    """
    left, rest = facts.sums - facts.returned, amount.minor
    taken: dict[str, Any] = {}
    for name, room in (
        ("price", left.goods.minor - left.discount.minor),
        ("tax", left.tax.minor),
        ("delivery", left.delivery.minor),
        ("fee_cover", left.fee_cover.minor),
        ("gift", left.gift.minor),
    ):
        taken[name] = min(rest, max(room, 0))
        rest -= taken[name]
    return Wish(**taken)


def _bounded(wish: Wish, lines: Sequence[Line], left: Sums) -> None:
    """While something waits to be sent, only units that are in no parcel go back."""
    waits = any(line.to_send for line in lines)
    for line in lines:
        most = line.to_pack if waits else line.left
        if not 0 <= wish.units.get(line.id, 0) <= most:
            packed = "" if most == line.left else " The others are packed: open their parcel, or send the rest first."
            raise Invalid(f"Enter a number from 0 to {most}.{packed}", field=f"units_{line.id}")
    rooms = {
        "price": left.goods - left.discount,
        "delivery": left.delivery,
        "tax": left.tax,
        "gift": left.gift,
        "fee_cover": left.fee_cover,
    }
    for name, room in rooms.items():
        if not 0 <= getattr(wish, name) <= max(room.minor, 0):
            raise Invalid(f"At most {money_text(room)} of this is left.", field=name)


def _parts(wish: Wish, backs: Sequence[RefundLineFacts], left: Sums, tax_of_delivery: int) -> Sums:
    """Lines and free amounts together, none above what is left: earlier reductions of the price are in there."""

    def amount(minor: int, room: Money) -> Money:
        return Money(min(minor, room.minor), room.currency)

    return Sums(
        goods=amount(sum(back.goods_minor for back in backs) + wish.price, left.goods),
        discount=amount(sum(back.discount_minor for back in backs), left.discount),
        delivery=amount(wish.delivery, left.delivery),
        tax=amount(sum(back.tax_minor for back in backs) + tax_of_delivery + wish.tax, left.tax),
        gift=amount(wish.gift, left.gift),
        fee_cover=amount(wish.fee_cover, left.fee_cover),
    )


def _line_back(line: Line, units: int, discount: int, tax: int, stock: str) -> RefundLineFacts:
    return RefundLineFacts(
        order_line_id=line.id,
        quantity=units,
        goods_minor=line.unit_price.minor * units,
        discount_minor=_share(discount, line, units),
        tax_minor=_share(tax, line, units),
        pledge_minor=_share(line.pledge.minor, line, units),
        stock=stock,
    )


def _taxes(lines: Sequence[Line], facts: OrderFacts) -> dict[int, int]:
    """What was added to each line; nothing where prices have their tax in them."""
    return {line.id: 0 if facts.tax.inclusive else line.tax.minor for line in lines}


def _tax_of_delivery(facts: OrderFacts, minor: int) -> int:
    """What was added to so much of the delivery, which goes back with it and with nothing else."""
    whole, before = facts.sums.delivery.minor, facts.returned.delivery.minor
    if facts.tax.inclusive or not whole:
        return 0
    added = facts.tax.delivery_minor
    return added * (before + minor) // whole - added * before // whole


def _share(whole: int, line: Line, units: int) -> int:
    """What the next `units` of a line carry of a sum of the whole line."""
    before, after = line.returned_quantity, line.returned_quantity + units
    return whole * after // line.quantity - whole * before // line.quantity


def _stock(wish: Wish, line: Line, *, sent: bool) -> str:
    chosen = wish.stock.get(line.id, "kept") if sent else "freed"
    if sent and chosen not in STOCK_CHOICES:
        raise Invalid("Say what became of these units.", field=f"stock_{line.id}")
    return chosen


def _pledges(lines: Sequence[Line], backs: Sequence[RefundLineFacts], currency: str) -> dict[int, Money]:
    """What comes back under each pledge's cap."""
    pledge_of = {line.id: line.pledge_id for line in lines}
    sums: dict[int, Money] = {}
    for back in backs:
        pledge_id = pledge_of[back.order_line_id]
        if pledge_id is not None and back.pledge_minor:
            sums[pledge_id] = sums.get(pledge_id, Money.zero(currency)) + Money(back.pledge_minor, currency)
    return sums
