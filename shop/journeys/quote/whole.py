"""The quote itself: what is known of a cart, and the one place that adds it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.cart.rules import Cart, fingerprint
from shop.core import clock
from shop.core.formats import money_text
from shop.core.languages import _
from shop.core.money import Money, total
from shop.delivery.rules import ZoneView, price
from shop.discounts.operations import Spending
from shop.discounts.rules import Offer
from shop.giving.queries import gift_funds, setup
from shop.giving.rules import CardFee, FundCard
from shop.journeys.quote.gift import QuotedGift, quoted_gift
from shop.journeys.quote.lines import QuotedLine, order_line, quoted_lines
from shop.journeys.quote.offers import Discounts, discounted, offers_of
from shop.journeys.quote.zone import zone_of
from shop.orders.rules import Line, Sums
from shop.payments.rules import smallest_charge


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a price depends on, as it is at `now`."""

    about: BrandView
    lines: Sequence[QuotedLine]
    zone: ZoneView
    offers: Sequence[Offer]
    funds: Sequence[FundCard]
    fee: CardFee | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """The sums a visitor sees, Stripe is sent and the order keeps: they are computed here and nowhere else."""

    cart_id: str
    lines: Sequence[QuotedLine]
    zone: ZoneView
    country: str
    code: str
    discounts: Discounts
    gift: QuotedGift | None
    sums: Sums

    @property
    def problems(self) -> list[str]:
        found = [line.problem for line in self.lines if line.problem]
        return found or self._too_little()

    def _too_little(self) -> list[str]:
        least = smallest_charge(self.sums.goods.currency)
        if not self.lines or least <= self.sums.total:
            return []
        told = {"least": money_text(least), "total": money_text(self.sums.total)}
        return [_("A card is charged %(least)s or more, and this comes to %(total)s.", **told)]

    @property
    def version(self) -> str:
        """What the visitor has seen, without the delivery: a form that carries another one shows the cart again."""
        seen = [(line.variant.id, line.quantity, line.variant.price.minor) for line in self.lines]
        chosen = self.gift.choice if self.gift else None
        return fingerprint(seen, chosen, self.discounts.shares, self.discounts.names)

    def order_lines(self) -> list[Line]:
        """The snapshot that the order keeps."""
        return [order_line(*pair) for pair in zip(self.lines, self.discounts.shares, strict=True)]

    def spendings(self) -> list[Spending]:
        """The offers that the order uses up."""
        return self.discounts.spendings()


def quote(cart: Cart, *, country: str | None = None) -> Quote:
    """Price a cart for delivery to `country` (else the cart's own, else home).

    Lines whose variant is unknown are left out. Raises Invalid, beside the field `country`, where we do not deliver.
    """
    wanted = country or cart.country
    known = Known(
        about=brand(),
        lines=quoted_lines(cart),
        zone=zone_of(wanted),
        offers=offers_of(cart),
        funds=gift_funds() if cart.gift else [],
        fee=setup().fee if cart.gift else None,
        now=clock.now(),
    )
    return priced(cart, known, country=wanted)


def priced(cart: Cart, known: Known, *, country: str) -> Quote:
    """Add up; pure. Delivery looks at the goods after their discount; gifts come last and are never lowered."""
    lines, nothing = known.lines, Money.zero(known.about.currency)
    goods = total((line.total for line in lines), nothing.currency)
    using = discounted(
        cart.code,
        lines,
        known.offers,
        currency=nothing.currency,
        delivery=lambda net: price(known.zone, net),
        now=known.now,
    )
    before_gift = Sums(goods, using.on_goods, using.delivery_price, nothing, nothing, nothing)
    gift = quoted_gift(cart.gift, before=before_gift.total, funds=known.funds, fee=known.fee)
    given = {"gift": gift.amount, "fee_cover": gift.fee_cover} if gift else {}
    return Quote(
        cart_id=cart.id,
        lines=lines,
        zone=known.zone,
        country=country or known.zone.countries[0],
        code=cart.code,
        discounts=using,
        gift=gift,
        sums=replace(before_gift, **given),
    )
