"""Search on SQLite: FTS5 over the documents, and over the trigrams of the vocabulary (https://sqlite.org/fts5.html)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from shop.catalogue.search.words import trigrams
from shop.core.database import session

if TYPE_CHECKING:
    from shop.catalogue.search.index import Document

TITLE_WEIGHT = 8.0
CANDIDATES = 60
_MOST_ASKED = 500  # below the number of parameters that any SQLite takes
_FORGET = text("DELETE FROM search_index WHERE rowid = :product_id")
_PUT = text(
    "INSERT INTO search_index (rowid, title, words, product_id) VALUES (:product_id, :title, :words, :product_id)"
)
_KNOWN = text("SELECT word FROM search_words WHERE word IN :words").bindparams(bindparam("words", expanding=True))
_LEARN = text("INSERT INTO search_words (word) VALUES (:word)")
_LEARN_LOOK = text("INSERT INTO search_trigrams (word) VALUES (:marked)")
_FIND = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :asked"
    f" ORDER BY bm25(search_index, {TITLE_WEIGHT}, 1.0), rowid LIMIT :limit"
)
_NEAR = text("SELECT word FROM search_trigrams WHERE search_trigrams MATCH :asked ORDER BY rank LIMIT :limit")


def put(documents: Sequence[Document]) -> None:
    """Keep these in place of what was kept of the same products."""
    session().execute(_FORGET, [{"product_id": one.product_id} for one in documents])
    session().execute(
        _PUT, [{"product_id": one.product_id, "title": one.title, "words": one.words} for one in documents]
    )


def learn(words: Iterable[str]) -> None:
    """Add words to the vocabulary; known ones stay."""
    asked = sorted(set(words))
    for some in (asked[at : at + _MOST_ASKED] for at in range(0, len(asked), _MOST_ASKED)):
        known = set(session().execute(_KNOWN, {"words": some}).scalars())
        fresh = [word for word in some if word not in known]
        if fresh:
            session().execute(_LEARN, [{"word": word} for word in fresh])
            session().execute(_LEARN_LOOK, [{"marked": f"__{word}_"} for word in fresh])


def find(terms: Sequence[str], *, every: bool, limit: int) -> list[int]:
    """Products with words that begin so, every one of them or any, best first."""
    asked = (" AND " if every else " OR ").join(f'"{term}" *' for term in terms)
    return list(session().execute(_FIND, {"asked": asked, "limit": limit}).scalars())


def near(term: str) -> list[str]:
    """Words of the vocabulary that share the most, and the rarest, trigrams."""
    asked = " OR ".join(f'"{three}"' for three in trigrams(term))
    found = session().execute(_NEAR, {"asked": asked, "limit": CANDIDATES}).scalars()
    return [marked.strip("_") for marked in found]
