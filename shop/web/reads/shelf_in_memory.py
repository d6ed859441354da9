"""The products on the shelf in memory, as of a mark of the catalogue: what filters and sorts are answered from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import String, cast, func, select

from shop.catalogue.models import Colour, Product, Variant
from shop.core.database import session
from shop.core.money import decimals
from shop.web.reads.sieve import Bits, bits_of, price_steps, priced_within

Pair = tuple[str, str]  # colour, size


class ColourName(Struct, frozen=True):
    """How filters show a colour; `cloth` is sRGB hex."""

    name: str
    cloth: str


class Shelf(Struct, frozen=True):
    """What changes with the catalogue; `valid_until` is when the next product comes by itself, None for never.

    `prices` are bands of minor units, [from, below) with an open end, by the value that an address has for them.
    """

    mark: str
    valid_until: datetime | None
    currency: str
    ids: tuple[int, ...]
    titles: tuple[str, ...]
    orders: Mapping[str, Sequence[int]]
    garments: Mapping[str, Bits]
    prices: Mapping[str, tuple[int, int | None]]
    price_bits: Mapping[str, Bits]
    colours: Mapping[str, ColourName]
    colour_bits: Mapping[str, Bits]
    sizes: tuple[str, ...]
    variants: Mapping[Pair, Bits]


_PRODUCTS = (
    select(
        Product.id,
        Product.garment,
        Product.price_from_minor,
        Product.currency,
        Product.title,
        Product.published_at,
    )
    .where(Product.status == "published")
    .order_by(Product.position, Product.id)
)
ID_LIST = func.aggregate_strings(cast(Variant.product_id, String), ",")
_VARIANTS = (
    select(
        Colour.slug,
        Variant.size,
        func.min(Colour.name),
        func.min(Colour.cloth),
        func.min(Variant.size_position),
        ID_LIST,
    )
    .join(Colour, Colour.id == Variant.colour_id)
    .where(Variant.active)
    .group_by(Colour.slug, Variant.size)
)


def read_shelf(now: str, moment: datetime) -> Shelf:
    """As it is at `moment` and until then known by the mark `now`: two statements."""
    rows = session().execute(_PRODUCTS).all()
    later = [row.published_at for row in rows if row.published_at > moment]
    shown = [row for row in rows if row.published_at <= moment]
    ids = tuple(row.id for row in shown)
    at = positions(ids)
    variants = session().execute(_VARIANTS).all()
    sets = {(colour, size): listed_bits(listed, at) for colour, size, *_, listed in variants}
    places = {size: place for _, size, _, _, place, _ in variants}
    prices = [row.price_from_minor for row in shown]
    currency = shown[0].currency if shown else "USD"
    bands = {_band(low, top, currency): (low, top) for low, top in price_steps(prices, unit=10 ** decimals(currency))}
    return Shelf(
        mark=now,
        valid_until=min(later, default=None),
        currency=currency,
        ids=ids,
        titles=tuple(row.title for row in shown),
        orders=_orders(shown),
        garments=_by_value((row.garment for row in shown), len(ids)),
        prices=bands,
        price_bits={band: priced_within(prices, low, top) for band, (low, top) in bands.items()},
        colours={colour: ColourName(name, cloth) for colour, _, name, cloth, _, _ in variants},
        colour_bits=_in_any_size(sets),
        sizes=tuple(sorted(places, key=lambda size: (places[size], size))),
        variants={pair: found for pair, found in sets.items() if found},
    )


def _orders(shown: Sequence[Any]) -> dict[str, Sequence[int]]:
    """Positions by each sort; equals keep the order of the shelf."""
    every = range(len(shown))
    return {
        "featured": every,
        "newest": sorted(every, key=lambda at: shown[at].published_at, reverse=True),
        "price-low": sorted(every, key=lambda at: shown[at].price_from_minor),
        "price-high": sorted(every, key=lambda at: -shown[at].price_from_minor),
        "name": sorted(every, key=lambda at: shown[at].title.casefold()),
    }


def positions(ids: Sequence[int]) -> dict[int, int]:
    """Where each product stands on the shelf, by id."""
    return {product_id: position for position, product_id in enumerate(ids)}


def listed_bits(listed: str, at: Mapping[int, int]) -> Bits:
    """Products of an `ID_LIST`, those left out that are not on the shelf."""
    known = (at.get(int(one)) for one in listed.split(","))
    return bits_of((one for one in known if one is not None), len(at))


def _by_value(values: Iterable[str], length: int) -> dict[str, Bits]:
    found: dict[str, list[int]] = {}
    for position, value in enumerate(values):
        found.setdefault(value, []).append(position)
    return {value: bits_of(listed, length) for value, listed in found.items()}


def _in_any_size(sets: Mapping[Pair, Bits]) -> dict[str, Bits]:
    found: dict[str, Bits] = {}
    for (colour, _), bits in sets.items():
        found[colour] = found.get(colour, 0) | bits
    return {colour: bits for colour, bits in found.items() if bits}


def _band(low: int, top: int | None, currency: str) -> str:
    """ "25-30" or "40-": what an address says for a band, in major units."""
    unit = 10 ** decimals(currency)
    return f"{low // unit}-{'' if top is None else top // unit}"
