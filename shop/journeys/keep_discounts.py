"""Staff make discounts, give them codes, pause them and take them up again; each change says who."""

from __future__ import annotations

import hashlib

from msgspec.structs import asdict

from shop.brand.queries import brand
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict
from shop.discounts.operations import offers as discounts
from shop.discounts.queries.listing import one
from shop.discounts.rules import Terms, summary
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences


@again
def make_discount(terms: Terms, *, code: str, code_uses: int | None, actor: str) -> int:
    """A new offer, with its first code unless it is automatic or `code` is empty; its id. Raises Invalid."""
    currency = brand().currency
    with transaction():
        discount_id = discounts.add_discount(terms, currency=currency)
        if code and not terms.automatic:
            discounts.add_code(discount_id, code, most_uses=code_uses)
        audit(
            actor=actor,
            action="discount.made",
            subject=f"discount {discount_id}",
            details=begun({**asdict(terms), "says": summary(terms), "code": code, "uses of code": code_uses}),
        )
    return discount_id


@again
def give_code(discount_id: int, *, code: str, most_uses: int | None, actor: str) -> str:
    """One more code of staff's own choice. Raises Invalid."""
    with transaction():
        kept = discounts.add_code(discount_id, code, most_uses=most_uses)
        told = begun({"code": kept, "uses": most_uses})
        audit(actor=actor, action="discount.code", subject=f"discount {discount_id}", details=told)
    return kept


@again
def make_batch(discount_id: int, *, batch: str, number: int, prefix: str, actor: str) -> None:
    """Codes for one use each. Raises Invalid."""
    with transaction():
        discounts.add_batch(discount_id, batch=batch, number=number, prefix=prefix)
        details = begun({"batch": batch, "codes": number, "prefix": prefix})
        audit(actor=actor, action="discount.batch", subject=f"discount {discount_id}", details=details)


@again
def change_discount_scope(
    discount_id: int, *, product_ids: frozenset[int], collection_ids: frozenset[int], seen: str, actor: str
) -> None:
    """Let one that nobody used be for other tees; `seen` marks what it was for on the page.

    Raises UsedAlready, and Conflict where somebody else changed it meanwhile.
    """
    with transaction():
        discounts.lock_unused(discount_id)
        before = one(discount_id).terms
        if scope_mark(before) != seen:
            raise Conflict("Somebody else changed what it is for. This is how it stands now; change it once more.")
        discounts.cover(discount_id, product_ids, collection_ids)
        told = differences(
            {"products": before.product_ids, "collections": before.collection_ids},
            {"products": product_ids, "collections": collection_ids},
        )
        audit(actor=actor, action="discount.scope", subject=f"discount {discount_id}", details=told)


def scope_mark(terms: Terms) -> str:
    """Changes with what an offer is for."""
    told = repr((sorted(terms.product_ids), sorted(terms.collection_ids)))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@again
def set_discount(discount_id: int, *, state: str, actor: str) -> None:
    """Pause an offer (`paused`) or take it up again (`active`). Raises Conflict when it is so already."""
    with transaction():
        told = differences({"state": one(discount_id).state}, {"state": state})
        if not discounts.set_state(discount_id, state):
            raise Conflict("Somebody did that a moment ago.")
        audit(actor=actor, action=f"discount.{state}", subject=f"discount {discount_id}", details=told)
