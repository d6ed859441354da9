"""What a product page lets a shopper choose: every colour and size with its price and what is left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from shop.brand.queries import brand
from shop.catalogue.models import Colour, Variant
from shop.catalogue.said import COLOURS, SIZES
from shop.core.database import session
from shop.core.money import Money
from shop.core.phrases import sayer
from shop.core.zones import today_in
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE, PREORDER
from shop.stock.rules import salable


class Choice(Struct, frozen=True):
    """One variant; `cloth` is sRGB hex, `position` orders the sizes, `available` what can still be promised.

    `colour_name` and `size_name` are in the language spoken, `size` is what forms send. `room` is how many of what is
    to come may be pre-ordered, to leave by `ships_by`.
    """

    colour: str
    colour_name: str
    cloth: str
    size: str
    size_name: str
    position: int
    price: Money
    available: int
    compare_at: Money | None = None
    room: int = 0
    ships_by: date | None = None

    @property
    def gone(self) -> bool:
        """Neither on the shelf nor to be pre-ordered."""
        return self.available <= 0 and self.room <= 0

    @property
    def to_come(self) -> date | None:
        """By when it leaves, where none is on the shelf and one can be pre-ordered."""
        return self.ships_by if self.available <= 0 < self.room else None


_OFFERED = (
    select(
        Variant.product_id,
        Colour.slug,
        Colour.name,
        Colour.cloth,
        Variant.size,
        Variant.size_position,
        Variant.price_minor,
        Variant.currency,
        func.coalesce(AVAILABLE, 0),
        Variant.compare_at_minor,
        *PREORDER,
    )
    .join(Colour, Colour.id == Variant.colour_id)
    .outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    .where(Variant.product_id.in_(bindparam("products", expanding=True)), Variant.active)
    .order_by(Variant.product_id, Colour.position, Colour.id, Variant.size_position, Variant.id)
)


def choices(product_id: int) -> list[Choice]:
    """Active variants by colour and then size, smallest first."""
    return choices_of([product_id]).get(product_id, [])


def choices_of(product_ids: Iterable[int]) -> dict[int, list[Choice]]:
    """The same for several products, in one statement."""
    found: dict[int, list[Choice]] = {}
    say, say_size = sayer(COLOURS), sayer(SIZES)
    rows = session().execute(_OFFERED, {"products": list(product_ids)})
    today = today_in(brand().time_zone)
    for product_id, slug, name, cloth, size, position, minor, currency, left, before, *days in rows:
        price, compared = Money(minor, currency), _money(before, currency)
        room, by = _beyond(int(left), days, today) if days[0] else (0, None)
        choice = Choice(slug, say(name), cloth, size, say_size(size), position, price, int(left), compared, room, by)
        found.setdefault(product_id, []).append(choice)
    return found


def _beyond(left: int, days: list[Any], today: date) -> tuple[int, date | None]:
    """How many of what is to come may be pre-ordered, and by when they leave."""
    known = salable(left, *days, today=today)
    return known.room, known.ships_by


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
