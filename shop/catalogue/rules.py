"""What the catalogue hands out: frozen rows, ready for views."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.money import Money

MM_PER_INCH = Decimal("25.4")


class ShelfProduct(Struct, frozen=True):
    """A product as a card shows it; `price_from` is its lowest price."""

    price_from: Money
    one_price: bool
    id: int
    slug: str
    title: str
    garment: str
    artwork: str


class ColourChoice(Struct, frozen=True):
    """A colour of a product; `cloth` is sRGB hex."""

    id: int
    product_id: int
    slug: str
    name: str
    cloth: str


class ProductDetail(Struct, frozen=True):
    """Everything a product page says of the product itself; `story` is Markdown, the other texts are plain.

    `supplier_states` is the garment maker's own statement, to be shown as theirs.
    """

    price_from: Money
    id: int
    slug: str
    title: str
    summary: str
    story: str
    garment: str
    artwork: str
    artwork_credit: str
    fabric: str
    weight_gsm: int
    origin: str
    print_method: str
    care: str
    fit_note: str
    supplier_states: str | None
    certifications: str | None
    most_each: int | None
    status: str


class VariantInCart(Struct, frozen=True):
    """A variant with what a cart line, an order line and a picture need of its product."""

    price: Money
    buyable: bool
    id: int
    product_id: int
    slug: str
    title: str
    garment: str
    artwork: str
    colour_slug: str
    colour_name: str
    cloth: str
    size: str
    sku: str
    grams: int
    most_each: int | None = None


class SizeRow(Struct, frozen=True):
    """A size with its measures in whole millimetres, in the order of the chart's columns."""

    size: str
    measures_mm: tuple[int, ...]


class SizeChartView(Struct, frozen=True):
    """A garment's measures, laid flat, smallest size first; `how_to_measure` and `tolerance_note` are sentences."""

    garment: str
    columns: tuple[str, ...]
    rows: tuple[SizeRow, ...]
    how_to_measure: tuple[str, ...]
    tolerance_note: str


class CollectionFacts(Struct, frozen=True):
    """What staff say of a collection; `standfirst` is plain text."""

    slug: str
    title: str
    standfirst: str
    published: bool
    position: int


def taken() -> Invalid:
    """Two things cannot have one address."""
    return Invalid("Another one has this address already. Choose another.", field="slug")


def barcode_fits(code: str) -> bool:
    """An EAN-13 with its check digit (GS1 General Specifications 7.9), or printable ASCII for Code 128."""
    if len(code) == 13 and code.isascii() and code.isdecimal():
        return code[12] == ean13_check(code[:12])
    return 0 < len(code) <= 40 and code.isascii() and code.isprintable() and not code.startswith(" ")


def ean13_check(twelve: str) -> str:
    """The thirteenth digit of an EAN-13."""
    weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-weighted % 10)


def own_ean13(number: int) -> str:
    """An EAN-13 for use inside of the store, from GS1's range 200-299 that nobody else is given (the 2 in front)."""
    twelve = f"2{number:011d}"
    return twelve + ean13_check(twelve)


def centimetres(millimetres: int) -> str:
    """ "52" or "52.5"."""
    return f"{Decimal(millimetres) / 10:f}".removesuffix(".0")


def inches(millimetres: int) -> str:
    """To the nearest quarter inch, as tape measures are read: "20 ½"."""
    quarters = int((Decimal(millimetres) / MM_PER_INCH * 4).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{quarters // 4} {('', '¼', '½', '¾')[quarters % 4]}".strip()
