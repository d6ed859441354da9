"""Products that search does not know yet, such as those of before it was there, are read by the worker."""

from __future__ import annotations

from collections.abc import Sequence

from shop.catalogue.queries import product_ids_in
from shop.catalogue.search.index import index_products, not_indexed
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.journeys.services import Services

BATCH = 250


def index_missing() -> int:
    """Index whatever is missing, a batch a write unit; returns how many there were. Safe to repeat."""
    done = 0
    while missing := not_indexed(limit=BATCH):
        end_read()
        _index(missing)
        done += len(missing)
    end_read()
    return done


def index_colours(payload: Json, _services: Services) -> None:
    """Keep the promise of new words for colours: products that come in these are read afresh. Safe to repeat."""
    coloured = product_ids_in(payload["colours"])
    end_read()
    for start in range(0, len(coloured), BATCH):
        _index(coloured[start : start + BATCH])


@again
def _index(product_ids: Sequence[int]) -> None:
    with transaction():
        index_products(product_ids)
