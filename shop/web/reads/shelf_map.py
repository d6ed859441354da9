"""The whole shelf in memory, for filters and their counts: read again after a change of the catalogue.

Two parts of different pace. Products, colours, sizes and prices are read when the catalogue's mark is another one (or
a product's hour has come). What is sold out and which stories products stand in is at most a few seconds old. A page
only takes its choice of products from here: their prices and what is left of them it reads afresh.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from msgspec import Struct
from sqlalchemy import Connection, Engine, select

from shop.campaigns.models import Campaign, CampaignProduct
from shop.campaigns.queries.stories import title_said
from shop.catalogue.models import Colour, Variant
from shop.catalogue.queries import mark
from shop.catalogue.said import title_said as product_said
from shop.catalogue.search.words import plain as unaccented
from shop.core import clock
from shop.core.database import session
from shop.core.editions import kept_until_changed
from shop.core.languages import ENGLISH, spoken
from shop.stock.models import StockLevel
from shop.stock.queries import GONE
from shop.web.kept import KEPT_FOR
from shop.web.reads.shelf_in_memory import ID_LIST, Shelf, listed_bits, positions, read_shelf
from shop.web.reads.sieve import Sieve, bits_of


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


_GONE = (
    select(Colour.slug, Variant.size, ID_LIST)
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
    shelf = known.shelf if known and _holds(known.shelf, now, moment) else read_shelf(now, moment)
    if known is None or known.shelf is not shelf or not timedelta() <= moment - known.moment < KEPT_FOR:
        known = _maps[engine] = _drawn(shelf, moment)
    return known


def _holds(shelf: Shelf, now: str, moment: datetime) -> bool:
    return shelf.mark == now and (shelf.valid_until is None or moment < shelf.valid_until)


def _drawn(shelf: Shelf, moment: datetime) -> ShelfMap:
    at = positions(shelf.ids)
    gone = {(colour, size): listed_bits(listed, at) for colour, size, listed in session().execute(_GONE)}
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


@kept_until_changed
def _by_name(_mark: str, _length: int) -> Sequence[int]:
    """Positions by names in the language spoken; equals keep the order of the shelf."""
    shelf = _maps[session().get_bind()].shelf
    names = [unaccented(product_said(*named)) for named in zip(shelf.ids, shelf.titles, strict=True)]
    return sorted(range(len(names)), key=names.__getitem__)
