"""Search on PostgreSQL: tsvector over the documents, pg_trgm over the vocabulary where the database lets us.

Without pg_trgm (a managed database may not offer it) typing mistakes are still put right, if the first letter is:
among words of about the same length that begin alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text

from shop.core.database import session

if TYPE_CHECKING:
    from shop.catalogue.search.index import Document

CANDIDATES = 60
MOST_ALIKE = 5_000
_FORGET = text("DELETE FROM search_index WHERE product_id = ANY(:ids)")
# The words are plain already, so no dictionary may change them again: 'simple'.
_PUT = text(
    "INSERT INTO search_index (product_id, vector)"
    " SELECT product_id, setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', words), 'D')"
    " FROM unnest(CAST(:ids AS bigint[]), CAST(:titles AS text[]), CAST(:words AS text[]))"
    " AS given (product_id, title, words)"
)
_LEARN = text("INSERT INTO search_words (word) SELECT unnest(CAST(:words AS text[])) ON CONFLICT (word) DO NOTHING")
_FIND = text(
    "SELECT product_id FROM search_index, to_tsquery('simple', :asked) AS query WHERE vector @@ query"
    " ORDER BY ts_rank(vector, query) DESC, product_id LIMIT :limit"
)
_HAS_TRIGRAMS = text("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
_NEAR = text("SELECT word FROM search_words ORDER BY word <-> :term LIMIT :limit")
_ALIKE = text(
    "SELECT word FROM search_words WHERE left(word, 1) = left(:term, 1)"
    " AND length(word) BETWEEN length(:term) - 2 AND length(:term) + 4 LIMIT :limit"
)


def put(documents: Sequence[Document]) -> None:
    """Keep these in place of what was kept of the same products."""
    ids = [one.product_id for one in documents]
    session().execute(_FORGET, {"ids": ids})
    titles, words = [one.title for one in documents], [one.words for one in documents]
    session().execute(_PUT, {"ids": ids, "titles": titles, "words": words})


def learn(words: Iterable[str]) -> None:
    """Add words to the vocabulary; known ones stay."""
    session().execute(_LEARN, {"words": sorted(set(words))})


def find(terms: Sequence[str], *, every: bool, limit: int) -> list[int]:
    """Products with words that begin so, every one of them or any, best first."""
    asked = (" & " if every else " | ").join(f"'{term}':*" for term in terms)
    return list(session().execute(_FIND, {"asked": asked, "limit": limit}).scalars())


def near(term: str) -> list[str]:
    """Words of the vocabulary that look most alike."""
    if session().execute(_HAS_TRIGRAMS).scalar_one():
        return list(session().execute(_NEAR, {"term": term, "limit": CANDIDATES}).scalars())
    return list(session().execute(_ALIKE, {"term": term, "limit": MOST_ALIKE}).scalars())
