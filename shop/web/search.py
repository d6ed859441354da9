"""Search: what a shelf says of what was looked for, and suggestions while somebody types."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from shop.catalogue.search.index import find
from shop.catalogue.search.words import terms
from shop.core.errors import TooMany
from shop.core.formats import money_text
from shop.core.languages import _
from shop.core.networks import network_of
from shop.web.languages import addressed
from shop.web.listing import Place
from shop.web.present import addresses
from shop.web.present.filters import wanted
from shop.web.quick_limits import quick_limits
from shop.web.reads import shelf
from shop.web.reads.search import search, stories_called
from shop.web.reads.shelf_map import ShelfMap, shelf_map
from shop.web.view_models.shelf import SearchBox

TEES = 6
STORIES = 2
PER_MINUTE = 120  # nobody types faster
blueprint = Blueprint("search", __name__)


def search_box(words: str = "", *, meant: str = "", loosely: bool = False) -> SearchBox:
    """The form, with what was looked for."""
    return SearchBox(
        action=addresses.SHOP,
        suggestions_url=addressed(addresses.SUGGESTIONS),
        words=words,
        meant=meant,
        loosely=loosely,
    )


def found_place(shelves: ShelfMap, words: str) -> Place:
    """What was found, to be narrowed and sorted like any shelf."""
    found = search(shelves, words)
    return Place(
        path=addresses.SHOP,
        title=_("Search"),
        about="",
        positions=found.positions,
        search=search_box(words, meant=found.meant, loosely=found.loosely and bool(found.positions)),
    )


@blueprint.get(addresses.SUGGESTIONS)
def suggestions() -> Response:
    """A few products and stories whose words begin as what was typed, as JSON; TooMany for whoever asks too often."""
    if not quick_limits().allows("suggestions", network_of(request.remote_addr), per_minute=PER_MINUTE):
        raise TooMany(_("That was asked for too often from here. Please try again in a minute."))
    asked, shelves = terms(wanted(request.args).words), shelf_map()
    positions = shelves.sieve.positions(find(asked))[:TEES]
    tees = shelf.by_ids([shelves.sieve.ids[at] for at in positions]) if positions else []
    offered = [
        _one(card.product.title, money_text(card.product.price_from), addresses.product(card.product.slug))
        for card in tees
    ]
    titles = shelves.titles()
    offered += [
        _one(titles[slug], _("Story"), addresses.campaign(slug)) for slug in stories_called(shelves, asked)[:STORIES]
    ]
    answer = jsonify(suggestions=offered)
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


def _one(label: str, note: str, path: str) -> dict[str, str]:
    return {"label": label, "note": note, "url": addressed(path)}
