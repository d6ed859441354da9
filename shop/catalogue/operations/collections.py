"""Collections: products shown together, chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from shop.catalogue.models import Collection, CollectionProduct
from shop.catalogue.operations.mark import note_change
from shop.catalogue.rules import CollectionFacts, taken
from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import NotFound


def add_collection(facts: CollectionFacts) -> int:
    """Add a collection, empty; its id. Raises Invalid, beside `slug`, when another has the address."""
    if not insert_once(Collection, _values(facts)):
        raise taken()
    return session().execute(select(Collection.id).where(Collection.slug == facts.slug)).scalar_one()


def change_collection(collection_id: int, facts: CollectionFacts) -> None:
    """Say something else of a collection; raises Invalid, beside `slug`, and NotFound."""
    others = select(Collection.id).where(Collection.slug == facts.slug, Collection.id != collection_id)
    if session().execute(others).first():
        raise taken()
    changed = update(Collection).where(Collection.id == collection_id).values(**_values(facts))
    if rows_changed(session().execute(changed)) == 0:
        raise NotFound("There is no such collection.")
    note_change()


def fill_collection(collection_id: int, product_ids: Sequence[int]) -> None:
    """Put exactly these products in, in this order."""
    session().execute(delete(CollectionProduct).where(CollectionProduct.collection_id == collection_id))
    rows = [
        {"collection_id": collection_id, "product_id": product_id, "position": position}
        for position, product_id in enumerate(dict.fromkeys(product_ids), start=1)
    ]
    if rows:
        session().execute(insert(CollectionProduct), rows)
    session().execute(update(Collection).where(Collection.id == collection_id).values(updated_at=clock.now()))
    note_change()


def _values(facts: CollectionFacts) -> dict[str, object]:
    return {
        "slug": facts.slug,
        "title": facts.title,
        "standfirst": facts.standfirst,
        "published": facts.published,
        "position": facts.position,
        "updated_at": clock.now(),
    }
