"""Shelves: products with their colours and what is left of them, one statement however long the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from shop.brand.queries import brand
from shop.catalogue.models import Colour, Product, Variant
from shop.catalogue.queries import ON_SHELF, PRODUCT
from shop.catalogue.rules import ColourChoice, ShelfProduct
from shop.catalogue.said import COLOURS
from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.languages import cached_by_language
from shop.core.money import Money
from shop.core.phrases import sayer
from shop.core.wordings import worded
from shop.core.zones import today_in
from shop.giving.models import Pledge
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE, PREORDER

PAGE = 24

_dearer = aliased(Variant)
_ROOM = case((StockLevel.order_until >= bindparam("today"), PREORDER[0] - PREORDER[1]), else_=0)
_LEFT = (
    select(
        case((func.sum(AVAILABLE) > 0, func.sum(AVAILABLE)), else_=-func.coalesce(func.sum(_ROOM), 0)),
    )
    .where(StockLevel.product_id == Product.id)
    .correlate(Product)
    .scalar_subquery()
)
_PRODUCTS = select(
    Product.position,
    Product.id,
    Product.slug,
    Product.title,
    Product.garment,
    Product.artwork,
    Product.price_from_minor,
    Product.currency,
    (
        ~exists().where(
            _dearer.product_id == Product.id, _dearer.active, _dearer.price_minor > Product.price_from_minor
        )
    ).label("one_price"),
    _LEFT.label("available"),
).order_by(Product.position, Product.id)
_SHELF = _PRODUCTS.where(ON_SHELF)
# The same condition as a value, which no planner looks up by: SQLite would walk the whole shelf for a few by name.
_IS_ON_SHELF = case((ON_SHELF, 1), else_=0) == 1


class Card(Struct, frozen=True):
    """A published product with its colours in their order; `available` counts all its variants together.

    Below nothing it says how many can be pre-ordered, while none is on the shelf.
    """

    product: ShelfProduct
    colours: tuple[ColourChoice, ...]
    available: int


def _with_colours(products: AnySelect) -> AnySelect:
    """The colours of some products, each row with its product's columns, in the order of the shelf."""
    page = products.subquery()
    return (
        select(
            page.c.id,
            page.c.slug,
            page.c.title,
            page.c.garment,
            page.c.artwork,
            page.c.price_from_minor,
            page.c.currency,
            page.c.one_price,
            page.c.available,
            Colour.id,
            Colour.slug,
            Colour.name,
            Colour.cloth,
        )
        .join(Colour, Colour.product_id == page.c.id)
        .order_by(page.c.position, page.c.id, Colour.position)
    )


def _where(*conditions: ColumnElement[bool]) -> AnySelect:
    return _with_colours(_SHELF.where(*conditions).limit(bindparam("limit")))


def _called(condition: ColumnElement[bool]) -> AnySelect:
    return _with_colours(_PRODUCTS.where(condition, _IS_ON_SHELF).limit(bindparam("limit")))


_FRONT = _with_colours(_SHELF.limit(bindparam("limit")))
_BY_ID = _called(Product.id.in_(bindparam("ids", expanding=True)))
_NAMED = _called(Product.slug.in_(bindparam("slugs", expanding=True)))
_PLEDGED = _where(Product.id.in_(select(Pledge.product_id).where(Pledge.partner_id == bindparam("partner_id"))))
_BESIDES = _where(Product.id != bindparam("product_id"), _LEFT > 0)


def front(*, limit: int = PAGE) -> list[Card]:
    """The first products in the order that staff gave them."""
    return _cards(_FRONT, limit=limit)


def by_ids(ids: Sequence[int]) -> list[Card]:
    """These products in this order, those left out that are not on the shelf."""
    found = {card.product.id: card for card in _cards(_BY_ID, ids=list(ids), limit=len(ids))}
    return [found[one] for one in ids if one in found]


def named(slugs: Sequence[str]) -> list[Card]:
    """Published products in the order of their slugs here; drafts, retired ones and strangers are absent."""
    found = {card.product.slug: card for card in _cards(_NAMED, slugs=list(slugs), limit=len(slugs))}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def pledged_to(partner_id: int, *, limit: int = PAGE) -> list[Card]:
    """Products with a pledge to the partner, whenever it runs."""
    return _cards(_PLEDGED, partner_id=partner_id, limit=limit)


def besides(product_id: int, *, limit: int = 4) -> list[Card]:
    """Some others of which something is left."""
    return _cards(_BESIDES, product_id=product_id, limit=limit)


def addresses() -> list[str]:
    """Slugs of everything published, in order."""
    published = select(Product.slug).where(ON_SHELF).order_by(Product.position, Product.id)
    return list(session().execute(published, {"moment": clock.now()}).scalars())


def _cards(statement: AnySelect, **values: Any) -> list[Card]:
    today = today_in(brand().time_zone)
    return _grouped(session().execute(statement, {"moment": clock.now(), "today": today, **values}))


def _grouped(rows: Iterable[Any]) -> list[Card]:
    found: dict[int, tuple[ShelfProduct, int, list[ColourChoice]]] = {}
    say = sayer(COLOURS)
    for key, slug, title, garment, artwork, minor, currency, one_price, left, *colour in rows:
        if key not in found:
            product = _product(minor, currency, bool(one_price), key, slug, title, garment, artwork)
            found[key] = product, int(left), []
        found[key][2].append(_colour(colour[0], key, colour[1], say(colour[2]), colour[3]))
    said = worded(PRODUCT, [product for product, _left, _colours in found.values()], lambda one: one.id, ("title",))
    kept = zip(said, found.values(), strict=True)
    return [Card(product, tuple(colours), left) for product, (_plain, left, colours) in kept]


# The same few thousand values come again and again: making each once halves the work on a shelf of 24.
_colour = cached_by_language(maxsize=16_384)(ColourChoice)


@lru_cache(maxsize=4_096)
def _product(minor: int, currency: str, one_price: bool, *texts: Any) -> ShelfProduct:
    return ShelfProduct(Money(minor, currency), one_price, *texts)
