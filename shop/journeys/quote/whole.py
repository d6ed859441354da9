"""The quote itself: what is known of a cart, and the one place that adds it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.cart.rules import Cart, fingerprint
from shop.core import clock
from shop.core.formats import money_text
from shop.core.languages import _
from shop.core.money import Money, total
from shop.delivery.rules import Option, ZoneView, chosen, options
from shop.discounts.operations.uses import Spending
from shop.discounts.rules import Offer
from shop.giving.queries import gift_funds, setup
from shop.giving.rules import CardFee, FundCard
from shop.journeys.quote.gift import QuotedGift, quoted_gift
from shop.journeys.quote.lines import QuotedLine, order_line, quoted_lines
from shop.journeys.quote.offers import Discounts, discounted, offers_of
from shop.journeys.quote.zone import zone_of
from shop.orders.queries.carts import open_order_of
from shop.orders.rules import Line, OrderFacts, OrderTax, Sums
from shop.payments.rules import smallest_charge
from shop.stock.rules import Beyond
from shop.tax.queries import policy, rates
from shop.tax.rules import Policy, Rate, Taxes, best_rate, provider_of, regions


class Known(Struct, frozen=True):
    """Everything that a price depends on, as it is at `now`."""

    about: BrandView
    lines: Sequence[QuotedLine]
    zone: ZoneView
    tax_policy: Policy
    tax_rates: Sequence[Rate]
    offers: Sequence[Offer]
    funds: Sequence[FundCard]
    fee: CardFee | None
    now: datetime


class Quote(Struct, frozen=True):
    """The sums a visitor sees, Stripe is sent and the order keeps: they are computed here and nowhere else."""

    cart_id: str
    lines: Sequence[QuotedLine]
    zone: ZoneView
    country: str
    regions: Mapping[str, str]
    ways: Sequence[Option]
    way: Option
    taxes: Taxes
    region: str
    postcode: str
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
        seen = [(line.variant.id, line.quantity, line.variant.price.minor, line.ships_by) for line in self.lines]
        chosen = self.gift.choice if self.gift else None
        return fingerprint(seen, chosen, self.discounts.shares, self.discounts.names)

    def beyond(self) -> dict[int, Beyond]:
        """By variant, what of it is a pre-order."""
        return {line.variant.id: line.beyond for line in self.lines if line.beyond}

    @property
    def ships_by(self) -> date | None:
        """By when the order leaves, all of it together, where something in it is to come."""
        return max((line.ships_by for line in self.lines if line.ships_by), default=None)

    def order_lines(self) -> list[Line]:
        """The snapshot that the order keeps."""
        parts = zip(self.lines, self.discounts.shares, self.taxes.lines, strict=True)
        return [order_line(*part) for part in parts]

    @property
    def delivery_name(self) -> str:
        """Where to and how, as the order keeps it: "United States, Tracked post"."""
        if self.way.pickup:
            return f"{self.way.name}: {self.way.place}"[:200]
        return ", ".join(filter(None, (self.zone.name, self.way.name)))[:200]

    def order_tax(self) -> OrderTax:
        """How the order is taxed."""
        return OrderTax(
            provider=self.taxes.provider,
            name=self.taxes.name,
            region=self.region,
            inclusive=self.taxes.inclusive,
            delivery_minor=self.taxes.delivery.minor,
            included_minor=self.taxes.included.minor,
        )

    def spendings(self) -> list[Spending]:
        """The offers that the order uses up."""
        return self.discounts.spendings()


def quote(cart: Cart, *, country: str | None = None) -> Quote:
    """Price a cart for delivery to `country` (else the cart's own, else home).

    Lines whose variant is unknown are left out. Raises Invalid, beside the field `country`, where we do not deliver.
    """
    return quote_beside(open_order_of(cart.id), cart, country=country)


def quote_beside(waiting: OrderFacts | None, cart: Cart, *, country: str | None = None) -> Quote:
    """The same where the cart's own unpaid order is known: what that holds is free for it."""
    wanted = country or cart.country
    return priced(cart, _known(cart, wanted, waiting), country=wanted)


def estimates(cart: Cart) -> tuple[Quote, list[Quote]]:
    """The cart's quote, and one for each way to send it there; everything is read once. Raises Invalid as `quote`."""
    known = _known(cart, cart.country, open_order_of(cart.id))
    asked = priced(cart, known, country=cart.country)
    return asked, [priced(replace(cart, rate_id=way.rate_id), known, country=cart.country) for way in asked.ways]


def _known(cart: Cart, country: str, waiting: OrderFacts | None) -> Known:
    return Known(
        about=brand(),
        lines=quoted_lines(cart, waiting),
        zone=zone_of(country),
        tax_policy=policy(),
        tax_rates=rates(),
        offers=offers_of(cart, waiting),
        funds=gift_funds() if cart.gift else [],
        fee=setup().fee if cart.gift else None,
        now=clock.now(),
    )


def priced(cart: Cart, known: Known, *, country: str) -> Quote:
    """Add up; pure. Delivery looks at the goods after their discount; gifts come last, never lowered, never taxed."""
    lines, nothing = known.lines, Money.zero(known.about.currency)
    goods = total((line.total for line in lines), nothing.currency)
    place = country or known.zone.countries[0]
    grams = sum(line.variant.grams * line.quantity for line in lines)

    def ways(net: Money) -> list[Option]:
        return options(known.zone, goods=net, grams=grams, postcode=cart.postcode)

    using = discounted(
        cart.code,
        lines,
        known.offers,
        currency=nothing.currency,
        delivery=lambda net: chosen(ways(net), cart.rate_id).price,
        now=known.now,
        zone=known.about.time_zone,
    )
    taxes = _taxes(cart, known, using, place)
    before_gift = Sums(goods, using.on_goods, using.delivery_price, taxes.added, nothing, nothing)
    gift = quoted_gift(cart.gift, before=before_gift.total, funds=known.funds, fee=known.fee)
    given = {"gift": gift.amount, "fee_cover": gift.fee_cover} if gift else {}
    offered = ways(goods - using.on_goods)
    return Quote(
        cart_id=cart.id,
        lines=lines,
        zone=known.zone,
        country=place,
        regions={} if taxes.pending else regions(known.tax_rates, place),
        ways=offered,
        way=chosen(offered, cart.rate_id),
        taxes=taxes,
        region=_region(cart, place),
        postcode=cart.postcode,
        code=cart.code,
        discounts=using,
        gift=gift,
        sums=replace(before_gift, **given),
    )


def _taxes(cart: Cart, known: Known, using: Discounts, place: str) -> Taxes:
    nets = [line.total - share for line, share in zip(known.lines, using.shares, strict=True)]
    rate = best_rate(known.tax_rates, place, _region(cart, place))
    return provider_of(known.tax_policy, rate).taxes(nets, using.delivery_price)


def _region(cart: Cart, place: str) -> str:
    """A region belongs to the country that it was chosen for."""
    return cart.region if place == cart.country or not cart.country else ""
