"""Which products answer a choice of filters, and how many would after one more: pure, and in memory.

A *facet* is what can be chosen by (campaign, garment, colour, size, price, stock), a *value* one of its choices.
Products stand in the order of the shelf; a set of them is a whole number, one bit for each. Ten thousand products are
1.25 kB a set, so that all the counts beside all the filters take less time than one row of a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import compress, islice
from operator import or_

from msgspec import Struct
from msgspec.structs import replace

FACETS = ("campaign", "garment", "colour", "size", "price", "stock")
SORTS = ("featured", "newest", "price-low", "price-high", "name")
IN_STOCK = "in"
Bits = int


class Wanted(Struct, frozen=True):
    """What an address asks for: a value for each facet, empty for any, and the order."""

    campaign: str = ""
    garment: str = ""
    colour: str = ""
    size: str = ""
    price: str = ""
    stock: str = ""
    sort: str = SORTS[0]
    words: str = ""

    def chosen(self) -> dict[str, str]:
        """The facets that narrow, with their values."""
        return {facet: value for facet in FACETS if (value := getattr(self, facet))}

    def with_value(self, facet: str, value: str) -> Wanted:
        """The same with another value, empty for any."""
        return replace(self, **{facet: value})


class Sieve(Struct, frozen=True):
    """The shelf: `at` are positions by id, `orders` positions by sort.

    `plain` are the sets of campaigns, garments, colours and prices,
    `variants` are the sets of products by (colour, size) of which something is left.
    """

    ids: Sequence[int]
    at: Mapping[int, int]
    orders: Mapping[str, Sequence[int]]
    plain: Mapping[str, Mapping[str, Bits]]
    variants: Mapping[tuple[str, str], Bits]

    @property
    def all(self) -> Bits:
        return (1 << len(self.ids)) - 1

    def passing(self, wanted: Wanted, within: Bits) -> Bits:
        """The products of `within` that answer everything that is chosen."""
        return self._narrowed(wanted, within, FACETS)

    def counts(self, wanted: Wanted, within: Bits, facet: str, values: Iterable[str]) -> dict[str, int]:
        """How many there would be with each value of a facet, all other choices kept."""
        base = self._narrowed(wanted, within, tuple(one for one in FACETS if one != facet))
        return {value: (base & self._having(wanted.with_value(facet, value), facet)).bit_count() for value in values}

    def page(self, found: Bits, order: Sequence[int], *, offset: int, limit: int) -> list[int]:
        """Product ids of `found` in an order of positions, from `offset` on."""
        return [self.ids[position] for position in islice(self._taken(order, found), offset, offset + limit)]

    def positions(self, product_ids: Iterable[int]) -> list[int]:
        """Where these products stand, in their order here; those not on the shelf are left out."""
        return [self.at[one] for one in product_ids if one in self.at]

    def having(self, positions: Iterable[int]) -> Bits:
        """These positions as a set."""
        return bits_of(positions, len(self.ids))

    def _narrowed(self, wanted: Wanted, within: Bits, facets: Iterable[str]) -> Bits:
        for facet in facets:
            if getattr(wanted, facet):
                within &= self._having(wanted, facet)
        return within

    def _having(self, wanted: Wanted, facet: str) -> Bits:
        """A size means that it is left, in the colour chosen if one is; a colour with a size chosen as well."""
        if facet == "stock":
            return self._left() if wanted.stock == IN_STOCK else 0
        if facet == "size" or (facet == "colour" and wanted.size):
            return self._left(wanted.colour, wanted.size)
        return self.plain.get(facet, {}).get(getattr(wanted, facet), 0)

    def _left(self, colour: str = "", size: str = "") -> Bits:
        fitting = (
            found
            for (one_colour, one_size), found in self.variants.items()
            if (not colour or colour == one_colour) and (not size or size == one_size)
        )
        return reduce(or_, fitting, 0)

    def _taken(self, order: Sequence[int], found: Bits) -> Iterator[int]:
        flags = bin(found)[:1:-1].encode().translate(_FLAGS).ljust(len(self.ids), b"\x00")
        return compress(order, map(flags.__getitem__, order))


def bits_of(positions: Iterable[int], length: int) -> Bits:
    """A set of positions below `length`."""
    flags = bytearray(length)
    for position in positions:
        flags[position] = 1
    return int(flags[::-1].translate(_DIGITS).decode() or "0", 2)


def price_steps(prices: Sequence[int], *, unit: int, most: int = 4) -> list[tuple[int, int | None]]:
    """Round bands over some prices, in the same minor units, as [from, below); the last is open. Few, none empty.

    `unit` is one of the currency's major units (100 for dollars).
    """
    if not prices:
        return []
    low, high = min(prices), max(prices)
    width = next(step for step in _widths(unit) if (high - low) // step < most)
    edges = range(low - low % width, high + 1, width)
    bands = [(edge, edge + width) for edge in edges if any(edge <= price < edge + width for price in prices)]
    return [*bands[:-1], (bands[-1][0], None)] if len(bands) > 1 else []


def _widths(unit: int) -> Iterator[int]:
    scale = unit
    while True:
        yield from (5 * scale, 10 * scale, 20 * scale)
        scale *= 10


_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def priced_within(prices: Sequence[int], low: int, top: int | None) -> Bits:
    """Which of these prices (minor units) are in the band [low, top)."""
    fitting = (at for at, price in enumerate(prices) if low <= price and (top is None or price < top))
    return bits_of(fitting, len(prices))
