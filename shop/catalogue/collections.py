"""Reads of collections: what they hold, shown or for whoever refers to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import bindparam, select

from shop.catalogue.models import Collection, CollectionProduct, Product
from shop.catalogue.rules import CollectionFacts
from shop.core.database import session
from shop.core.phrases import phrased, sayer

COLLECTIONS = "collections"  # a shelf of phrases


def collection_named(slug: str) -> tuple[CollectionFacts, list[int]] | None:
    """A published collection with the ids of its products in their order, whatever their status; None for no such."""
    rows = session().execute(_COLLECTION, {"slug": slug}).all()
    if not rows:
        return None
    facts = phrased(COLLECTIONS, [CollectionFacts(*rows[0][1:])], ("title", "standfirst"))[0]
    return facts, [row[0] for row in rows if row[0] is not None]


def collection_titles() -> dict[int, str]:
    """The titles of all collections, shown or not, by id and in their order."""
    rows = session().execute(select(Collection.id, Collection.title).order_by(Collection.position, Collection.id))
    return dict(rows.all())


def held_by(collection_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The ids of the products in each of these collections, shown or not; those with nothing in them are left out."""
    row = CollectionProduct
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    wanted = select(row.collection_id, row.product_id).where(row.collection_id.in_(list(collection_ids)))
    for collection_id, product_id in session().execute(wanted):
        found[collection_id] |= {product_id}
    return found


def collection_kept(collection_id: int) -> tuple[CollectionFacts | None, list[str]]:
    """A collection, shown or not, with the addresses of its products in their order; None for no such."""
    mine = Collection.id == collection_id
    row = session().execute(select(*_FACTS).where(mine)).one_or_none()
    held = (
        select(Product.slug)
        .join(CollectionProduct, CollectionProduct.product_id == Product.id)
        .where(CollectionProduct.collection_id == collection_id)
        .order_by(CollectionProduct.position)
    )
    return (CollectionFacts(*row) if row else None), list(session().execute(held).scalars())


def collections_shown() -> list[tuple[str, str]]:
    """Slugs and titles of the published collections, in their order."""
    shown = select(Collection.slug, Collection.title).where(Collection.published)
    say = sayer(COLLECTIONS)
    return [(slug, say(title)) for slug, title in session().execute(shown.order_by(Collection.position, Collection.id))]


_FACTS = (Collection.slug, Collection.title, Collection.standfirst, Collection.published, Collection.position)
_COLLECTION = (
    select(CollectionProduct.product_id, *_FACTS)
    .select_from(Collection)
    .outerjoin(CollectionProduct, CollectionProduct.collection_id == Collection.id)
    .where(Collection.slug == bindparam("slug"), Collection.published)
    .order_by(CollectionProduct.position)
)
