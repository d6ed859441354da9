"""What photographs show and a fresh demo has not: tees that are sold out, and a cart to which everything happened."""

from __future__ import annotations

from collections.abc import Mapping

from shop.catalogue.operations.products import price_variant
from shop.catalogue.queries import all_variants, ids_by_slug
from shop.catalogue.rules import VariantInCart
from shop.core.database import end_read, transaction
from shop.core.money import Money
from shop.discounts.rules import Terms
from shop.journeys.keep_discounts import make_discount
from shop.journeys.keep_stock import adjust_stock
from shop.stock.queries import available_of
from tests.support.shopper import Crowd

SOLD_OUT = "many-hands-tee"
SIZE_GONE = ("common-thread-tee", "L")
FEW_LEFT = ("common-thread-tee", "XL")
CODE, ROBIN = "FRIENDS10", "Robin Vale"
LINES = (  # of a full cart: tee, colour, size, units
    ("look-closer-tee", "paper", "S", 2),
    ("every-name-matters-tee", "plum", "XL", 3),
    ("open-door-long-sleeve", "forest", "M", 1),
    ("look-closer-tote", "paper", "One size", 1),
)
GIFT = {"gift": "own", "own_amount": "12.00", "fund": "split", "cover": "1"}
SHARES = {"weight-open-door-fund": "3", "weight-safe-night-fund": "1"}


def sell_out() -> None:
    """All of one tee, one size of another in every colour, and all but three of a further size."""
    for one in _variants(SOLD_OUT, SIZE_GONE[0]):
        if one.slug == SOLD_OUT or (one.slug, one.size) == SIZE_GONE:
            _leave(one, 0)
        elif (one.slug, one.size) == FEW_LEFT:
            _leave(one, 3)


def offer_code() -> None:
    offer = Terms(name="A tenth off for friends", kind="percent", automatic=False, basis_points=1_000)
    make_discount(offer, code=CODE, code_uses=None, actor=ROBIN)


def full_cart(url: str) -> Mapping[str, str]:
    """Cookies of somebody with four lines, a gift shared between two funds and a discount code."""
    with Crowd(url) as crowd:
        visitor = crowd.comes()
        for slug, colour, size, units in LINES:
            visitor.puts(slug, colour=colour, size=size, quantity=units)
        visitor.browser.post("/cart/gift", GIFT | SHARES)
        visitor.browser.post("/cart/code", {"code": CODE})
        return dict(crowd.browsers[0].cookies)


def change_meanwhile() -> None:
    """What a full cart meets when its owner comes back: a tee that is dearer, one that is scarce, one that is gone."""
    scarce, dearer, gone, _bag = (_variant(slug, colour, size) for slug, colour, size, _units in LINES)
    _leave(scarce, 1)
    _leave(gone, 0)
    with transaction():
        price_variant(dearer.id, price=Money(dearer.price.minor + 200, dearer.price.currency))


def _variant(slug: str, colour: str, size: str) -> VariantInCart:
    return next(one for one in _variants(slug) if (one.colour_slug, one.size) == (colour, size))


def _variants(*slugs: str) -> list[VariantInCart]:
    found = all_variants(product_ids=ids_by_slug(slugs).values())
    end_read()
    return found


def _leave(one: VariantInCart, units: int) -> None:
    there = available_of([one.id])[one.id]
    end_read()
    if there > units:
        adjust_stock(variant_id=one.id, change=units - there, reason="Sold at a fair", actor=ROBIN)
