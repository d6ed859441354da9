"""Offers and their codes as staff make them. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from shop.core import clock, codes
from shop.core.database import insert_many, insert_once, rows_changed, session
from shop.core.errors import Conflict, Invalid
from shop.discounts.models import Discount, DiscountCode, DiscountCollection, DiscountProduct, DiscountUse
from shop.discounts.rules import MOST_CODES, Terms, check, read_code


class UsedAlready(Conflict):
    """What an offer is for stays as it is once somebody used it: orders say that they were lowered by it."""

    def __init__(self) -> None:
        super().__init__("Somebody has used this discount, so what it is for stays. Make a copy and pause this one.")


def add_discount(terms: Terms, *, currency: str) -> int:
    """Write a new offer, active at once; returns its id. Raises Invalid."""
    check(terms)
    row = Discount(
        name=terms.name.strip(),
        kind=terms.kind,
        automatic=terms.automatic,
        basis_points=terms.basis_points,
        amount_minor=terms.amount.minor if terms.amount else None,
        buy_units=terms.buy_units,
        get_units=terms.get_units,
        minimum_minor=terms.minimum.minor if terms.minimum else None,
        currency=currency,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        most_uses=terms.most_uses,
        most_per_customer=terms.most_per_customer,
        uses=0,
        state="active",
        created_at=clock.now(),
    )
    session().add(row)
    session().flush()
    cover(row.id, terms.product_ids, terms.collection_ids)
    return row.id


def lock_unused(discount_id: int) -> None:
    """Keep an offer that nobody used from whoever would use it, until the transaction ends; raises UsedAlready."""
    used = select(DiscountUse.discount_id).where(DiscountUse.discount_id == discount_id)
    unused = update(Discount).where(Discount.id == discount_id, Discount.uses == 0, ~used.exists())
    if rows_changed(session().execute(unused.values(uses=Discount.uses))) == 0:
        raise UsedAlready


def cover(discount_id: int, product_ids: Iterable[int], collection_ids: Iterable[int]) -> None:
    """What an offer is for from now on, in place of what it was for."""
    for scope in (DiscountProduct, DiscountCollection):
        session().execute(delete(scope).where(scope.discount_id == discount_id))
    for product_id in sorted(product_ids):
        session().execute(insert(DiscountProduct).values(discount_id=discount_id, product_id=product_id))
    for collection_id in sorted(collection_ids):
        session().execute(insert(DiscountCollection).values(discount_id=discount_id, collection_id=collection_id))


def add_code(discount_id: int, typed: str, *, most_uses: int | None = None) -> str:
    """Give an offer a code of one's own choice; returns it as it is kept. Raises Invalid beside the field `code`."""
    code = read_code(typed)
    if not insert_once(DiscountCode, _code(discount_id, code, "", most_uses)):
        raise Invalid("This code is taken; choose another one.", field="code")
    return code


def add_batch(discount_id: int, *, batch: str, number: int, prefix: str = "") -> None:
    """Make `number` codes for one use each, such as `THANKS-7F3K9QWM`. Raises Invalid."""
    if not 0 < number <= MOST_CODES:
        raise Invalid(f"Enter how many codes: 1 to {MOST_CODES}.", field="number")
    if not batch.strip():
        raise Invalid("Give the batch a name, such as the list it is for.", field="batch")
    start = f"{read_code(prefix)}-" if prefix.strip() else ""
    if len(start) > 20:
        raise Invalid("Keep the beginning under 20 characters.", field="prefix")
    drawn: set[str] = set()
    while len(drawn) < number:
        drawn.add(start + codes.new_code())
    insert_many(DiscountCode, [_code(discount_id, code, batch.strip()[:80], 1) for code in sorted(drawn)])


def set_state(discount_id: int, state: str) -> bool:
    """Pause an offer or take it up again; False when it is so already, or there is none."""
    row = update(Discount).where(Discount.id == discount_id, Discount.state != state)
    return rows_changed(session().execute(row.values(state=state))) == 1


def _code(discount_id: int, code: str, batch: str, most_uses: int | None) -> dict[str, object]:
    return {
        "discount_id": discount_id,
        "code": code,
        "batch": batch,
        "most_uses": most_uses,
        "uses": 0,
        "created_at": clock.now(),
    }
