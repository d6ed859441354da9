"""Staff make products, say what they are, price them, and put them on the shelf; each change says who.

A new variant begins to be counted at once, at none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from shop.catalogue import operations as catalogue
from shop.catalogue.operations import NewProduct, NewVariant, VariantTerms
from shop.catalogue.rules import own_ean13
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.money import Money
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences
from shop.stock.operations import open_level


class NewColour(Struct, frozen=True):
    """A colour with the sizes it comes in, smallest first, all at one price and weight; `cloth` is sRGB hex."""

    slug: str
    name: str
    cloth: str
    sizes: Sequence[tuple[str, int]]
    price: Money
    weight_grams: int


@again
def make_product(facts: NewProduct, colour: NewColour, *, actor: str) -> int:
    """A draft with its first colour; its id. Raises Invalid."""
    variants = [
        NewVariant(colour.slug, size, place, sku(facts.slug, colour.slug, size), colour.price, colour.weight_grams)
        for size, place in colour.sizes
    ]
    with transaction():
        catalogue.free_address(facts.slug)
        product_id, made = catalogue.add_product(
            facts, colours=[(colour.slug, colour.name, colour.cloth)], variants=variants
        )
        for variant_id in made.values():
            open_level(variant_id=variant_id, product_id=product_id)
        _audit(actor, "product.made", product_id, begun({**asdict(facts), **_colour(colour)}))
    return product_id


@again
def say_of_product(product_id: int, facts: NewProduct, *, actor: str) -> None:
    """Other words or another address. Raises Invalid and NotFound."""
    with transaction():
        before = catalogue.change_product(product_id, facts)
        _audit(actor, "product.changed", product_id, differences(before, asdict(facts)))


@again
def show_product(product_id: int, *, at: datetime | None, actor: str) -> None:
    """Put it on the shelf, now or from a moment on. Raises Invalid and NotFound."""
    with transaction():
        before = catalogue.standing_of(product_id)
        catalogue.schedule(product_id, at=at)
        _audit(actor, "product.shown", product_id, differences(before, catalogue.standing_of(product_id)))


@again
def withdraw_product(product_id: int, *, to: str, actor: str) -> None:
    """Take it off the shelf, to `draft` or `retired`. Raises Invalid and NotFound."""
    with transaction():
        before = catalogue.standing_of(product_id)
        catalogue.withdraw(product_id, to=to)
        _audit(actor, "product.withdrawn", product_id, differences(before, catalogue.standing_of(product_id)))


@again
def add_colour(product_id: int, slug: str, colour: NewColour, *, actor: str) -> None:
    """One more colour, in the sizes that it comes in; `slug` is the product's. Raises Invalid."""
    with transaction():
        colour_id = catalogue.add_colour(product_id, slug=colour.slug, name=colour.name, cloth=colour.cloth)
        for size, place in colour.sizes:
            variant_id = catalogue.add_variant(
                product_id,
                colour_id,
                size=size,
                size_position=place,
                sku=sku(slug, colour.slug, size),
                price=colour.price,
                weight_grams=colour.weight_grams,
            )
            open_level(variant_id=variant_id, product_id=product_id)
        _audit(actor, "product.colour", product_id, begun(_colour(colour)))


@again
def add_size(product_id: int, colour: str, size: str, *, actor: str) -> None:
    """One more size of a colour that is there, at the price and weight of the colour's first, off the shelf's count.

    A size that the product has in another colour keeps its place there; a new one comes last. Raises Invalid, NotFound.
    """
    with transaction():
        like = catalogue.like_of(product_id, colour, size)
        variant_id = catalogue.add_variant(
            product_id,
            like.colour_id,
            size=size,
            size_position=like.size_position,
            sku=sku(like.product, colour, size),
            price=like.price,
            weight_grams=like.weight_grams,
        )
        open_level(variant_id=variant_id, product_id=product_id)
        _audit(actor, "product.size", product_id, begun({"colour": colour, "size": size, "price": str(like.price)}))


@again
def price_product(product_id: int, terms: Sequence[VariantTerms], *, actor: str) -> None:
    """Prices, SKUs and barcodes of all its variants, all or none. Raises Invalid and NotFound."""
    with transaction():
        before = catalogue.terms_of(product_id)
        catalogue.set_variants(product_id, terms)
        _audit(actor, "product.priced", product_id, differences(before, catalogue.terms_of(product_id)))


def sku(product: str, colour: str, size: str) -> str:
    """A SKU for a variant until staff choose another: "NORTH-STAR-TEE-INK-M"."""
    last = f"-{colour[:12]}-{size}".upper().replace(" ", "")
    return product.upper()[: 40 - len(last)].rstrip("-") + last


def barcode_of(variant_id: int) -> str:
    """The barcode of the store's own range that a variant has until staff enter another."""
    return own_ean13(variant_id)


def _colour(colour: NewColour) -> Json:
    return {"colour": colour.name, "sizes": [size for size, _ in colour.sizes], "price": str(colour.price)}


def _audit(actor: str, action: str, product_id: int, details: Json) -> None:
    audit(actor=actor, action=action, subject=f"product {product_id}", details=details)
