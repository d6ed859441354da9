"""A product's sizes with what may be pre-ordered of them, and what deliveries are to bring."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from shop.admin.reads import products
from shop.admin.reads.products import OneProduct
from shop.purchasing.queries import Expected, expected_for_all
from shop.stock.preorders import mark_of, preorders_of


class PreorderRow(Struct, frozen=True):
    """A size: `taken` of `cap` places are; `ships_by` while its pre-order is open."""

    variant_id: int
    name: str
    sku: str
    available: int
    cap: int
    taken: int
    ships_by: date | None
    expected: list[Expected]

    @property
    def wanted(self) -> bool:
        """Whether anybody would look for it here: it is gone, or to come, or has had a pre-order."""
        return self.available <= 0 or bool(self.cap or self.expected)


class ProductPreorder(Struct, frozen=True):
    """The days are those of the sizes that are open, None while none is; `mark` tells whether it changed since."""

    product: OneProduct
    rows: list[PreorderRow]
    ships_by: date | None
    order_until: date | None
    mark: str


def rows(product_id: int) -> ProductPreorder:
    """Raises NotFound; six statements."""
    known = products.one(product_id)
    ids = [row.id for row in known.variants]
    standing, coming = preorders_of(ids), expected_for_all(ids)
    found = []
    for row in known.variants:
        now = standing.get(row.id)
        places = (now.cap, now.taken, now.ships_by) if now else (0, 0, None)
        name = f"{row.colour}, {row.size}"
        found.append(PreorderRow(row.id, name, row.sku, row.available, *places, coming.get(row.id, [])))
    days = [(one.ships_by, one.order_until) for one in standing.values() if one.ships_by]
    ships_by, until = days[0] if days else (None, None)
    return ProductPreorder(known, found, ships_by, None if until == ships_by else until, mark_of(standing))
