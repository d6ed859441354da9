"""The whole shelf in memory, for filters and their counts: read again after a change of the catalogue.

Two parts of different pace. Products, colours, sizes and prices are read when the catalogue's mark is another one (or
a product's hour has come). What is sold out and which stories products stand in is at most a few seconds old. A page
only takes its choice of products from here: their prices and what is left of them it reads afresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct
from sqlalchemy import Connection, Engine, String, cast, func, select

from shop.campaigns.models import Campaign, CampaignProduct
from shop.campaigns.queries.stories import title_said
from shop.catalogue.models import Colour, Product, Variant
from shop.catalogue.queries import mark
from shop.catalogue.said import title_said as product_said
from shop.catalogue.search.words import plain as unaccented
from shop.core import clock
from shop.core.database import session
from shop.core.editions import kept_until_changed
from shop.core.languages import ENGLISH, spoken
from shop.core.money import decimals
from shop.stock.models import StockLevel
from shop.stock.queries import GONE
from shop.web.kept import KEPT_FOR
from shop.web.reads.sieve import Bits, Sieve, bits_of, price_steps, priced_within

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


class ShelfMap(Struct, frozen=True):
    """Everything that the filters know, as read at `moment`.

    `campaigns` are ids and English titles by slug in the order of the stories, `stories` the ids of their products.
    """

    shelf: Shelf
    moment: datetime
    campaigns: Mapping[str, tuple[int, str]]
    stories: Mapping[str, list[int]]
    sieve: Sieve

    def titles(self) -> dict[str, str]:
        """Of the stories by slug, in the language spoken."""
        return {slug: title_said(key, title) for slug, (key, title) in self.campaigns.items()}

    def order(self, sort: str) -> Sequence[int]:
        """Positions by a sort; names as the language spoken has them."""
        return (
            self.sieve.orders[sort]
            if sort != "name" or spoken() is ENGLISH
            else _by_name(self.shelf.mark, len(self.shelf.ids))
        )


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
_ID_LIST = func.aggregate_strings(cast(Variant.product_id, String), ",")
_VARIANTS = (
    select(
        Colour.slug,
        Variant.size,
        func.min(Colour.name),
        func.min(Colour.cloth),
        func.min(Variant.size_position),
        _ID_LIST,
    )
    .join(Colour, Colour.id == Variant.colour_id)
    .where(Variant.active)
    .group_by(Colour.slug, Variant.size)
)
_GONE = (
    select(Colour.slug, Variant.size, _ID_LIST)
    .select_from(StockLevel)
    .join(Variant, Variant.id == StockLevel.variant_id)
    .join(Colour, Colour.id == Variant.colour_id)
    .where(GONE)
    .group_by(Colour.slug, Variant.size)
)
_STORIES = (
    select(Campaign.slug, Campaign.id, Campaign.title, CampaignProduct.product_id)
    .join(CampaignProduct, CampaignProduct.campaign_id == Campaign.id)
    .where(Campaign.status == "published")
    .order_by(Campaign.position, Campaign.id, CampaignProduct.position)
)
_maps: WeakKeyDictionary[Engine | Connection, ShelfMap] = WeakKeyDictionary()


def shelf_map() -> ShelfMap:
    """The shelf as it is: one statement while nothing changed, two more every few seconds, five after a change."""
    now, moment, engine = mark(), clock.now(), session().get_bind()
    known = _maps.get(engine)
    shelf = known.shelf if known and _holds(known.shelf, now, moment) else _read(now, moment)
    if known is None or known.shelf is not shelf or not timedelta() <= moment - known.moment < KEPT_FOR:
        known = _maps[engine] = _drawn(shelf, moment)
    return known


def _holds(shelf: Shelf, now: str, moment: datetime) -> bool:
    return shelf.mark == now and (shelf.valid_until is None or moment < shelf.valid_until)


def _drawn(shelf: Shelf, moment: datetime) -> ShelfMap:
    at = _positions(shelf.ids)
    gone = {(colour, size): _bits(listed, at) for colour, size, listed in session().execute(_GONE)}
    left = {pair: found & ~gone.get(pair, 0) for pair, found in shelf.variants.items()}
    titles, stories = _stories(at)
    plain = {
        "garment": shelf.garments,
        "price": shelf.price_bits,
        "colour": shelf.colour_bits,
        "campaign": {slug: bits_of(map(at.__getitem__, listed), len(at)) for slug, listed in stories.items()},
    }
    return ShelfMap(shelf, moment, titles, stories, Sieve(shelf.ids, at, shelf.orders, plain, left))


def _stories(at: Mapping[int, int]) -> tuple[dict[str, tuple[int, str]], dict[str, list[int]]]:
    """Ids with titles, and products (ids), by the slugs of stories, those left out of which nothing is on the shelf."""
    titles: dict[str, tuple[int, str]] = {}
    found: dict[str, list[int]] = {}
    for slug, key, title, product_id in session().execute(_STORIES):
        if product_id in at:
            titles[slug] = key, title
            found.setdefault(slug, []).append(product_id)
    return titles, found


def _read(now: str, moment: datetime) -> Shelf:
    rows = session().execute(_PRODUCTS).all()
    later = [row.published_at for row in rows if row.published_at > moment]
    shown = [row for row in rows if row.published_at <= moment]
    ids = tuple(row.id for row in shown)
    at = _positions(ids)
    variants = session().execute(_VARIANTS).all()
    sets = {(colour, size): _bits(listed, at) for colour, size, *_, listed in variants}
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


@kept_until_changed
def _by_name(_mark: str, _length: int) -> Sequence[int]:
    """Positions by names in the language spoken; equals keep the order of the shelf."""
    shelf = _maps[session().get_bind()].shelf
    names = [unaccented(product_said(*named)) for named in zip(shelf.ids, shelf.titles, strict=True)]
    return sorted(range(len(names)), key=names.__getitem__)


def _positions(ids: Sequence[int]) -> dict[int, int]:
    return {product_id: position for position, product_id in enumerate(ids)}


def _bits(listed: str, at: Mapping[int, int]) -> Bits:
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
