"""What a product page lets a shopper choose: every colour and size with its price and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from shop.catalogue.models import Colour, Variant
from shop.core.database import session
from shop.core.money import Money
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant; `cloth` is sRGB hex, `position` orders the sizes, `available` what can still be promised."""

    colour: str
    colour_name: str
    cloth: str
    size: str
    position: int
    price: Money
    available: int
    compare_at: Money | None = None


_CHOICES = (
    select(
        Colour.slug,
        Colour.name,
        Colour.cloth,
        Variant.size,
        Variant.size_position,
        Variant.price_minor,
        Variant.currency,
        func.coalesce(AVAILABLE, 0),
        Variant.compare_at_minor,
    )
    .join(Colour, Colour.id == Variant.colour_id)
    .outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    .where(Variant.product_id == bindparam("product_id"), Variant.active)
    .order_by(Colour.position, Colour.id, Variant.size_position, Variant.id)
)


def choices(product_id: int) -> list[Choice]:
    """Active variants by colour and then size, smallest first."""
    rows = session().execute(_CHOICES, {"product_id": product_id})
    return [
        Choice(slug, name, cloth, size, position, Money(minor, currency), int(left), _money(before, currency))
        for slug, name, cloth, size, position, minor, currency, left, before in rows
    ]


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
