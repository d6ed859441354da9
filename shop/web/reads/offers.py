"""Everything that is on sale, a row for each variant, for feeds: read and handed on in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import func, select

from shop.brand.queries import brand
from shop.catalogue.models import Colour, Product, Variant
from shop.catalogue.queries import ON_SHELF
from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.money import Money
from shop.core.zones import today_in
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE, PREORDER

PIECE = 1_000


class Offer(Struct, frozen=True):
    """One variant of a product on the shelf; `cloth` is sRGB hex. `to_come`: by when a pre-order leaves."""

    price: Money
    compare_at: Money | None
    available: int
    to_come: date | None
    sku: str
    slug: str
    title: str
    summary: str
    garment: str
    artwork: str
    fabric: str
    colour: str
    colour_slug: str
    cloth: str
    size: str
    barcode: str | None
    weight_grams: int


class NewProduct(Struct, frozen=True):
    """A product as news."""

    slug: str
    title: str
    summary: str
    published_at: datetime


_OFFERS: AnySelect = (
    select(
        Variant.sku,
        Product.slug,
        Product.title,
        Product.summary,
        Product.garment,
        Product.artwork,
        Product.fabric,
        Colour.name,
        Colour.slug,
        Colour.cloth,
        Variant.size,
        Variant.barcode,
        Variant.weight_grams,
        Variant.price_minor,
        Variant.currency,
        Variant.compare_at_minor,
        func.coalesce(AVAILABLE, 0),
        *PREORDER,
    )
    .join(Product, Product.id == Variant.product_id)
    .join(Colour, Colour.id == Variant.colour_id)
    .outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    .where(ON_SHELF, Variant.active)
    .order_by(Product.position, Product.id, Colour.position, Variant.size_position)
    .execution_options(yield_per=PIECE)
)


def offers() -> Iterator[Offer]:
    """In the order of the shelf, never more than a piece of them in memory."""
    today = today_in(brand().time_zone)
    rows = session().execute(_OFFERS, {"moment": clock.now()})
    for *texts, minor, currency, before, left, cap, taken, ships_by, until in rows:
        compare_at = None if before is None else Money(before, currency)
        to_come = ships_by if left <= 0 and until is not None and until >= today and taken < cap else None
        yield Offer(Money(minor, currency), compare_at, int(left), to_come, *texts)


def newest(*, limit: int) -> list[NewProduct]:
    """What came to the shelf last, first."""
    shown: AnySelect = select(Product.slug, Product.title, Product.summary, Product.published_at).where(ON_SHELF)
    latest = shown.order_by(Product.published_at.desc(), Product.id.desc()).limit(limit)
    return [NewProduct(*row) for row in session().execute(latest, {"moment": clock.now()})]
