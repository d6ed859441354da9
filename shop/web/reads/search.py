"""What a visitor's words find: products by the index, and those of stories that are called so."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from shop.catalogue.search import index
from shop.catalogue.search.words import nearest, terms, words_of
from shop.web.reads.shelf_map import ShelfMap


class Found(Struct, frozen=True):
    """Places on the shelf, best first; `meant` are other words that were looked for instead of those typed.

    `loosely` when nothing has all of the words and these have some of them.
    """

    positions: list[int]
    meant: str = ""
    loosely: bool = False


def search(shelves: ShelfMap, query: str) -> Found:
    """Look for all the words, then for what they may have been meant to be, then for any of them."""
    asked = terms(query)
    if found := _having(shelves, asked):
        return Found(found)
    meant = tuple(_meant(shelves, term) for term in asked)
    if meant != asked and (found := _having(shelves, meant)):
        return Found(found, meant=" ".join(meant))
    some = shelves.sieve.positions(index.find(meant, every=False))
    return Found(some, meant=" ".join(meant) if meant != asked else "", loosely=True)


def stories_called(shelves: ShelfMap, asked: Sequence[str]) -> list[str]:
    """Slugs of stories in whose titles, in English or the language spoken, each of the words begins one."""
    found = _titles(shelves) if asked else {}
    return [slug for slug, told in found.items() if any(_begin(asked, words_of(title)) for title in told)]


def _having(shelves: ShelfMap, asked: Sequence[str]) -> list[int]:
    ids = index.find(asked)
    told = (one for slug in stories_called(shelves, asked) for one in shelves.stories[slug])
    return list(dict.fromkeys(shelves.sieve.positions([*ids, *told])))


def _meant(shelves: ShelfMap, term: str) -> str:
    """The known word that was most likely meant; the term itself where it begins a known word, or none is near."""
    titles = (word for told in _titles(shelves).values() for title in told for word in words_of(title))
    known = [*index.near(term), *titles]
    if any(word.startswith(term) for word in known):
        return term
    return nearest(term, known) or term


def _titles(shelves: ShelfMap) -> dict[str, set[str]]:
    """Of stories, as they were written and in the language spoken."""
    said = shelves.titles()
    return {slug: {str(title), str(said[slug])} for slug, (_key, title) in shelves.campaigns.items()}


def _begin(asked: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(term) for word in words) for term in asked)
