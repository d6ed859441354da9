"""Offers as staff see them: what they say, their codes, their use."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Select, func, select

from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.discounts.models import Discount, DiscountCode, DiscountUse
from shop.discounts.queries.offers import scopes, terms_of
from shop.discounts.rules import Terms

PAGE = 50


class Listed(Struct, frozen=True):
    """An offer as staff see it; `codes` is how many it has, `given` what it took off in all, spent uses only."""

    id: int
    terms: Terms
    state: str
    uses: int
    codes: int
    given: Money


class CodeRow(Struct, frozen=True):
    """A code of an offer."""

    code: str
    batch: str
    most_uses: int | None
    uses: int
    created_at: datetime


class UseRow(Struct, frozen=True):
    """One use, by the order that made it."""

    order_id: str
    code: str | None
    amount: Money
    state: str
    spent_at: datetime


def listed(*, page: int = 1) -> list[Listed]:
    """Offers for staff, newest first, `PAGE` at a time and one more where there are more."""
    return _listed(_LISTED.order_by(Discount.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE))


def one(discount_id: int) -> Listed:
    """One offer for staff; raises NotFound."""
    found = _listed(_LISTED.where(Discount.id == discount_id))
    if not found:
        raise NotFound("There is no such discount.")
    return found[0]


def codes_of(discount_id: int, *, batch: str | None = None, limit: int | None = None) -> list[CodeRow]:
    """Codes of an offer in the order they were made, of one batch when asked."""
    wanted = select(
        DiscountCode.code, DiscountCode.batch, DiscountCode.most_uses, DiscountCode.uses, DiscountCode.created_at
    ).where(DiscountCode.discount_id == discount_id)
    if batch is not None:
        wanted = wanted.where(DiscountCode.batch == batch)
    return [CodeRow(*row) for row in session().execute(wanted.order_by(DiscountCode.id).limit(limit))]


def batches_of(discount_id: int) -> dict[str, tuple[int, int]]:
    """Batches by name: how many codes they have, and how many were used."""
    rows = session().execute(
        select(DiscountCode.batch, func.count(), func.sum(DiscountCode.uses))
        .where(DiscountCode.discount_id == discount_id)
        .group_by(DiscountCode.batch)
        .order_by(func.min(DiscountCode.id))
    )
    return {batch: (int(number), int(used)) for batch, number, used in rows}


def uses_of(discount_id: int, *, limit: int = PAGE) -> list[UseRow]:
    """The latest uses of an offer."""
    rows = session().execute(
        select(
            DiscountUse.order_id,
            DiscountCode.code,
            DiscountUse.amount_minor,
            DiscountUse.currency,
            DiscountUse.state,
            DiscountUse.spent_at,
        )
        .outerjoin(DiscountCode, DiscountCode.id == DiscountUse.code_id)
        .where(DiscountUse.discount_id == discount_id)
        .order_by(DiscountUse.spent_at.desc(), DiscountUse.order_id)
        .limit(limit)
    )
    return [
        UseRow(order_id, code, Money(minor, currency), state, spent_at)
        for order_id, code, minor, currency, state, spent_at in rows
    ]


def _listed(statement: AnySelect) -> list[Listed]:
    rows = session().execute(statement).all()
    covered = scopes([row.id for row, *_ in rows])
    return [
        Listed(row.id, terms_of(row, covered[row.id]), row.state, row.uses, int(codes), Money(int(given), row.currency))
        for row, codes, given in rows
    ]


_CODES = (
    select(func.count())
    .select_from(DiscountCode)
    .where(DiscountCode.discount_id == Discount.id)
    .correlate(Discount)
    .scalar_subquery()
)
_GIVEN = (
    select(func.coalesce(func.sum(DiscountUse.amount_minor), 0))
    .where(DiscountUse.discount_id == Discount.id, DiscountUse.state == "spent")
    .correlate(Discount)
    .scalar_subquery()
)
_LISTED: Select[tuple[Discount, int, int]] = select(Discount, _CODES, _GIVEN)
