"""The quote itself: its parts put together and added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.brand.queries import brand
from shop.cart.rules import Cart, GiftChoice, fingerprint
from shop.core.money import Money, total
from shop.delivery.rules import ZoneView, price
from shop.giving.queries import gift_funds
from shop.giving.rules import FundCard, round_up
from shop.journeys.quote.gift import gift_given
from shop.journeys.quote.lines import QuotedLine, order_line, quoted_lines
from shop.journeys.quote.zone import zone_of
from shop.orders.rules import Line, Sums


@dataclass(frozen=True, slots=True)
class Quote:
    """The sums a visitor sees, Stripe is sent and the order keeps: they are computed here and nowhere else."""

    cart_id: str
    lines: Sequence[QuotedLine]
    zone: ZoneView
    country: str
    gift_choice: GiftChoice | None
    fund: FundCard | None
    round_up: Money
    sums: Sums

    @property
    def problems(self) -> list[str]:
        return [line.problem for line in self.lines if line.problem]

    @property
    def version(self) -> str:
        """What the visitor has seen, without the delivery: a form that carries another one shows the cart again."""
        seen = [(line.variant.id, line.quantity, line.variant.price.minor) for line in self.lines]
        return fingerprint(seen, self.gift_choice)

    def order_lines(self) -> list[Line]:
        """The snapshot that the order keeps."""
        return [order_line(line) for line in self.lines]


def quote(cart: Cart, *, country: str | None = None) -> Quote:
    """Price a cart for delivery to `country` (else the cart's own, else home).

    Lines whose variant is unknown are left out. Raises Invalid, beside the field `country`, where we do not deliver.
    """
    about = brand()
    lines = quoted_lines(cart)
    goods = total((line.total for line in lines), about.currency)
    wanted = country or cart.country
    zone = zone_of(wanted)
    nothing = Money.zero(about.currency)
    before_gift = Sums(goods=goods, discount=nothing, delivery=price(zone, goods), tax=nothing, gift=nothing)
    lifting = round_up(before_gift.total, step=about.round_up_steps[0])
    funds = gift_funds() if cart.gift else []
    gift = gift_given(cart.gift, lifting) if funds else nothing
    return Quote(
        cart_id=cart.id,
        lines=lines,
        zone=zone,
        country=wanted or zone.countries[0],
        gift_choice=cart.gift if funds else None,
        fund=funds[0] if funds else None,
        round_up=lifting,
        sums=Sums(goods, nothing, before_gift.delivery, nothing, gift),
    )
