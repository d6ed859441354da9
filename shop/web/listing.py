"""A shelf that can be narrowed, sorted and paged: the shop itself, and collections."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, request
from msgspec import Struct

from shop.core.languages import _
from shop.giving.queries import pledges_for
from shop.web.present import addresses, cards, filters
from shop.web.present.pages import count_in_words, page_asked, pagination
from shop.web.public import meta, rendered
from shop.web.reads import shelf
from shop.web.reads.shelf_map import ShelfMap
from shop.web.reads.sieve import SORTS, Wanted
from shop.web.view_models.parts import Link, ProductCard
from shop.web.view_models.shelf import SearchBox, ShopPage

FEW = 4


class Place(Struct, frozen=True, kw_only=True):
    """What is narrowed: `positions` in their own order, or everything where they are None."""

    path: str
    search: SearchBox | None = None
    title: str
    about: str
    positions: Sequence[int] | None = None
    story_url: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    collections: tuple[Link, ...] = ()


def listing(shelves: ShelfMap, place: Place) -> str:
    """The page that the request asks for; 404 for one that is not there."""
    number, choice = page_asked(request.args.get("page")), filters.wanted(request.args)
    if number is None:
        abort(404)
    sieve = shelves.sieve
    within = sieve.all if place.positions is None else sieve.having(place.positions)
    found = sieve.passing(choice, within)
    own_order = place.positions is not None and choice.sort == SORTS[0]
    order = place.positions if own_order and place.positions is not None else shelves.order(choice.sort)
    ids = sieve.page(found, order, offset=(number - 1) * shelf.PAGE, limit=shelf.PAGE)
    if number > 1 and not ids:
        abort(404)
    return rendered("shop/shop.html", _page(shelves, place, choice, within, ids, found.bit_count(), number))


def some_tees() -> tuple[ProductCard, ...]:
    """The first of the shelf, for a page that would else be empty."""
    found = shelf.front(limit=FEW)
    return cards.products(found, pledges_for(card.product.id for card in found))


def _page(
    shelves: ShelfMap, place: Place, choice: Wanted, within: int, ids: list[int], total: int, number: int
) -> ShopPage:
    def url(other: Wanted, page: int = 1) -> str:
        return addresses.asking(place.path, filters.query(other) | {"page": "" if page == 1 else str(page)})

    chosen, orders = filters.chosen(shelves, choice, url), filters.sorts(choice, url)
    shown = shelf.by_ids(ids) if ids else []
    narrowed = ", ".join(link.label for link in chosen)
    title = f"{place.title}: {narrowed}" if narrowed else place.title
    return ShopPage(
        meta=meta(
            title if number == 1 else _("%(title)s, page %(number)s", title=title, number=number),
            url(choice, number),
            place.about,
            indexed=bool(total) and len(chosen) < 2 and choice.sort == SORTS[0] and not choice.words,
        ),
        heading=place.title,
        search=place.search,
        standfirst=place.about,
        breadcrumbs=place.breadcrumbs,
        collections=place.collections if not chosen else (),
        count=count_in_words(total, number, shelf.PAGE),
        products=cards.products(shown, pledges_for(card.product.id for card in shown), colour=choice.colour),
        filters=filters.groups(shelves, choice, within, url),
        sorts=orders,
        sorted_by=next(link.label for link in orders if link.current),
        chosen=chosen,
        others=some_tees() if choice.words and not shown else (),
        clear_url=place.path,
        story_url=place.story_url,
        pagination=pagination(total, number, shelf.PAGE, lambda page: url(choice, page)),
    )
