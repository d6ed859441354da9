"""Which print a product carries. Writes assume an open transaction."""

from __future__ import annotations

from sqlalchemy import select, update

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.database import rows_changed, session
from shop.core.errors import NotFound


def wearing(key: str) -> list[tuple[int, str]]:
    """Id and title of the products that carry a print."""
    rows = session().execute(select(Product.id, Product.title).where(Product.artwork == key).order_by(Product.title))
    return [(row.id, row.title) for row in rows]


def wearable() -> list[tuple[int, str]]:
    """Id and title of every product that is not retired."""
    rows = session().execute(
        select(Product.id, Product.title).where(Product.status != "retired").order_by(Product.title)
    )
    return [(row.id, row.title) for row in rows]


def put_on(product_id: int, *, key: str, credit: str) -> None:
    """Let a product carry a print. Raises NotFound."""
    changed = update(Product).where(Product.id == product_id, Product.status != "retired")
    values = {"artwork": key, "artwork_credit": credit, "updated_at": clock.now()}
    if rows_changed(session().execute(changed.values(**values))) != 1:
        raise NotFound("There is no such product, or it is retired.", field="product")


def put_in_place_of(old: str, *, key: str, credit: str) -> int:
    """Let every product that carries `old` carry `key`; answers how many."""
    changed = update(Product).where(Product.artwork == old)
    values = {"artwork": key, "artwork_credit": credit, "updated_at": clock.now()}
    return rows_changed(session().execute(changed.values(**values)))
