"""Stock as a spreadsheet: per product, colours and what is counted of them down, sizes across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select

from shop.catalogue import queries as catalogue
from shop.catalogue.models import Product, Variant
from shop.catalogue.rules import VariantInCart
from shop.core.database import session
from shop.core.errors import NotFound
from shop.orders import queries as orders
from shop.stock import queries as stock
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE, Movement
from shop.stock.rules import LOW, Level

PAGE = 20  # products on one page
COUNTS = ("on_hand", "held", "committed", "unavailable", "available")
ALWAYS = ("on_hand", "available")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one variant."""

    variant_id: int
    number: int
    low: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One of `COUNTS` across the sizes of a colour; None where the colour does not come in that size."""

    name: str
    cells: list[Cell | None]
    total: int


@dataclass(frozen=True, slots=True)
class ColourRows:
    """A colour; rows in which every number is zero are left out, except what is on hand and available."""

    name: str
    rows: list[GridRow]


@dataclass(frozen=True, slots=True)
class Grid:
    """A product's stock."""

    product_id: int
    title: str
    status: str
    sizes: list[str]
    colours: list[ColourRows]


@dataclass(frozen=True, slots=True)
class History:
    """A variant with its numbers and every movement that made them; `numbers` are order numbers by id."""

    variant: VariantInCart
    level: Level
    movements: list[Movement]
    numbers: dict[str, str]


def grids(*, search: str, low_only: bool, page: int) -> tuple[list[Grid], bool]:
    """`PAGE` products in the order of the shelf, and whether there are more; three statements."""
    products = _products(search=search, low_only=low_only, page=page)
    more, products = len(products) > PAGE, products[:PAGE]
    variants = catalogue.all_variants(product_ids=[product_id for product_id, _, _ in products])
    levels = stock.levels(variant.id for variant in variants)
    by_product: dict[int, list[VariantInCart]] = {product_id: [] for product_id, _, _ in products}
    for variant in variants:
        by_product[variant.product_id].append(variant)
    drawn = [Grid(key, title, status, *_drawn(by_product[key], levels)) for key, title, status in products]
    return drawn, more


def history(variant_id: int) -> History:
    """Why the numbers of a variant are what they are; raises NotFound."""
    variant = catalogue.variants_in_cart([variant_id]).get(variant_id)
    level = stock.levels([variant_id]).get(variant_id)
    if variant is None or level is None:
        raise NotFound("There is no such variant.")
    movements = stock.history(variant_id)
    belonging = {movement.order_id for movement in movements if movement.order_id}
    return History(variant, level, movements, orders.numbers(belonging))


def _products(*, search: str, low_only: bool, page: int) -> list[tuple[int, str, str]]:
    wanted = select(Product.id, Product.title, Product.status).order_by(Product.position, Product.id)
    if search:
        skus = exists().where(Variant.product_id == Product.id, Variant.sku.icontains(search, autoescape=True))
        wanted = wanted.where(Product.title.icontains(search, autoescape=True) | skus)
    if low_only:
        wanted = wanted.where(exists().where(StockLevel.product_id == Product.id, AVAILABLE <= LOW))
    rows = session().execute(wanted.limit(PAGE + 1).offset((page - 1) * PAGE))
    return [(row.id, row.title, row.status) for row in rows]


def _drawn(variants: list[VariantInCart], levels: dict[int, Level]) -> tuple[list[str], list[ColourRows]]:
    sizes = list(dict.fromkeys(variant.size for variant in variants))
    colours: dict[str, dict[str, Level]] = {}
    for variant in variants:
        level = levels.get(variant.id) or Level(variant.id, 0, 0, 0, 0)
        colours.setdefault(variant.colour_name, {})[variant.size] = level
    return sizes, [ColourRows(name, list(_rows(sizes, found))) for name, found in colours.items()]


def _rows(sizes: list[str], found: dict[str, Level]) -> Iterable[GridRow]:
    for name in COUNTS:
        numbers = {size: int(getattr(level, name)) for size, level in found.items()}
        if name in ALWAYS or any(numbers.values()):
            yield GridRow(name, [_cell(name, found.get(size)) for size in sizes], sum(numbers.values()))


def _cell(name: str, level: Level | None) -> Cell | None:
    if level is None:
        return None
    return Cell(level.variant_id, getattr(level, name), low=name == "available" and level.available <= LOW)
