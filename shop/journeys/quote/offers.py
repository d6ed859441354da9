"""Which offers a cart uses: the best one on goods, and free delivery beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from shop.cart.rules import Cart
from shop.catalogue.collections import held_by
from shop.core import clock
from shop.core.languages import _
from shop.core.money import Money, total
from shop.discounts.operations.uses import Spending, hashed
from shop.discounts.queries.offers import offers_for
from shop.discounts.rules import Names, Offer, Piece, better, called, holding, off, usable, why_not
from shop.journeys.quote.lines import QuotedLine
from shop.orders.rules import OrderFacts


class Discounts(Struct, frozen=True):
    """`shares` is what each line costs less, in the order of the lines; `refused` says why the code was not used.

    `full_delivery` is what delivery costs without the offer on it.
    """

    shares: tuple[Money, ...]
    full_delivery: Money
    goods: Offer | None
    delivery: Offer | None
    refused: str

    @property
    def on_goods(self) -> Money:
        """What the goods cost less in all."""
        return total(self.shares, self.full_delivery.currency)

    @property
    def delivery_price(self) -> Money:
        """What delivery costs after the offer on it."""
        return self.full_delivery * 0 if self.delivery else self.full_delivery

    def spendings(self) -> list[Spending]:
        """What the order uses up."""
        taken = [(self.goods, self.on_goods), (self.delivery, self.full_delivery)]
        return [Spending(offer.id, offer.code_id, amount) for offer, amount in taken if offer is not None]

    @property
    def names(self) -> Names:
        """Of what is used, for the sums."""
        return Names(*(called(one.terms.name, one.code) if one else "" for one in (self.goods, self.delivery)))


def customer_of(cart: Cart) -> str:
    """As whom a cart's uses are counted until its buyer's e-mail address is known."""
    return hashed(f"browser:{cart.browser}")


def offers_of(cart: Cart, waiting: OrderFacts | None) -> list[Offer]:
    """The automatic offers in force and the one of the cart's code, with what their collections hold now."""
    found = offers_for(cart.code, customer=customer_of(cart), waiting=waiting.id if waiting else None, now=clock.now())
    named = frozenset[int]().union(*(offer.terms.collection_ids for offer in found))
    held = held_by(named) if named else {}
    return [holding(offer, held) for offer in found]


def discounted(
    code: str,
    lines: Sequence[QuotedLine],
    offers: Sequence[Offer],
    *,
    currency: str,
    delivery: Callable[[Money], Money],
    now: datetime,
    zone: str,
) -> Discounts:
    """Choose. An offer by itself is preferred to a code that takes off no more, so that no code is spent for nothing.

    `delivery` tells the price of sending what is left of the goods' sum, in the currency of its argument. `zone` is the
    store's time zone, in whose days windows are told.
    """
    pieces = [Piece(line.variant.product_id, line.variant.price, line.quantity) for line in lines]
    possible = sorted(usable(offers, pieces, now=now), key=lambda offer: bool(offer.code))
    best: Offer | None = None
    shares = [line.total * 0 for line in lines]
    for offer in possible:
        if offer.terms.kind != "free_delivery" and better(found := off(offer.terms, pieces), shares):
            best, shares = offer, found
    full = delivery(total((line.total for line in lines), currency) - total(shares, currency))
    free = next((offer for offer in possible if offer.terms.kind == "free_delivery" and full), None)
    used = [offer for offer in (best, free) if offer is not None]
    refused = _refused(offers, pieces, used, now=now, zone=zone) if code and pieces else ""
    return Discounts(tuple(shares), full, best, free, refused)


def _refused(
    offers: Sequence[Offer], pieces: Sequence[Piece], used: Sequence[Offer], *, now: datetime, zone: str
) -> str:
    """Why a code that was typed is not among what is used; empty when it is."""
    if any(offer.code for offer in used):
        return ""
    coded = next((offer for offer in offers if offer.code), None)
    if coded is None:
        return _("We do not know this code. Check it for mistakes.")
    if coded.terms.kind == "free_delivery":
        return why_not(coded, pieces, now=now, zone=zone) or _("Delivery is free already, so this code was not used.")
    beaten = _(
        "“%(name)s” takes off as much or more already, so this code was not used.",
        name=used[0].terms.name if used else "",
    )
    return why_not(coded, pieces, now=now, zone=zone) or beaten
