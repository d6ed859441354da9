"""Stock as a spreadsheet: products as rows, each opening into its colours down and its sizes across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, case, exists, func, select

from shop.catalogue import queries as catalogue
from shop.catalogue.models import Product, Variant
from shop.catalogue.rules import VariantInCart
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.orders.queries.search import numbers
from shop.purchasing import queries as purchasing
from shop.purchasing.queries import Expected
from shop.stock import queries as stock
from shop.stock.cells import PARTS
from shop.stock.models import StockLevel
from shop.stock.queries import Movement
from shop.stock.rules import LOW, Level
from shop.stock.watching import RUNS_LOW, thresholds

PAGE = 50  # products on one page
COUNTS = (
    *("on_hand", "held", "committed", "damaged", "quality_hold", "safety_stock"),
    *("incoming", "preordered", "available"),
)
ALWAYS = ("on_hand", "available")
CellKey = tuple[int, str]  # a variant and one of PARTS
Numbered = tuple[VariantInCart, Mapping[str, int]]  # with its numbers by COUNTS


class Typed(Struct, frozen=True):
    """What somebody typed into cells, and what stood in the way, until all of it is saved."""

    values: Mapping[CellKey, str] = field(default_factory=dict)
    problems: Mapping[CellKey, str] = field(default_factory=dict)


class Wanted(Struct, frozen=True):
    """What of the sheet is asked for: which products, which of them open, and whether kept-back rows show always."""

    search: str = ""
    low_only: bool = False
    page: int = 1
    opened: frozenset[int] = frozenset()
    all_open: bool = False
    kept: bool = False


class Cell(Struct, frozen=True):
    """One number of one variant; `value` is what its field shows, `cap` how many may be pre-ordered."""

    variant_id: int
    number: int
    low: bool
    size: str
    value: str
    problem: str
    cap: int = 0


class GridRow(Struct, frozen=True):
    """One of `COUNTS` across the sizes of a colour; None where the colour does not come in that size."""

    name: str
    editable: bool
    cells: list[Cell | None]
    total: int


class ColourRows(Struct, frozen=True):
    """A colour; rows in which every number is zero are left out, except those that are always shown."""

    name: str
    rows: list[GridRow]


class Sheet(Struct, frozen=True):
    """An open product."""

    sizes: list[str]
    colours: list[ColourRows]


class ProductRow(Struct, frozen=True):
    """A product with its sums; `low` is how many of its sizes run low, `sheet` is there when it is open."""

    id: int
    title: str
    status: str
    variants: int
    sums: Mapping[str, int]
    low: int
    sheet: Sheet | None


class History(Struct, frozen=True):
    """A variant with its numbers and every movement that made them; `numbers` are order numbers by id."""

    variant: VariantInCart
    level: Level
    movements: list[Movement]
    numbers: dict[str, str]
    expected: list[Expected]


def rows(wanted: Wanted, typed: Typed) -> tuple[list[ProductRow], bool]:
    """`PAGE` products in the order of the shelf, and whether there are more; six statements."""
    found = list(session().execute(_products(wanted)))
    more, found = len(found) > PAGE, found[:PAGE]
    opened = [row.id for row in found if wanted.all_open or row.id in wanted.opened]
    ids = [row.id for row in found]
    sums, sheets, coming = _sums(ids), _sheets(opened, typed, kept=wanted.kept), purchasing.incoming_by_product(ids)
    return [_row(row, sums.get(row.id), coming.get(row.id, 0), sheets.get(row.id)) for row in found], more


def history(variant_id: int) -> History:
    """Why the numbers of a variant are what they are; raises NotFound."""
    variant = catalogue.variants_in_cart([variant_id]).get(variant_id)
    level = stock.levels([variant_id]).get(variant_id)
    if variant is None or level is None:
        raise NotFound("There is no such variant.")
    movements = stock.history(variant_id)
    belonging = {movement.order_id for movement in movements if movement.order_id}
    return History(variant, level, movements, numbers(belonging), purchasing.expected_for(variant_id))


def _products(wanted: Wanted) -> AnySelect:
    asked = select(Product.id, Product.title, Product.status).order_by(Product.position, Product.id)
    if wanted.search:
        named = Variant.sku.icontains(wanted.search, autoescape=True) | (Variant.barcode == wanted.search)
        skus = exists().where(Variant.product_id == Product.id, named)
        asked = asked.where(Product.title.icontains(wanted.search, autoescape=True) | skus)
    if wanted.low_only:
        asked = asked.where(exists().where(StockLevel.product_id == Product.id, RUNS_LOW))
    return asked.limit(PAGE + 1).offset((wanted.page - 1) * PAGE)


def _sums(product_ids: Sequence[int]) -> dict[int, Any]:
    columns: list[ColumnElement[Any]] = [
        getattr(StockLevel, name) for name in ("on_hand", "held", "committed", "unavailable")
    ]
    low = func.sum(case((RUNS_LOW, 1), else_=0))
    asked = select(
        StockLevel.product_id, func.count().label("variants"), low.label("low"), *map(func.sum, columns)
    ).where(StockLevel.product_id.in_(product_ids))
    return {row[0]: row for row in session().execute(asked.group_by(StockLevel.product_id))}


def _row(product: Any, sums: Any, coming: int, sheet: Sheet | None) -> ProductRow:
    _, variants, low, *numbers = (int(one) for one in sums or [0] * 7)
    told = dict(zip(("on_hand", "held", "committed", "unavailable"), numbers, strict=True))
    told |= {"incoming": coming, "available": 2 * told["on_hand"] - sum(told.values())}
    return ProductRow(product.id, product.title, product.status, variants, told, low, sheet)


def _sheets(product_ids: Sequence[int], typed: Typed, *, kept: bool) -> dict[int, Sheet]:
    if not product_ids:
        return {}
    variants = catalogue.all_variants(product_ids=product_ids)
    levels = stock.levels(variant.id for variant in variants)
    by_product: dict[int, list[VariantInCart]] = {product_id: [] for product_id in product_ids}
    for variant in variants:
        by_product[variant.product_id].append(variant)
    ids = [variant.id for variant in variants]
    coming, own = purchasing.incoming(ids), thresholds(ids)
    beside = {key: {"incoming": coming.get(key, 0), "low_at": own[key].low_at if key in own else LOW} for key in ids}
    return {key: _sheet(found, levels, typed, beside, kept=kept) for key, found in by_product.items()}


def _sheet(
    variants: list[VariantInCart],
    levels: dict[int, Level],
    typed: Typed,
    beside: Mapping[int, Mapping[str, int]],
    *,
    kept: bool,
) -> Sheet:
    sizes = list(dict.fromkeys(variant.size for variant in variants))
    colours: dict[str, dict[str, Numbered]] = {}
    for variant in variants:
        level = levels.get(variant.id) or Level(variant.id, 0, 0, 0, 0)
        numbers = {name: int(getattr(level, name)) for name in COUNTS if name != "incoming"}
        colours.setdefault(variant.colour_name, {})[variant.size] = (
            variant,
            {**numbers, "cap": level.preorder_cap, **beside[variant.id]},
        )
    return Sheet(
        sizes, [ColourRows(name, list(_rows(sizes, found, typed, kept=kept))) for name, found in colours.items()]
    )


def _rows(sizes: list[str], found: dict[str, Numbered], typed: Typed, *, kept: bool) -> Iterable[GridRow]:
    for name in COUNTS:
        numbers = [told[name] for _, told in found.values()]
        asked = (
            name in ALWAYS or (kept and name in PARTS) or any((v.id, name) in typed.values for v, _ in found.values())
        )
        capped = name == "preordered" and any(told["cap"] for _, told in found.values())
        if asked or capped or any(numbers):
            cells = [_cell(name, *found[size], typed) if size in found else None for size in sizes]
            yield GridRow(name, name in PARTS, cells, sum(numbers))


def _cell(name: str, variant: VariantInCart, numbers: Mapping[str, int], typed: Typed) -> Cell:
    number, key = numbers[name], (variant.id, name)
    return Cell(
        variant.id,
        number,
        low=name == "available" and number <= numbers["low_at"],
        size=variant.size,
        value=typed.values.get(key, str(number)),
        problem=typed.problems.get(key, ""),
        cap=numbers["cap"] if name == "preordered" else 0,
    )
