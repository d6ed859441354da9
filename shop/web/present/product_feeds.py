"""Products as shopping services read them: Google Merchant Center's XML, Meta's CSV.

The words are theirs (https://support.google.com/merchants/answer/7052112 and
https://www.facebook.com/business/help/120325381656392).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from html import escape

from shop.core.money import Money
from shop.media.rules import spec_of
from shop.web.present import addresses
from shop.web.present.pictures import address
from shop.web.reads.offers import Offer

PICTURE_WIDTH = 1280
META_COLUMNS = (
    *("id", "item_group_id", "title", "description", "availability", "condition", "price", "sale_price"),
    *("link", "image_link", "brand", "color", "size", "material", "gtin"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes for a formula (OWASP, CSV Injection)
Absolute = Callable[[str], str]


def merchant_xml(offers: Iterable[Offer], *, shop: str, home: str, absolute: Absolute) -> Iterator[str]:
    """RSS 2.0 with Google's namespace, an item for each variant."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
        f"<title>{escape(shop)}</title>\n<link>{escape(home)}</link>\n<description>{escape(shop)}</description>\n"
    )
    for offer in offers:
        told = _told(offer, shop=shop, absolute=absolute) | {"shipping_weight": f"{offer.weight_grams} g"}
        told |= {} if offer.barcode else {"identifier_exists": "no"}
        items = "".join(f"<g:{name}>{escape(value)}</g:{name}>" for name, value in told.items() if value)
        yield f"<item>{items}</item>\n"
    yield "</channel>\n</rss>\n"


def meta_csv(offers: Iterable[Offer], *, shop: str, absolute: Absolute) -> Iterator[str]:
    """A line for each variant; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    yield _line(META_COLUMNS)
    for offer in offers:
        told = _told(offer, shop=shop, absolute=absolute)
        told["availability"] = told["availability"].replace("_", " ")
        yield _line(told.get(name, "") for name in META_COLUMNS)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _told(offer: Offer, *, shop: str, absolute: Absolute) -> dict[str, str]:
    before = offer.compare_at
    picture = address(spec_of(offer.garment, "front", offer.cloth, offer.artwork), PICTURE_WIDTH, "png")
    return {
        "id": offer.sku,
        "item_group_id": offer.slug,
        "title": f"{offer.title}, {offer.colour}, {offer.size}",
        "description": offer.summary,
        "link": absolute(addresses.product(offer.slug, colour=offer.colour_slug)),
        "image_link": absolute(picture),
        "availability": "in_stock" if offer.available > 0 else "preorder" if offer.to_come else "out_of_stock",
        "availability_date": f"{offer.to_come}T00:00Z" if offer.to_come else "",
        "condition": "new",
        "price": _price(before or offer.price),
        "sale_price": _price(offer.price) if before else "",
        "brand": shop,
        "color": offer.colour,
        "size": offer.size,
        "material": offer.fabric,
        "gtin": offer.barcode if offer.barcode and _is_gtin(offer.barcode) else "",
    }


def _is_gtin(code: str) -> bool:
    """Numbers of the store's own range (2 in front) name nothing outside of it."""
    return len(code) == 13 and code.isdecimal() and not code.startswith("2")


def _price(amount: Money) -> str:
    return f"{amount.decimal():f} {amount.currency}"


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()
