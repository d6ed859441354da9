"""What a cart costs now: every line, the gift, the delivery, and everything that changed since it was put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.cart.rules import Cart, CartLine, GiftChoice, fingerprint
from shop.catalogue.queries import variants_in_cart
from shop.catalogue.rules import VariantInCart
from shop.core.errors import Invalid
from shop.core.money import Money, total
from shop.delivery.queries import zones
from shop.delivery.rules import ZoneView, price
from shop.giving.queries import gift_funds, pledges_for
from shop.giving.rules import FundCard, PledgeTerms, round_up
from shop.orders.queries import open_order_of
from shop.orders.rules import Line, Sums
from shop.stock.queries import available_of, held_for


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A cart line at today's price. `available` counts what this cart's own unpaid order holds as free for it."""

    variant: VariantInCart
    quantity: int
    seen_price: Money
    available: int
    pledge: PledgeTerms | None
    pledge_amount: Money

    @property
    def total(self) -> Money:
        return self.variant.price * self.quantity

    @property
    def problem(self) -> str | None:
        """Why this line cannot be bought as it is, in words for the visitor; None when it can."""
        if not self.variant.buyable:
            return "This tee is no longer sold. Take it out to go on."
        if self.available <= 0:
            return "Sold out in this size and colour. Take it out to go on."
        if self.quantity > self.available:
            return f"Only {self.available} left in this size and colour. Lower the quantity to go on."
        return None

    @property
    def price_changed(self) -> bool:
        return self.seen_price != self.variant.price


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
        return [_order_line(line) for line in self.lines]


def quote(cart: Cart, *, country: str | None = None) -> Quote:
    """Price a cart for delivery to `country` (else the cart's own, else home).

    Lines whose variant is unknown are left out. Raises Invalid, beside the field `country`, where we do not deliver.
    """
    about = brand()
    lines = _lines(cart, about)
    goods = total((line.total for line in lines), about.currency)
    wanted = country or cart.country
    zone = _zone(wanted)
    nothing = Money.zero(about.currency)
    before_gift = Sums(goods=goods, discount=nothing, delivery=price(zone, goods), tax=nothing, gift=nothing)
    lifting = round_up(before_gift.total, step=about.round_up_steps[0])
    funds = gift_funds() if cart.gift else []
    gift = _gift(cart.gift, lifting) if funds else nothing
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


def gift_amount(kind: str, minor: int, about: BrandView) -> GiftChoice:
    """Check a gift that a visitor chose; raises Invalid beside the field `gift` or `own_amount`."""
    if kind == "round_up":
        return GiftChoice("round_up", 0)
    if kind == "preset" and minor in {preset.minor for preset in about.gift_presets}:
        return GiftChoice("preset", minor)
    if kind != "own":
        raise Invalid("Choose one of the amounts.", field="gift")
    if not about.gift_minimum.minor <= minor <= about.gift_maximum.minor:
        raise Invalid(
            f"Enter an amount from {about.gift_minimum.decimal():f} to {about.gift_maximum.decimal():f}.",
            field="own_amount",
        )
    return GiftChoice("own", minor)


def _zone(country: str) -> ZoneView:
    """The zone that serves a country; without one, the first, which is home."""
    served = (zone for zone in zones() if not country or country in zone.countries)
    zone = next(served, None)
    if zone is None:
        raise Invalid("We cannot deliver to that country yet. Choose another one.", field="country")
    return zone


def _lines(cart: Cart, about: BrandView) -> list[QuotedLine]:
    ids = [line.variant_id for line in cart.lines]
    variants = variants_in_cart(ids) if ids else {}
    free = _free_for(cart, ids) if ids else {}
    pledges = pledges_for({variant.product_id for variant in variants.values()}) if variants else {}
    room = {terms.id: terms.left for terms in pledges.values()}
    lines = []
    for wanted in cart.lines:
        if wanted.variant_id in variants:
            variant = variants[wanted.variant_id]
            lines.append(_line(wanted, variant, free, pledges.get(variant.product_id), room))
    return lines


def _line(
    wanted: CartLine,
    variant: VariantInCart,
    free: Mapping[int, int],
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
        available=free.get(wanted.variant_id, 0),
        pledge=terms,
        pledge_amount=amount,
    )


def _free_for(cart: Cart, variant_ids: list[int]) -> dict[int, int]:
    free = available_of(variant_ids)
    if waiting := open_order_of(cart.id):
        for variant_id, units in held_for(waiting.id).items():
            free[variant_id] = free.get(variant_id, 0) + units
    return free


def _gift(choice: GiftChoice | None, lifting: Money) -> Money:
    if choice is None:
        return Money.zero(lifting.currency)
    return lifting if choice.kind == "round_up" else Money(choice.minor, lifting.currency)


def _order_line(line: QuotedLine) -> Line:
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
        pledge_id=terms.id if terms else None,
        partner_id=terms.partner_id if terms else None,
        partner_slug=terms.partner_slug if terms else "",
        pledge=line.pledge_amount,
        pledge_sentence=terms.sentence() if terms else "",
    )
