"""Products, colours and sizes in the language spoken, for those who read; orders keep their English."""

from __future__ import annotations

from msgspec.structs import replace

from shop.catalogue.queries import PRODUCT
from shop.catalogue.rules import SizeChartView, VariantInCart
from shop.core.languages import ENGLISH, spoken
from shop.core.phrases import phrase, phrased
from shop.core.wordings import Text, like, words_of

COLOURS, SIZES = "colours", "sizes"  # shelves of phrases


def colour_said(name: str) -> str:
    """ "Ink"."""
    return phrase(COLOURS, name)


def size_said(size: str) -> str:
    """ "M", "One size"."""
    return phrase(SIZES, size)


def title_said(product_id: int, title: str) -> str:
    """A product's title, which an order may have kept."""
    if spoken() is ENGLISH:
        return title
    said = words_of(PRODUCT, product_id).get("title")
    return Text(said, spoken().code) if said else Text(title, ENGLISH.code)


def options_said(colour: str, size: str) -> str:
    """ "Ink, M"."""
    name = colour_said(colour)
    return like(name, f"{name}, {size_said(size)}")


def tee_said(product_id: int, title: str, colour: str, size: str) -> str:
    """ "Look Closer Tee, Ink, M"."""
    name = title_said(product_id, title)
    return like(name, f"{name}, {options_said(colour, size)}")


def variant_said(variant: VariantInCart) -> VariantInCart:
    """A variant with everything in it that is read."""
    return replace(
        variant,
        title=title_said(variant.product_id, variant.title),
        colour_name=colour_said(variant.colour_name),
        size=size_said(variant.size),
    )


def chart_said(chart: SizeChartView) -> SizeChartView:
    """A size chart with its words; what compares columns by their names needs the chart itself."""
    said = phrased(SIZES, [chart], ("columns", "how_to_measure", "tolerance_note"))[0]
    return replace(said, rows=tuple(phrased(SIZES, chart.rows, ("size",))))
