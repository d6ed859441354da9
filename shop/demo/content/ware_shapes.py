"""The shapes of what is sold: garments, products, pledges, sizes, delivery and gifts.

Money is integer minor units of `Brand.currency`. Lengths are whole centimetres, weights whole grams.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from shop.demo.content.shapes import ArtworkKey

GarmentKey = Literal["tee", "womens_tee", "long_sleeve", "hoodie", "tote"]

EXTENDED_SIZES = frozenset({"2XL", "3XL", "4XL"})  # more cloth: the blank costs us more too
SIZE_CODES = {"One size": "OS"}


class Colour(Struct, frozen=True, kw_only=True):
    """A fabric colour: the three letters used in SKUs, the name a shopper reads, and #rrggbb."""

    code: str
    name: str
    hex: str


class Colourway(Struct, frozen=True, kw_only=True):
    """One colour of one product, with its opening stock per size in the order of the garment's sizes."""

    colour: Colour
    stock: tuple[int, ...]


class Garment(Struct, frozen=True, kw_only=True):
    """A blank, unprinted garment as its supplier describes it. `weights_grams` follows `sizes`."""

    key: GarmentKey
    name: str
    sizes: tuple[str, ...]
    weights_grams: tuple[int, ...]
    fabric: str
    weight_gsm: int
    origin: str
    print_method: str
    care: tuple[str, ...]
    supplier_states: str | None


class Pledge(Struct, frozen=True, kw_only=True):
    """What the operator gives per unit sold: a fixed amount or basis points of the price, never both.

    Runs from the beginning of `starts_on` to the end of `ends_on`, in UTC.
    """

    partner_slug: str
    amount_minor: int | None
    basis_points: int | None
    starts_on: date
    ends_on: date
    cap_minor: int


class Variant(Struct, frozen=True, kw_only=True):
    """One sellable colour and size."""

    sku: str
    colour: Colour
    size: str
    price_minor: int
    weight_grams: int
    stock: int


class Product(Struct, frozen=True, kw_only=True):
    """One design on one garment. `code` is the middle of its SKUs."""

    slug: str
    code: str
    title: str
    summary: str
    story: str
    artwork: ArtworkKey
    garment: Garment
    colourways: tuple[Colourway, ...]
    price_minor: int
    extended_size_extra_minor: int
    fit_note: str
    pledge: Pledge | None

    def variants(self) -> tuple[Variant, ...]:
        """Every colour and size in reading order, colours first."""
        return tuple(self._variant(way, index) for way in self.colourways for index in range(len(self.garment.sizes)))

    def _variant(self, way: Colourway, index: int) -> Variant:
        size = self.garment.sizes[index]
        extra = self.extended_size_extra_minor if size in EXTENDED_SIZES else 0
        return Variant(
            sku=f"LT-{self.code}-{way.colour.code}-{SIZE_CODES.get(size, size)}",
            colour=way.colour,
            size=size,
            price_minor=self.price_minor + extra,
            weight_grams=self.garment.weights_grams[index],
            stock=way.stock[index],
        )


class SizeRow(Struct, frozen=True, kw_only=True):
    """One size with its measures in whole centimetres, in the order of the chart's columns."""

    size: str
    measures_cm: tuple[int, ...]


class SizeChart(Struct, frozen=True, kw_only=True):
    """The flat-lay measures of a garment, and how to compare them with something you own."""

    garment: GarmentKey
    columns: tuple[str, ...]
    rows: tuple[SizeRow, ...]
    how_to_measure: tuple[str, ...]
    tolerance_note: str


class DeliveryZone(Struct, frozen=True, kw_only=True):
    """Where we send, what it costs, and how long it usually takes. `free_over_minor` None: never free."""

    slug: str
    name: str
    countries: tuple[str, ...]
    rate_minor: int
    free_over_minor: int | None
    estimate: str
    note: str | None


class GiftChoices(Struct, frozen=True, kw_only=True):
    """What the cart offers as a gift to the operator's own fund. Nothing is chosen beforehand."""

    presets_minor: tuple[int, ...]
    minimum_minor: int
    maximum_minor: int
    round_up_to_minor: tuple[int, ...]
