"""People by their mail address, gathered from wherever they left it.

A person's page is named after one of those rows, never after the address: addresses of pages end in logs and histories.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from shop.actions.models import Signature
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.giving.models import Fund, Gift
from shop.monthly.models import MonthlyGift
from shop.news.models import NewsSubscription
from shop.orders.models import Order
from shop.orders.queries import orders_of
from shop.orders.rules import OrderFacts
from shop.restock.models import RestockRequest

PAGE = 50
ORDERS = "a"
MOST_ORDERS = 200
_Column = InstrumentedAttribute[Any]
# Where an address may stand, by the letter that names of pages begin with: its id, the address, and since when. What
# stays longest comes first, and gives a person's page its name.
SOURCES: dict[str, tuple[_Column, _Column, _Column]] = {
    ORDERS: (Order.id, Order.email, Order.placed_at),
    "b": (MonthlyGift.id, MonthlyGift.email, MonthlyGift.chosen_at),
    "c": (NewsSubscription.id, NewsSubscription.email, NewsSubscription.asked_at),
    "d": (Signature.id, Signature.email, Signature.created_at),
    "e": (RestockRequest.id, RestockRequest.email, RestockRequest.asked_at),
}


class CustomerRow(Struct, frozen=True):
    """One address. `ref` names its page; `seen_at` is when it last stood anywhere."""

    email: str
    ref: str
    orders: int
    seen_at: datetime


class GiftRow(Struct, frozen=True):
    """What an order gave, by fund."""

    order_id: str
    number: str
    fund: str
    amount: Money
    given_at: datetime


class Bought(Struct, frozen=True):
    """What a person bought and gave."""

    orders: list[OrderFacts]
    gifts: list[GiftRow]


def customers(*, words: str = "", page: int = 1) -> list[CustomerRow]:
    """`PAGE` at a time, whoever was here last first; those whose address holds the words."""
    every = union_all(*(_of(letter, words) for letter in SOURCES)).subquery()
    bought = func.sum(every.c.orders)
    last = func.max(every.c.seen_at)
    wanted = select(every.c.email, func.min(every.c.ref), bought, last).group_by(every.c.email)
    rows = session().execute(wanted.order_by(last.desc(), every.c.email).limit(PAGE).offset((page - 1) * PAGE))
    return [CustomerRow(*row) for row in rows]


def address_behind(ref: str) -> str:
    """The address in the row that a page is named after; raises NotFound where the row or the address is gone."""
    letter, _, key = ref.partition("-")
    if letter in SOURCES:
        key_column, email, _at = SOURCES[letter]
        found = session().execute(select(email).where(key_column == key)).scalar_one_or_none()
        if found:
            return str(found).lower()
    raise NotFound("There is no such customer, or nothing is kept of them any more.")


def bought_by(email: str) -> Bought:
    """Accepted orders and gifts of an address, newest first."""
    found = orders_of(email, limit=MOST_ORDERS)
    numbers = {order.id: order.number for order in found}
    wanted = select(Gift.order_id, Fund.name, Gift.amount_minor, Gift.currency, Gift.given_at).join(
        Fund, Fund.id == Gift.fund_id
    )
    rows = session().execute(wanted.where(Gift.order_id.in_(list(numbers))).order_by(Gift.id.desc()))
    gifts = [
        GiftRow(order_id, numbers[order_id], fund, Money(minor, currency), given_at)
        for order_id, fund, minor, currency, given_at in rows
    ]
    return Bought(found, gifts)


def _of(letter: str, words: str) -> Any:
    key, email, at = SOURCES[letter]
    counted = 1 if letter == ORDERS else 0
    ref = literal(f"{letter}-").concat(key)
    told = select(
        func.lower(email).label("email"), ref.label("ref"), literal(counted).label("orders"), at.label("seen_at")
    ).where(email.is_not(None))
    if letter == ORDERS:
        told = told.where(Order.paid_at.is_not(None))
    return told.where(func.lower(email).contains(words.lower(), autoescape=True)) if words else told
