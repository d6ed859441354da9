"""State for tests, built as the store itself builds it: by the rooms' operations and the journeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

from shop.brand import operations as branding
from shop.brand.rules import BrandView
from shop.cart.rules import Cart, GiftChoice
from shop.catalogue import operations as catalogue
from shop.catalogue.operations import NewProduct, NewVariant
from shop.catalogue.queries import all_variants
from shop.core import clock
from shop.core.database import end_read, transaction
from shop.core.money import Money
from shop.delivery.operations import add_zone
from shop.discounts.operations import offers as discounts
from shop.discounts.rules import Kind, Terms
from shop.giving import operations as giving
from shop.giving.rules import NewPartner
from shop.journeys.open_page import Started
from shop.journeys.settle_payment import settle_payment
from shop.journeys.start_checkout import start_checkout
from shop.orders.queries import order
from shop.orders.rules import NO_WISHES, OrderFacts, Wishes
from shop.stock.operations import Opening, open_levels
from tests.support.snapshots import once
from tests.support.till import Till

SIZES = ("S", "M", "L")


def usd(minor: int) -> Money:
    """So many cents."""
    return Money(minor, "USD")


BRAND = BrandView(
    slug="open-door",
    name="Open Door",
    tagline="Tees that give",
    introduction="A store for tests.",
    operator="Open Door Project",
    registration=None,
    contact_email="hello@shop.test",
    currency="USD",
    gift_presets=(usd(300), usd(500), usd(1000)),
    gift_minimum=usd(100),
    gift_maximum=usd(50_000),
    round_up_steps=(usd(100), usd(500)),
    demo=False,
    demo_notice="",
)
PARTNER = NewPartner(
    slug="polaris",
    name="Polaris",
    legal_name=None,
    former_names="",
    place="Washington",
    founded=2002,
    registry_name=None,
    registry_number=None,
    blurb="Supports survivors.",
    story="",
    website=None,
    links={},
    status="active",
    verified_on=None,
    staff_notes="",
    position=1,
)


@dataclass(frozen=True)
class Shelf:
    """What `open_shop` made: ids, the variants' by SKU (`TEE-S`, `TEE-M`, `TEE-L`)."""

    partner_id: int
    fund_id: int
    product_id: int
    pledge_id: int | None
    variants: Mapping[str, int]


def open_shop(
    *, stock: int | Mapping[str, int] = 10, price: int = 2500, pledge: int | None = 500, cap: int | None = None
) -> Shelf:
    """A brand, two zones, a fund, and one tee in three sizes.

    `stock` is per SKU, or the same for all; `pledge` is what each sold one gives to the partner, in cents.
    """
    told = stock if isinstance(stock, int) else tuple(sorted(stock.items()))
    return once(("shop", told, price, pledge, cap), lambda: _opened(stock, price, pledge, cap))


def _opened(stock: int | Mapping[str, int], price: int, pledge: int | None, cap: int | None) -> Shelf:
    with transaction():
        branding.found(BRAND)
        add_zone(name="Home", countries=["US"], rate=usd(500), free_from=usd(10_000), estimate="", note=None)
        add_zone(name="World", countries=["GB", "DE"], rate=usd(1500), free_from=None, estimate="", note=None)
        fund_id = giving.add_fund(slug="open-fund", name="Open Fund", purpose="Shelter", route="own_fund")
        partner_id = giving.add_partner(PARTNER)
        product_id, variants = add_tee("tee", price=price, stock=stock)
        promised = None if pledge is None else add_pledge(product_id, partner_id, pledge, cap=cap)
    return Shelf(partner_id, fund_id, product_id, promised, variants)


def add_tee(slug: str, *, price: int, stock: int | Mapping[str, int]) -> tuple[int, dict[str, int]]:
    """A published tee with stock, in the open transaction; its id and its variants' by SKU."""
    skus = {f"{slug}-{size}".upper(): size for size in SIZES}
    product_id, variants = catalogue.add_product(
        new_product(slug),
        colours=[("ink", "Ink", "#17181c")],
        variants=[
            NewVariant("ink", size, position, sku, usd(price), weight_grams=165)
            for position, (sku, size) in enumerate(skus.items())
        ],
    )
    catalogue.publish(product_id)
    units = {sku: stock if isinstance(stock, int) else stock.get(sku, 0) for sku in variants}
    openings = [Opening(variants[sku], product_id, units[sku]) for sku in variants]
    open_levels(openings, reason="First delivery", actor="robin")
    return product_id, variants


