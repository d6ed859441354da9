"""Staff put products together under an address of their own; each change says who."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from shop.catalogue import operations as catalogue
from shop.catalogue.collections import collection_kept
from shop.catalogue.queries import ids_by_slug
from shop.catalogue.rules import CollectionFacts
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences


@again
def keep_collection(collection_id: int | None, facts: CollectionFacts, slugs: Sequence[str], *, actor: str) -> int:
    """Make a collection, or change one, with exactly these products; its id. Raises Invalid and NotFound."""
    with transaction():
        ids = ids_by_slug(slugs)
        if strangers := [slug for slug in slugs if slug not in ids]:
            raise Invalid(f"There is no product at {strangers[0]}.", field="products")
        before = _told(*(collection_kept(collection_id) if collection_id is not None else (None, [])))
        if collection_id is None:
            collection_id = catalogue.add_collection(facts)
        else:
            catalogue.change_collection(collection_id, facts)
        catalogue.fill_collection(collection_id, [ids[slug] for slug in slugs])
        audit(
            actor=actor,
            action="collection.kept",
            subject=f"collection {collection_id}",
            details=differences(before, _told(facts, list(slugs))),
        )
    return collection_id


def _told(facts: CollectionFacts | None, slugs: Sequence[str]) -> dict[str, object]:
    return {**asdict(facts), "products": list(slugs)} if facts else {}
