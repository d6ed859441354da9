"""Filters and sorting of a shelf as links: each with what it leads to, and none that leads to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from shop.catalogue.said import COLOURS, SIZES
from shop.core.formats import money_short
from shop.core.languages import _, lazy_gettext
from shop.core.money import Money
from shop.core.phrases import sayer
from shop.web.reads.shelf_map import ShelfMap
from shop.web.reads.sieve import FACETS, IN_STOCK, SORTS, Bits, Wanted
from shop.web.view_models.parts import Link
from shop.web.view_models.shelf import FilterChoice, FilterGroup

LONGEST_VALUE = 80
LONGEST_QUERY = 100
HEADINGS = {
    "campaign": lazy_gettext("Campaign"),
    "garment": lazy_gettext("Garment"),
    "colour": lazy_gettext("Colour"),
    "size": lazy_gettext("Size in stock"),
    "price": lazy_gettext("Price"),
    "stock": lazy_gettext("Availability"),
}
SORT_WORDS = {
    "featured": lazy_gettext("Our order"),
    "newest": lazy_gettext("Newest first"),
    "price-low": lazy_gettext("Lowest price"),
    "price-high": lazy_gettext("Highest price"),
    "name": lazy_gettext("Name, A to Z"),
}
BEST_MATCH = lazy_gettext("Best match")
GARMENTS = {
    "tee": lazy_gettext("Tee"),
    "womens_tee": lazy_gettext("Women’s tee"),
    "long_sleeve": lazy_gettext("Long sleeve"),
    "hoodie": lazy_gettext("Hoodie"),
    "tote": lazy_gettext("Tote bag"),
}
Address = Callable[[Wanted], str]


def wanted(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for. An unknown order is ours; an unknown value is kept, and found nowhere."""
    values = {facet: asked.get(facet, "")[:LONGEST_VALUE] for facet in FACETS}
    sort, words = asked.get("sort", SORTS[0]), " ".join(asked.get("q", "").replace("\x00", "").split())
    return Wanted(**values, sort=sort if sort in SORTS else SORTS[0], words=words[:LONGEST_QUERY])


def query(choice: Wanted) -> dict[str, str]:
    """The same as an address says it: always in one order, so that one choice has one address."""
    return {"q": choice.words} | choice.chosen() | {"sort": "" if choice.sort == SORTS[0] else choice.sort}


def groups(shelves: ShelfMap, choice: Wanted, within: Bits, url: Address) -> tuple[FilterGroup, ...]:
    """Every facet that has something to choose."""
    labels = _all_labels(shelves)
    drawn = (_group(shelves, choice, within, facet, labels[facet], url) for facet in FACETS)
    known = shelves.sieve.passing(choice, within).bit_count()
    return tuple(group for group in drawn if _narrows(group, known))


def _narrows(group: FilterGroup, known: int) -> bool:
    """A lone choice is offered where it leaves something out, such as *in stock* where something is sold out."""
    return len(group.choices) > 1 or bool(group.chosen) or any(one.count < known for one in group.choices)


def chosen(shelves: ShelfMap, choice: Wanted, url: Address) -> tuple[Link, ...]:
    """The filters in force, each with the address without it."""
    if not choice.chosen():
        return ()
    labels = _all_labels(shelves)
    return tuple(
        Link(label=labels[facet].get(value, value), url=url(choice.with_value(facet, "")))
        for facet, value in choice.chosen().items()
    )


def sorts(choice: Wanted, url: Address) -> tuple[Link, ...]:
    """The orders; what was searched for comes best match first."""
    labels = SORT_WORDS | {SORTS[0]: BEST_MATCH} if choice.words else SORT_WORDS
    return tuple(
        Link(label=str(labels[sort]), url=url(replace(choice, sort=sort)), current=sort == choice.sort)
        for sort in SORTS
    )


def _group(
    shelves: ShelfMap, choice: Wanted, within: Bits, facet: str, labels: Mapping[str, str], url: Address
) -> FilterGroup:
    current = getattr(choice, facet)
    counts = shelves.sieve.counts(choice, within, facet, labels)
    choices = (
        FilterChoice(
            label=label,
            url=url(choice.with_value(facet, "" if value == current else value)),
            count=counts[value],
            current=value == current,
            swatch=shelves.shelf.colours[value].cloth if facet == "colour" else "",
        )
        for value, label in labels.items()
        if counts[value] or value == current
    )
    return FilterGroup(
        label=str(HEADINGS[facet]), choices=tuple(choices), chosen=labels.get(current, current) if current else ""
    )


def _all_labels(shelves: ShelfMap) -> dict[str, Mapping[str, str]]:
    """The words of every value, in the order in which they are offered."""
    shelf, say_colour, say_size = shelves.shelf, sayer(COLOURS), sayer(SIZES)
    return {
        "campaign": shelves.titles(),
        "garment": {key: str(GARMENTS.get(key, key)) for key in _known_first(shelf.garments)},
        "colour": {slug: say_colour(shelf.colours[slug].name) for slug in sorted(shelf.colour_bits)},
        "size": {size: say_size(size) for size in shelf.sizes},
        "price": {value: _band(low, top, shelf.currency) for value, (low, top) in shelf.prices.items()},
        "stock": {IN_STOCK: _("In stock")},
    }


def _known_first(garments: Iterable[str]) -> list[str]:
    order = list(GARMENTS)
    return sorted(garments, key=lambda key: order.index(key) if key in order else len(order))


def _band(low: int, top: int | None, currency: str) -> str:
    least = money_short(Money(low, currency))
    if top is None:
        return _("%(price)s and more", price=least)
    return _("%(least)s to %(most)s", least=least, most=money_short(Money(top, currency)))
