"""Every variant with its numbers, as a table to take along: two statements and those of the columns beside it."""

from __future__ import annotations

from collections.abc import Iterator

from shop.catalogue import queries as catalogue
from shop.catalogue.finding import all_barcodes
from shop.purchasing.queries import all_incoming
from shop.stock.queries import all_levels
from shop.stock.rules import Level

COLUMNS = (
    "SKU",
    "Barcode",
    "Product",
    "Colour",
    "Size",
    "On hand",
    "Held",
    "Committed",
    "Damaged",
    "Quality hold",
    "Safety stock",
    "Incoming",
    "Available",
)


def stock_table() -> Iterator[tuple[object, ...]]:
    """Rows of `COLUMNS`, in the order of the shelf."""
    levels, barcodes, coming = all_levels(), all_barcodes(), all_incoming()
    for one in catalogue.all_variants():
        level = levels.get(one.id) or Level(one.id, 0, 0, 0, 0)
        yield (
            one.sku,
            barcodes.get(one.id, ""),
            one.title,
            one.colour_name,
            one.size,
            level.on_hand,
            level.held,
            level.committed,
            level.damaged,
            level.quality_hold,
            level.safety_stock,
            coming.get(one.id, 0),
            level.available,
        )
