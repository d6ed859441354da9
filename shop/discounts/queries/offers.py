"""Offers as carts and orders meet them: a fixed number of statements, whatever is on offer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from msgspec import Struct
from sqlalchemy import BigInteger, ColumnElement, and_, func, null, or_, select, union_all

from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session, table
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.discounts.models import Discount, DiscountCode, DiscountCollection, DiscountProduct, DiscountUse
from shop.discounts.rules import Kind, Names, Offer, Terms, called


def offers_for(code: str, *, customer: str, waiting: str | None, now: datetime) -> list[Offer]:
    """Every automatic offer in force, and the one of `code` whatever its state.

    What the cart's own unpaid order (`waiting`) has spent counts as free, for it will be given back first.
    """
    found = _offered(code, now).all()
    if not found:
        return []
    ids = [row.id for row in found]
    covered, own, used = scopes(ids), _own(waiting), _uses_by(customer, ids, waiting)
    return [
        Offer(
            id=row.id,
            terms=terms_of(row, covered[row.id]),
            active=row.state == "active",
            code=code if row.code_id else "",
            code_id=row.code_id,
            code_left=_plus(
                _left(row.code_most, row.code_uses), row.code_id is not None and row.code_id == own.get(row.id)
            ),
            uses_left=_plus(_left(row.most_uses, row.uses), row.id in own),
            customer_left=_left(row.most_per_customer, used.get(row.id, 0)),
        )
        for row in found
    ]


@prepared
def _offered(code: str, now: datetime) -> AnySelect:
    row, given = table(Discount), table(DiscountCode).c
    current = and_(
        row.c.automatic,
        row.c.state == "active",
        or_(row.c.starts_at.is_(None), row.c.starts_at <= now),
        or_(row.c.ends_at.is_(None), row.c.ends_at > now),
    )
    of_code = (given.id.label("code_id"), given.most_uses.label("code_most"), given.uses.label("code_uses"))
    meant = and_(given.discount_id == row.c.id, given.code == code)
    offered = select(row, *of_code).outerjoin(table(DiscountCode), meant)
    return offered.where(or_(current, given.id.is_not(None))).order_by(row.c.id)


def names_of(order_id: str) -> Names:
    """What took something off an order."""
    rows = session().execute(
        select(Discount.kind, Discount.name, DiscountCode.code)
        .select_from(DiscountUse)
        .join(Discount, Discount.id == DiscountUse.discount_id)
        .outerjoin(DiscountCode, DiscountCode.id == DiscountUse.code_id)
        .where(DiscountUse.order_id == order_id)
        .order_by(Discount.id)
    )
    found = {("delivery" if kind == "free_delivery" else "goods"): called(name, code) for kind, name, code in rows}
    return Names(**found)


def goods_terms_of(order_id: str) -> Terms | None:
    """What the offer that took something off an order's goods says now; None where there was none."""
    row = (
        session()
        .scalars(
            select(Discount)
            .join(DiscountUse, DiscountUse.discount_id == Discount.id)
            .where(DiscountUse.order_id == order_id, Discount.kind != "free_delivery")
            .order_by(Discount.id)
            .limit(1)
        )
        .one_or_none()
    )
    return None if row is None else terms_of(row, scopes([row.id])[row.id])


def theirs(customer: str) -> ColumnElement[bool]:
    """Spent uses of a browser, and of every e-mail address that it has paid with."""
    known = select(DiscountUse.email_key).where(DiscountUse.customer == customer, DiscountUse.email_key.is_not(None))
    same = or_(DiscountUse.customer == customer, DiscountUse.email_key.in_(known))
    return and_(DiscountUse.state == "spent", same)


def _uses_by(customer: str, discount_ids: Iterable[int], waiting: str | None) -> dict[int, int]:
    counted = (
        select(DiscountUse.discount_id, func.count())
        .where(DiscountUse.discount_id.in_(list(discount_ids)), theirs(customer))
        .group_by(DiscountUse.discount_id)
    )
    if waiting is not None:
        counted = counted.where(DiscountUse.order_id != waiting)
    return dict(session().execute(counted).all())


def _own(waiting: str | None) -> dict[int, int | None]:
    """What the cart's own unpaid order has spent: code id (or None) by offer."""
    if waiting is None:
        return {}
    rows = session().execute(
        select(DiscountUse.discount_id, DiscountUse.code_id).where(
            DiscountUse.order_id == waiting, DiscountUse.state == "spent"
        )
    )
    return dict(rows.all())


class Scope(Struct, frozen=True):
    """What an offer names: products, and collections."""

    product_ids: frozenset[int] = frozenset()
    collection_ids: frozenset[int] = frozenset()


def scopes(discount_ids: Iterable[int]) -> dict[int, Scope]:
    """What each offer names; nothing for everything."""
    ids, nothing = list(discount_ids), null().cast(BigInteger)
    products = select(DiscountProduct.discount_id, DiscountProduct.product_id, nothing)
    collections = select(DiscountCollection.discount_id, nothing, DiscountCollection.collection_id)
    named = union_all(
        products.where(DiscountProduct.discount_id.in_(ids)), collections.where(DiscountCollection.discount_id.in_(ids))
    )
    rows = [tuple(row) for row in session().execute(named)]
    return {
        one: Scope(
            frozenset(product_id for of, product_id, _ in rows if of == one and product_id is not None),
            frozenset(collection_id for of, _, collection_id in rows if of == one and collection_id is not None),
        )
        for one in ids
    }


def terms_of(row: Discount | AnyRow, scope: Scope) -> Terms:
    """What an offer says, from its row."""
    alike = "name automatic basis_points buy_units get_units starts_at ends_at most_uses most_per_customer".split()
    return Terms(
        kind=cast(Kind, row.kind),
        product_ids=scope.product_ids,
        collection_ids=scope.collection_ids,
        amount=_money(row.amount_minor, row.currency),
        minimum=_money(row.minimum_minor, row.currency),
        **{name: getattr(row, name) for name in alike},
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def _left(most: int | None, used: int | None) -> int | None:
    return None if most is None else most - (used or 0)


def _plus(left: int | None, own: bool) -> int | None:
    return left + 1 if own and left is not None else left
