"""Puts the demo movement into an empty database, and a long shelf of generated products when asked.

The movement is one write unit that begins by founding the brand: whoever finds a brand there changes nothing, and of
two that begin at once one waits and then finds it. Generated products come in batches, each a write unit of its own,
so that a running store is never kept waiting for long; only those that are missing are added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from shop.brand import operations as brand_operations
from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.core.money import Money
from shop.demo import generated, movement, shelf, spanish, stories, taking
from shop.demo.content import BRAND, GIFT_CHOICES

MOST_GENERATED = 100_000
BATCH = 250


class NotTheDemo(Conflict):
    """The database holds a store of somebody's own."""

    def __init__(self) -> None:
        super().__init__("This store has a brand of its own: generated products go into the demo only.")


class SeedReport(Struct, frozen=True):
    """How many of each kind were added, by the plural of its name; empty when everything was there before."""

    added: Mapping[str, int]


def seed(*, products: int | None = None) -> SeedReport:
    """Add the demo movement unless the store has a brand, and generated products until there are `products` of them.

    Raises Invalid for a number below 0 or above `MOST_GENERATED`, NotTheDemo for generated products in a real store.
    """
    wanted = products or 0
    if not 0 <= wanted <= MOST_GENERATED:
        raise Invalid(f"Ask for 0 to {MOST_GENERATED} generated products.")
    added: Counter[str] = Counter()
    added.update(_found())
    if wanted and brand().slug != BRAND.slug:
        raise NotTheDemo
    for first in range(1, wanted + 1, BATCH):
        added.update(_generate(range(first, min(first + BATCH, wanted + 1))))
    return SeedReport(dict(+added))


@again
def _found() -> Mapping[str, int]:
    with transaction():
        return _movement() if brand_operations.found(_brand()) else {}


@again
def _generate(numbers: range) -> Mapping[str, int]:
    with transaction():
        brand_operations.lock()
        return generated.add(numbers)


def _movement() -> Mapping[str, int]:
    partners = movement.add_partners()
    products = shelf.add_products(partners)
    added = {
        "brands": 1,
        "funds": movement.add_funds(),
        "partners": len(partners),
        "delivery zones": movement.add_zones(),
        "size charts": shelf.add_size_charts(),
        "products": len(products),
        "collections": shelf.add_collections(products),
        "claims": stories.add_claims(),
        "helplines": stories.add_helplines(),
        "campaigns": stories.add_campaigns(products=products, partners=partners),
        "pages": stories.add_pages(),
        "appeals": taking.add_appeals(),
    }
    return added | {"Spanish texts": spanish.add_words(products=products, partners=partners)}


def _brand() -> BrandView:
    def money(minor: int) -> Money:
        return Money(minor, BRAND.currency)

    return BrandView(
        slug=BRAND.slug,
        name=BRAND.name,
        tagline=BRAND.tagline,
        introduction=BRAND.introduction,
        operator=BRAND.name,
        registration=BRAND.registration,
        contact_email=BRAND.contact_email,
        currency=BRAND.currency,
        gift_presets=tuple(map(money, GIFT_CHOICES.presets_minor)),
        gift_minimum=money(GIFT_CHOICES.minimum_minor),
        gift_maximum=money(GIFT_CHOICES.maximum_minor),
        round_up_steps=tuple(map(money, GIFT_CHOICES.round_up_to_minor)),
        demo=True,
        demo_notice=BRAND.demo_notice,
    )
