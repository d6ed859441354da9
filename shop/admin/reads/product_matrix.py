"""A product's variants as a matrix: colours down, sizes across, and a hole where a colour does not come in a size."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from shop.admin.reads.products import VariantRow


class Row(Struct, frozen=True):
    """A colour with its variants in the order of the sizes; None where it has none."""

    slug: str
    name: str
    cells: tuple[VariantRow | None, ...]


class Matrix(Struct, frozen=True):
    """`sizes` head the columns, smallest first."""

    sizes: tuple[str, ...]
    rows: tuple[Row, ...]


def matrix(colours: Sequence[tuple[str, str]], variants: Sequence[VariantRow]) -> Matrix:
    """`colours` are (slug, name) in their order."""
    places = {one.size: one.size_position for one in variants}
    sizes = tuple(sorted(places, key=lambda size: (places[size], size)))
    there = {(one.colour, one.size): one for one in variants}
    rows = (Row(slug, name, tuple(there.get((name, size)) for size in sizes)) for slug, name in colours)
    return Matrix(sizes, tuple(rows))
