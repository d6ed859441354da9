"""Products that search does not know yet, such as those of before it was there, are read by the worker."""

from __future__ import annotations

from shop.catalogue.search.index import index_products, not_indexed
from shop.core.database import end_read, transaction

BATCH = 250


def index_missing() -> int:
    """Index whatever is missing, a batch a write unit; returns how many there were. Safe to repeat."""
    done = 0
    while missing := not_indexed(limit=BATCH):
        end_read()
        with transaction():
            index_products(missing)
        done += len(missing)
    end_read()
    return done
