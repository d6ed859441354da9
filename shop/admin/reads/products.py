"""Products for staff: the list, and one with its words and every variant."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select

from shop.catalogue.models import Collection, CollectionProduct, Colour, Product, Variant
from shop.catalogue.operations import NewProduct
from shop.catalogue.rules import CollectionFacts
from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.restock.queries import demand
from shop.restock.rules import Demand
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE

PAGE = 40
STATES = ("published", "scheduled", "draft", "retired")


class Listed(Struct, frozen=True):
    """A product in the list; `state` is one of `STATES`."""

    id: int
    slug: str
    title: str
    garment: str
    state: str
    published_at: datetime | None
    price_from: Money
    variants: int
    available: int


class VariantRow(Struct, frozen=True):
    """One variant with everything that staff may set."""

    id: int
    colour: str
    size: str
    size_position: int
    sku: str
    price_minor: int
    compare_at_minor: int | None
    cost_minor: int | None
    barcode: str | None
    weight_grams: int
    active: bool
    available: int
    preordered: int = 0
    preorder_cap: int = 0
    ships_by: date | None = None


class OneProduct(Struct, frozen=True):
    """A product as staff change it; `colours` are (slug, name) in their order."""

    id: int
    facts: NewProduct
    state: str
    published_at: datetime | None
    currency: str
    colours: list[tuple[str, str]]
    variants: list[VariantRow]
    demand: dict[int, Demand]


def listed(*, search: str, state: str, page: int) -> tuple[list[Listed], bool]:
    """`PAGE` products in the order of the shelf, and whether there are more."""
    variants = select(func.count()).where(Variant.product_id == Product.id).correlate(Product).scalar_subquery()
    left = select(func.coalesce(func.sum(AVAILABLE), 0)).where(StockLevel.product_id == Product.id)
    wanted: AnySelect = select(
        Product.id,
        Product.slug,
        Product.title,
        Product.garment,
        Product.status,
        Product.published_at,
        Product.price_from_minor,
        Product.currency,
        variants,
        left.correlate(Product).scalar_subquery(),
    ).order_by(Product.position, Product.id)
    if search:
        skus = select(Variant.product_id).where(Variant.sku.icontains(search, autoescape=True))
        wanted = wanted.where(or_(Product.title.icontains(search, autoescape=True), Product.id.in_(skus)))
    if state in STATES:
        wanted = wanted.where(_in_state(state))
    rows = session().execute(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return [_listed(*row) for row in rows[:PAGE]], len(rows) > PAGE


def one(product_id: int) -> OneProduct:
    """Raises NotFound; four statements."""
    names = tuple(NewProduct.__struct_fields__)
    more = (Product.status, Product.published_at, Product.currency)
    about: AnySelect = select(*(getattr(Product, name) for name in names), *more).where(Product.id == product_id)
    row = session().execute(about).one_or_none()
    if row is None:
        raise NotFound("There is no such product.")
    *facts, status, published_at, currency = row
    known = NewProduct(**dict(zip(names, facts, strict=True)))
    variants = _variants(product_id)
    return OneProduct(
        product_id,
        known,
        _state(status, published_at),
        published_at,
        currency,
        _colours(product_id),
        variants,
        demand(row.id for row in variants),
    )


def collections() -> list[tuple[int, CollectionFacts, int]]:
    """Every collection with its id and how many products it holds."""
    count = select(func.count()).where(CollectionProduct.collection_id == Collection.id).scalar_subquery()
    rows = session().execute(select(*_COLLECTION, Collection.id, count).order_by(Collection.position, Collection.id))
    return [(row[-2], CollectionFacts(*row[:-2]), row[-1]) for row in rows]


def collection(collection_id: int) -> tuple[CollectionFacts, list[str]]:
    """A collection with the addresses of its products; raises NotFound."""
    row = session().execute(select(*_COLLECTION).where(Collection.id == collection_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such collection.")
    inside = select(Product.slug).join(CollectionProduct, CollectionProduct.product_id == Product.id)
    ordered = inside.where(CollectionProduct.collection_id == collection_id).order_by(CollectionProduct.position)
    return CollectionFacts(*row), list(session().execute(ordered).scalars())


def _in_state(state: str) -> ColumnElement[bool]:
    later = Product.published_at > clock.now()
    if state == "scheduled":
        return and_(Product.status == "published", later)
    return and_(Product.status == state, ~later) if state == "published" else Product.status == state


def _state(status: str, published_at: datetime | None) -> str:
    return "scheduled" if status == "published" and published_at and published_at > clock.now() else status


def _listed(
    key: int, slug: str, title: str, garment: str, status: str, at: datetime | None, minor: int, *rest: object
) -> Listed:
    currency, variants, left = rest
    state, lowest = _state(status, at), Money(minor, str(currency))
    return Listed(key, slug, title, garment, state, at, lowest, int(str(variants)), int(str(left)))


def _colours(product_id: int) -> list[tuple[str, str]]:
    rows = select(Colour.slug, Colour.name).where(Colour.product_id == product_id).order_by(Colour.position)
    return [(slug, name) for slug, name in session().execute(rows)]


def _variants(product_id: int) -> list[VariantRow]:
    rows: AnySelect = (
        select(
            Variant.id,
            Colour.name,
            Variant.size,
            Variant.size_position,
            Variant.sku,
            Variant.price_minor,
            Variant.compare_at_minor,
            Variant.cost_minor,
            Variant.barcode,
            Variant.weight_grams,
            Variant.active,
            func.coalesce(AVAILABLE, 0),
            func.coalesce(StockLevel.preordered, 0),
            func.coalesce(StockLevel.preorder_cap, 0),
            StockLevel.ships_by,
        )
        .join(Colour, Colour.id == Variant.colour_id)
        .outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
        .where(Variant.product_id == product_id)
        .order_by(Colour.position, Variant.size_position, Variant.id)
    )
    return [VariantRow(*row) for row in session().execute(rows)]


_COLLECTION = (Collection.slug, Collection.title, Collection.standfirst, Collection.published, Collection.position)
