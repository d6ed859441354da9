"""Products and their variants: added, published, retired, priced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select, update

from shop.catalogue.models import Colour, Product, Variant
from shop.catalogue.operations.mark import note_change
from shop.catalogue.search.index import index_products
from shop.core import clock
from shop.core.columns import Json
from shop.core.database import insert_many, session
from shop.core.errors import Invalid
from shop.core.money import Money


class NewProduct(Struct, frozen=True):
    """What staff say of a product before it has colours and sizes; `story` is Markdown."""

    slug: str
    title: str
    summary: str
    story: str
    garment: str
    artwork: str
    artwork_credit: str
    fabric: str
    weight_gsm: int
    origin: str
    print_method: str
    care: str
    fit_note: str
    supplier_states: str | None
    position: int
    certifications: str | None = None
    most_each: int | None = None


class NewVariant(Struct, frozen=True):
    """A size of one colour; `size_position` orders XS before S."""

    colour: str
    size: str
    size_position: int
    sku: str
    price: Money
    weight_grams: int


class Listing(Struct, frozen=True):
    """A product with its colours (slug, name, cloth hex) in their order, and its variants."""

    product: NewProduct
    colours: Sequence[tuple[str, str, str]]
    variants: Sequence[NewVariant]


class Listed(Struct, frozen=True):
    """A product that was added, with its variants' ids by SKU."""

    slug: str
    product_id: int
    variants: Mapping[str, int]


def add_product(
    new: NewProduct, *, colours: Sequence[tuple[str, str, str]], variants: Sequence[NewVariant]
) -> tuple[int, dict[str, int]]:
    """Add a draft with its colours (slug, name, cloth hex) and variants.

    Returns its id and the variants' ids by SKU; raises Invalid when there is nothing to sell, a price is nothing or
    in another currency than the first, or a variant's colour is not among the colours.
    """
    (added,) = _add([Listing(new, colours, variants)], status="draft", published_at=None)
    return added.product_id, dict(added.variants)


def add_published(listings: Sequence[Listing]) -> list[Listed]:
    """Add many products at once, on the shelf at once, and say so in their order; raises as `add_product` does.

    Six statements however many there are: hand it a few hundred at a time.
    """
    return _add(listings, status="published", published_at=clock.now())


def publish(product_id: int) -> None:
    """Put a draft on the shelf."""
    moment = clock.now()
    draft = update(Product).where(Product.id == product_id, Product.status == "draft")
    session().execute(draft.values(status="published", published_at=moment, updated_at=moment))
    note_change()


def retire(product_id: int) -> None:
    """Take a product off the shelf; its page stays and says so, and nothing of it can be bought."""
    shown = update(Product).where(Product.id == product_id, Product.status == "published")
    session().execute(shown.values(status="retired", updated_at=clock.now()))
    note_change()


def price_variant(variant_id: int, *, price: Money) -> None:
    """Set a variant's price, and its product's lowest with it."""
    if price.minor <= 0:
        raise Invalid("A price is more than nothing.", field="price")
    changed = update(Variant).where(Variant.id == variant_id, Variant.currency == price.currency)
    product_id = session().execute(changed.values(price_minor=price.minor).returning(Variant.product_id)).scalar_one()
    lowest = select(func.min(Variant.price_minor)).where(Variant.product_id == product_id, Variant.active)
    session().execute(
        update(Product)
        .where(Product.id == product_id)
        .values(price_from_minor=lowest.scalar_subquery(), updated_at=clock.now())
    )
    note_change()


def _add(listings: Sequence[Listing], *, status: str, published_at: datetime | None) -> list[Listed]:
    for listing in listings:
        _check(listing)
    current, moment = session(), clock.now()
    state = {"status": status, "published_at": published_at, "created_at": moment, "updated_at": moment}
    insert_many(Product, [_product_values(listing) | state for listing in listings])
    slugs = [listing.product.slug for listing in listings]
    ids = dict(iter(current.execute(select(Product.slug, Product.id).where(Product.slug.in_(slugs)))))
    insert_many(Colour, [row for one in listings for row in _colour_values(ids[one.product.slug], one)])
    colours = _colour_ids(ids.values())
    insert_many(Variant, [row for one in listings for row in _variant_values(ids[one.product.slug], one, colours)])
    variants = _variant_ids(ids.values())
    index_products(ids.values())
    note_change()
    return [Listed(slug, ids[slug], variants[ids[slug]]) for slug in slugs]


def _check(listing: Listing) -> None:
    prices = [variant.price for variant in listing.variants]
    if not prices or len({price.currency for price in prices}) != 1 or min(price.minor for price in prices) <= 0:
        raise Invalid("A product needs at least one variant, and all prices in one currency and above nothing.")
    if not {variant.colour for variant in listing.variants} <= {slug for slug, _, _ in listing.colours}:
        raise Invalid("Each variant comes in one of the colours of its product.")


def _product_values(listing: Listing) -> Json:
    lowest = min(variant.price for variant in listing.variants)
    facts = {field: getattr(listing.product, field) for field in NewProduct.__struct_fields__}
    return facts | {"price_from_minor": lowest.minor, "currency": lowest.currency}


def _colour_values(product_id: int, listing: Listing) -> list[Json]:
    return [
        {"product_id": product_id, "slug": slug, "name": name, "cloth": cloth, "position": position}
        for position, (slug, name, cloth) in enumerate(listing.colours)
    ]


def _colour_ids(product_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = session().execute(
        select(Colour.product_id, Colour.slug, Colour.id).where(Colour.product_id.in_(list(product_ids)))
    )
    return {(product_id, slug): colour_id for product_id, slug, colour_id in rows}


def _variant_ids(product_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    rows = session().execute(
        select(Variant.product_id, Variant.sku, Variant.id).where(Variant.product_id.in_(list(product_ids)))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for product_id, sku, variant_id in rows:
        found[product_id][sku] = variant_id
    return found


def _variant_values(product_id: int, listing: Listing, colours: Mapping[tuple[int, str], int]) -> list[Json]:
    return [
        {
            "product_id": product_id,
            "colour_id": colours[product_id, new.colour],
            "sku": new.sku,
            "size": new.size,
            "size_position": new.size_position,
            "price_minor": new.price.minor,
            "currency": new.price.currency,
            "weight_grams": new.weight_grams,
            "active": True,
        }
        for new in listing.variants
    ]
