"""Products for tests, by the catalogue's own operations. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping

from shop.catalogue.operations import Listing, NewVariant, add_product, publish
from shop.core.money import Money
from tests.support.factories import new_product

COLOURS = (("ink", "Ink", "#17181c"), ("paper", "Paper", "#f6f1e7"))
PRICES = {"M": 3200, "2XL": 3400}


def listing(slug: str, *, prices: Mapping[str, int] = PRICES, position: int = 1) -> Listing:
    """A tee in two colours, each in the sizes of `prices` (cents)."""
    variants = [
        NewVariant(
            colour=colour,
            size=size,
            size_position=place,
            sku=f"{slug}-{colour}-{size}".upper(),
            price=Money(minor, "USD"),
            weight_grams=165,
        )
        for colour, _, _ in COLOURS
        for place, (size, minor) in enumerate(prices.items())
    ]
    return Listing(new_product(slug, position=position), COLOURS, variants)


def add_tee(
    slug: str, *, prices: Mapping[str, int] = PRICES, position: int = 1, published: bool = True
) -> tuple[int, dict[str, int]]:
    """Its id, and its variants' ids by SKU (`SLUG-COLOUR-SIZE` in capitals)."""
    one = listing(slug, prices=prices, position=position)
    product_id, variants = add_product(one.product, colours=one.colours, variants=one.variants)
    if published:
        publish(product_id)
    return product_id, variants