def add_pledge(product_id: int, partner_id: int, per_unit: int, *, cap: int | None = None) -> int:
    """So many cents of each unit, since yesterday, in the open transaction; its id."""
    return giving.add_pledge(
        product_id=product_id,
        partner_id=partner_id,
        per_unit=usd(per_unit),
        currency="USD",
        starts_at=clock.now() - timedelta(days=1),
        cap=None if cap is None else usd(cap),
    )


def add_offer(
    *,
    code: str = "",
    kind: Kind = "percent",
    basis_points: int | None = 1_000,
    code_uses: int | None = None,
    currency: str = "USD",
    **terms: Any,
) -> int:
    """10% off unless told otherwise, by a code or by itself; its id."""
    with transaction():
        shares = basis_points if kind in ("percent", "buy_get") else None
        offer = Terms(name="Spring sale", kind=kind, automatic=not code, basis_points=shares, **terms)
        discount_id = discounts.add_discount(offer, currency=currency)
        if code:
            discounts.add_code(discount_id, code, most_uses=code_uses)
    return discount_id


def new_product(slug: str, *, position: int = 1) -> NewProduct:
    """What staff say of a tee; "north-star" is called "North Star"."""
    return NewProduct(
        slug=slug,
        title=slug.replace("-", " ").title(),
        summary="A tee for tests.",
        story="It has a **story**.",
        garment="tee",
        artwork="north-star",
        artwork_credit="Drawn for tests",
        fabric="100% cotton",
        weight_gsm=180,
        origin="Made in Portugal",
        print_method="Screen print",
        care="Wash at 30 °C.",
        fit_note="Regular fit.",
        supplier_states="The supplier states that it is organic.",
        position=position,
    )


@dataclass
class Shopper:
    """Somebody with a cart: `Shopper(till).puts("TEE-M", 2).gives(500).checks_out().pays().comes_back()`."""

    till: Till
    cart: Cart = field(default_factory=Cart.new)
    started: Started | None = None

    def puts(self, sku: str, quantity: int = 1) -> Self:
        variant = next(one for one in all_variants() if one.sku == sku)
        end_read()
        self.cart = self.cart.adding(variant.id, quantity, price=variant.price.minor)
        return self

    def gives(self, minor: int) -> Self:
        self.cart = self.cart.giving(GiftChoice("own", minor))
        return self

    def types(self, code: str) -> Self:
        """A discount code."""
        self.cart = self.cart.coded(code)
        return self

    def rounds_up(self) -> Self:
        self.cart = self.cart.giving(GiftChoice("round_up", 100))
        return self

    def checks_out(self, *, country: str = "US", note: str = "", wishes: Wishes = NO_WISHES) -> Self:
        services = self.till.services
        self.started = start_checkout(self.cart, country=country, note=note, wishes=wishes, services=services)
        return self

    def goes_to(self, country: str, *, region: str = "", postcode: str = "", rate_id: int = 0) -> Self:
        self.cart = self.cart.going_to(country, region=region, postcode=postcode, rate_id=rate_id)
        return self

    def pays(self, *, email: str = "robin@example.org") -> Self:
        self.till.processor.pays(self.session_id, email=email)
        return self

    def pays_slowly(self) -> Self:
        self.till.processor.pays_slowly(self.session_id)
        return self

    def comes_back(self) -> Self:
        """The return page."""
        settle_payment(self.session_id, self.till.services)
        return self

    def buys(self, sku: str = "TEE-M", quantity: int = 1) -> Self:
        """From the shelf to the paid order, letters sent."""
        self.puts(sku, quantity).checks_out().pays().comes_back()
        self.till.catches_up()
        return self

    @property
    def order_id(self) -> str:
        assert self.started is not None
        return self.started.order_id

    @property
    def session_id(self) -> str:
        return self.till.processor.page_of(self.order_id).id

    @property
    def order(self) -> OrderFacts:
        facts = order(self.order_id)
        end_read()
        return facts
