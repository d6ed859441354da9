"""The index: kept with the products, in the transaction of their change; asked by pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from sqlalchemy import select, text

from shop.catalogue.models import Colour, Product
from shop.catalogue.queries import PRODUCT
from shop.catalogue.said import COLOURS
from shop.catalogue.search import postgres, sqlite
from shop.catalogue.search.words import LONGEST, words_of
from shop.core.database import session
from shop.core.phrases import WHOLE
from shop.core.wordings import every_wording

MOST_FOUND = 20_000  # products that one search finds at most; twice the shelf that the store is measured with
_NOT_INDEXED = text(
    "SELECT id FROM products WHERE id NOT IN (SELECT product_id FROM search_index) ORDER BY id LIMIT :limit"
)


class Document(Struct, frozen=True):
    """A product's words in every language; those of the title weigh more."""

    product_id: int
    title: str
    words: str


class Engine(Protocol):
    """What both databases can do."""

    def put(self, documents: Sequence[Document]) -> None:
        """Keep these in place of what was kept of the same products."""

    def learn(self, words: Iterable[str]) -> None:
        """Add words to the vocabulary; known ones stay."""

    def find(self, terms: Sequence[str], *, every: bool, limit: int) -> list[int]:
        """Products with words that begin so, every one of them or any, best first."""

    def near(self, term: str) -> list[str]:
        """Words of the vocabulary that may be meant."""


def index_products(product_ids: Iterable[int]) -> None:
    """Read these products' words afresh, in the open transaction; safe to repeat."""
    documents = _documents(list(product_ids))
    if documents:
        _engine().put(documents)
        _engine().learn({word for one in documents for word in f"{one.title} {one.words}".split() if len(word) > 2})


def find(terms: Sequence[str], *, every: bool = True, limit: int = MOST_FOUND) -> list[int]:
    """Ids of products, of any status, whose words begin with the terms, best first; titles count most."""
    return _engine().find(terms, every=every, limit=limit) if terms else []


def not_indexed(*, limit: int) -> list[int]:
    """Ids of products, of any status, that no search can find."""
    return list(session().execute(_NOT_INDEXED, {"limit": limit}).scalars())


def near(term: str) -> list[str]:
    """Some dozens of known words that look like a term at most `LONGEST` letters long."""
    return _engine().near(term[:LONGEST])


def _engine() -> Engine:
    return postgres if session().get_bind().dialect.name == "postgresql" else sqlite


def _documents(product_ids: Sequence[int]) -> list[Document]:
    wanted = Product.id.in_(product_ids)
    about = select(Product.id, Product.title, Product.garment, Product.summary, Product.story).where(wanted)
    products = session().execute(about).all()
    colours = _colours(product_ids)
    told = {key: said.values() for key, said in every_wording(PRODUCT, product_ids).items()}
    return [
        Document(
            key,
            _plain(title, *(texts.get("title", "") for texts in told.get(key, ()))),
            _plain(garment, summary, story, *colours.get(key, ()), *_further(told.get(key, ()))),
        )
        for key, title, garment, summary, story in products
    ]


def _further(told: Iterable[Mapping[str, str]]) -> list[str]:
    return [texts.get(field, "") for texts in told for field in ("summary", "story")]


def _colours(product_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Their names in every language."""
    found: dict[int, list[str]] = {}
    told = every_wording(COLOURS, [WHOLE]).get(WHOLE, {}).values()
    rows = session().execute(select(Colour.product_id, Colour.name).where(Colour.product_id.in_(product_ids)))
    for product_id, name in rows:
        found.setdefault(product_id, []).extend((name, *(said for texts in told if (said := texts.get(name)))))
    return found


def _plain(*texts: str) -> str:
    return " ".join(word for text in texts for word in words_of(text.replace("_", " ")))
