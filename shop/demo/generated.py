"""A long shelf: products made by a program, for measuring the store and trying it with many.

Number n always makes the same product, so that a shelf can be lengthened later and two machines measure the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from msgspec.structs import replace

from shop.catalogue.queries import known_slugs
from shop.demo.content import COLOURS, GARMENTS, Colour, Colourway, Garment, Product
from shop.demo.content.shapes import ArtworkKey
from shop.demo.shelf import publish_stocked

SIZES = 6
COLOURWAYS = 3
AFTER_THE_DEMO = 1_000  # positions: the demo's own products stay in front
STORY = (
    "This product was made by a program, to try the store with a long shelf. Nobody designed it, "
    "and it carries no pledge.\n"
)
_FIRST = (
    *("Quiet", "Steady", "Open", "Common", "Plain", "Bright", "Near", "Gentle", "Patient", "Kind", "Early", "Clear"),
    *("Warm", "Whole", "Many", "North", "Every", "Closer", "Second", "Shared", "Slow", "True", "Wide", "Known"),
    *("Evening", "Morning", "Ready", "Simple", "Fair", "Long", "Light", "Calm"),
)
_SECOND = (
    *("Star", "Lantern", "Door", "Thread", "Hand", "Name", "Window", "Path", "Lamp", "Light", "Street", "Table"),
    *("Letter", "Harbor", "Bridge", "Garden", "Compass", "Sky", "Seam", "Room", "Step", "Word", "Friend", "Glance"),
    *("Needle", "Map", "Gate", "Stitch", "Hour", "Voice", "Road", "Loom"),
)
_STRIDE = 2_749  # odd, so that it walks through all pairs of words before one comes again
_ARTWORKS: tuple[ArtworkKey, ...] = get_args(ArtworkKey)
_WORN: tuple[Garment, ...] = tuple(
    replace(garment, sizes=garment.sizes[:SIZES], weights_grams=garment.weights_grams[:SIZES])
    for key, garment in GARMENTS.items()
    if key != "tote"
)


def add(numbers: Iterable[int]) -> dict[str, int]:
    """Publish those of these products that are missing, with their stock; how many there were."""
    wanted = {AFTER_THE_DEMO + number: generated(number) for number in numbers}
    known = known_slugs(product.slug for product in wanted.values())
    missing = {position: product for position, product in wanted.items() if product.slug not in known}
    if missing:
        publish_stocked(missing)
    return {"generated products": len(missing)}


def generated(number: int) -> Product:
    """Product `number`, from 1 on: a title of two words, three colours, six sizes, some of them sold out or low."""
    pair = number * _STRIDE % (len(_FIRST) * len(_SECOND))
    garment, turn = _WORN[number % len(_WORN)], number // len(_ARTWORKS)  # each turn prints and dyes the next otherwise
    title = f"{_FIRST[pair % len(_FIRST)]} {_SECOND[pair // len(_FIRST)]} {garment.name}".replace("'", "’")
    words = title.lower().replace("’", "").replace(" ", "-")
    return Product(
        slug=f"{words}-{number:05}",
        code=f"G{number:05}",
        title=title,
        summary="One of many, made by a program.",
        story=STORY,
        artwork=_ARTWORKS[(number + turn) % len(_ARTWORKS)],
        garment=garment,
        colourways=tuple(
            Colourway(colour=one, stock=_stock(number, at)) for at, one in enumerate(_colours(number + 5 * turn))
        ),
        price_minor=2_400 + 200 * (number % 9),
        extended_size_extra_minor=200,
        fit_note="Take your usual size.",
        pledge=None,
    )


def _colours(number: int) -> list[Colour]:
    return [COLOURS[(number + 3 * at) % len(COLOURS)] for at in range(COLOURWAYS)]


def _stock(number: int, colourway: int) -> tuple[int, ...]:
    return tuple((31 * number + 17 * colourway + 7 * size) % 29 for size in range(SIZES))
