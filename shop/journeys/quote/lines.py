"""The lines of a cart at today's prices, with what is left of them and what they promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from shop.brand.queries import brand
from shop.cart.rules import Cart, CartLine
from shop.catalogue.queries import variants_in_cart
from shop.catalogue.rules import VariantInCart
from shop.core.languages import _
from shop.core.money import Money
from shop.core.zones import today_in
from shop.giving.queries import pledges_for
from shop.giving.rules import PledgeTerms
from shop.journeys.keep_restock import claimed_units
from shop.orders.rules import Line, OrderFacts
from shop.stock.queries import held_for, salable_of
from shop.stock.rules import Beyond, Salable


class QuotedLine(Struct, frozen=True):
    """A cart line at today's price. `salable` counts what this cart's own unpaid order holds as free for it.

    `together` is how many of its product the whole cart holds, of any size and colour.
    """

    variant: VariantInCart
    quantity: int
    seen_price: Money
    salable: Salable
    pledge: PledgeTerms | None
    pledge_amount: Money
    together: int = 0

    @property
    def total(self) -> Money:
        return self.variant.price * self.quantity

    @property
    def available(self) -> int:
        """How many may be wanted, those that are to come with them."""
        return self.salable.in_all

    @property
    def beyond(self) -> Beyond | None:
        """What of it is a pre-order; None where all of it is on the shelf."""
        return self.salable.beyond(self.quantity)

    @property
    def ships_by(self) -> date | None:
        """The day that is promised for the whole line, where a part of it is to come."""
        return self.beyond.ships_by if self.beyond else None

    @property
    def problem(self) -> str | None:
        """Why this line cannot be bought as it is, in words for the visitor; None when it can."""
        if not self.variant.buyable:
            return _("This tee is no longer sold. Take it out to go on.")
        if self.available <= 0:
            return _("Sold out in this size and colour. Take it out to go on.")
        most = self.variant.most_each
        if most is not None and self.together > most:
            return _("There are %(most)s of these for each person. Lower the quantity to go on.", most=most)
        if self.quantity > self.available:
            return _("Only %(count)s left in this size and colour. Lower the quantity to go on.", count=self.available)
        return None

    @property
    def price_changed(self) -> bool:
        return self.seen_price != self.variant.price


def quoted_lines(cart: Cart, waiting: OrderFacts | None) -> list[QuotedLine]:
    """Price every line whose variant is known, in the order of the cart; `waiting` is its own unpaid order."""
    ids = [line.variant_id for line in cart.lines]
    variants = variants_in_cart(ids) if ids else {}
    free = _free_for(cart, ids, waiting) if ids else {}
    pledges = pledges_for({variant.product_id for variant in variants.values()}) if variants else {}
    room = {terms.id: terms.left for terms in pledges.values()}
    together = Counter[int]()
    for wanted in cart.lines:
        if wanted.variant_id in variants:
            together[variants[wanted.variant_id].product_id] += wanted.quantity
    lines = []
    for wanted in cart.lines:
        if wanted.variant_id in variants:
            variant = variants[wanted.variant_id]
            line = _line(wanted, variant, free, pledges.get(variant.product_id), room)
            lines.append(replace(line, together=together[variant.product_id]))
    return lines


def _line(
    wanted: CartLine,
    variant: VariantInCart,
    free: Mapping[int, Salable],
    terms: PledgeTerms | None,
    room: dict[int, Money | None],
) -> QuotedLine:
    """`room` is what is left under each pledge's cap; lines of one product share it, in their order."""
    amount = Money.zero(variant.price.currency)
    if terms is not None:
        amount = terms.amount_for(price=variant.price, quantity=wanted.quantity, left=room[terms.id])
        left = room[terms.id]
        room[terms.id] = None if left is None else left - amount
    return QuotedLine(
        variant=variant,
        quantity=wanted.quantity,
        seen_price=Money(wanted.seen_price, variant.price.currency),
        salable=free.get(wanted.variant_id, _NOTHING),
        pledge=terms,
        pledge_amount=amount,
    )


def _free_for(cart: Cart, variant_ids: list[int], waiting: OrderFacts | None) -> dict[int, Salable]:
    free = salable_of(variant_ids, today=today_in(brand().time_zone))
    for variant_id, units in claimed_units(cart.claims).items():
        free[variant_id] = _more(free.get(variant_id, _NOTHING), units, 0)
    if waiting:
        for variant_id, (there, preordered) in held_for(waiting.id).items():
            free[variant_id] = _more(free.get(variant_id, _NOTHING), there, preordered)
    return free


def _more(known: Salable, there: int, places: int) -> Salable:
    """With what is kept for this cart; a place counts while its pre-order is open."""
    open_still = places if known.ships_by else 0
    return Salable(known.available + there, known.room + open_still, known.ships_by)


_NOTHING = Salable(0)


def order_line(line: QuotedLine, discount: Money, tax: Money) -> Line:
    """The snapshot of a line that the order keeps."""
    terms = line.pledge if line.pledge_amount else None
    return Line(
        product_id=line.variant.product_id,
        variant_id=line.variant.id,
        sku=line.variant.sku,
        title=line.variant.title,
        colour=line.variant.colour_name,
        size=line.variant.size,
        unit_price=line.variant.price,
        quantity=line.quantity,
        discount=discount,
        tax=tax,
        pledge_id=terms.id if terms else None,
        partner_id=terms.partner_id if terms else None,
        partner_slug=terms.partner_slug if terms else "",
        pledge=line.pledge_amount,
        pledge_sentence=terms.sentence() if terms else "",
        ships_by=line.ships_by,
    )
