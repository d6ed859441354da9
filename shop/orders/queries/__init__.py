"""Reads of orders and of what they hold; by carts, by what people know of them and as sums: in files of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from shop.core.columns import AnyRow, AnySelect, Json
from shop.core.database import Answer, session, table
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.core.read_once import read_once
from shop.orders.models import Order, OrderEvent, OrderLine, OrderWishes
from shop.orders.rules import MONEY_OF_LINE, PARTS, Event, Line, OrderFacts, OrderTax, Sums, Wishes

ORDER: AnySelect = select(table(Order))
"""Rows that `facts_of` reads."""


@read_once
def order(order_id: str) -> OrderFacts:
    """One order by id; raises NotFound."""
    return _one(_by_id(order_id))


def locked(order_id: str) -> OrderFacts:
    """The same with its row kept from other writers until the transaction ends."""
    return _one(_by_id_locked(order_id))


def order_with_token(token: str) -> OrderFacts:
    """The order whose page this token opens; raises NotFound."""
    return _one(_by_token(token))


def orders_by_id(order_ids: Iterable[str]) -> list[OrderFacts]:
    """Several orders, in the order they were placed."""
    wanted = select(Order).where(Order.id.in_(list(order_ids))).order_by(Order.placed_at, Order.id)
    return [facts_of(row) for row in session().scalars(wanted)]


def order_numbered(number: str) -> OrderFacts | None:
    """The order of this number; None for a stranger."""
    found = session().scalars(select(Order).where(Order.number == number)).one_or_none()
    return None if found is None else facts_of(found)


@read_once
def lines_of(order_id: str) -> list[Line]:
    """An order's lines in the order they were put in."""
    return lines_of_all([order_id]).get(order_id, [])


def lines_of_all(order_ids: Iterable[str]) -> dict[str, list[Line]]:
    """Lines by order id."""
    grouped: dict[str, list[Line]] = {}
    for row in _lines(list(order_ids)):
        grouped.setdefault(row.order_id, []).append(_line(row, row.currency))
    return grouped


def wishes_of(order_id: str) -> Wishes:
    """What its buyer asked for beside the tees."""
    row = session().execute(select(table(OrderWishes)).where(OrderWishes.order_id == order_id)).one_or_none()
    return Wishes() if row is None else Wishes(**{name: getattr(row, name) for name in Wishes.__struct_fields__})


def events_of(order_id: str) -> list[Event]:
    """The timeline, oldest first."""
    rows = session().execute(
        select(OrderEvent.kind, OrderEvent.sentence, OrderEvent.actor, OrderEvent.happened_at)
        .where(OrderEvent.order_id == order_id)
        .order_by(OrderEvent.id)
    )
    return [Event(*row) for row in rows]


def orders_named(order_ids: Iterable[str]) -> dict[str, OrderFacts]:
    """Orders by id; strangers are absent."""
    rows = session().execute(ORDER.where(Order.id.in_(list(order_ids))))
    return {row.id: facts_of(row) for row in rows}


def waiting_since(before: datetime, *, limit: int = 500) -> list[OrderFacts]:
    """Orders placed before `before` that still wait for their payment, oldest first."""
    waiting = select(Order).where(Order.state == "awaiting_payment", Order.placed_at < before)
    return [facts_of(row) for row in session().scalars(waiting.order_by(Order.placed_at).limit(limit))]


def orders_of(email: str, *, limit: int = 20) -> list[OrderFacts]:
    """Accepted orders of one mail address, newest first."""
    theirs = select(Order).where(func.lower(Order.email) == email.strip().lower(), Order.paid_at.is_not(None))
    theirs = theirs.where(Order.kind != "difference")  # it is told on its sale's page
    return [facts_of(row) for row in session().scalars(theirs.order_by(Order.placed_at.desc()).limit(limit))]


@prepared
def _by_id(order_id: str) -> AnySelect:
    return ORDER.where(Order.id == order_id)


@prepared
def _by_id_locked(order_id: str) -> AnySelect:
    return ORDER.where(Order.id == order_id).with_for_update()


@prepared
def _by_token(token: str) -> AnySelect:
    return ORDER.where(Order.token == token)


@prepared
def _lines(order_ids: list[str]) -> AnySelect:
    wanted = select(table(OrderLine), Order.currency).join(table(Order), Order.id == OrderLine.order_id)
    return wanted.where(OrderLine.order_id.in_(order_ids)).order_by(OrderLine.id)


def _one(found: Answer) -> OrderFacts:
    row = found.one_or_none()
    if row is None:
        raise NotFound(_("We cannot find that order."))
    return facts_of(row)


def facts_of(row: Order | AnyRow) -> OrderFacts:
    """What a row of `ORDER` says."""
    apart = ("sums", "tax", "returned")
    plain = {name: getattr(row, name) for name in OrderFacts.__struct_fields__ if name not in apart}
    tax = OrderTax(**{name: getattr(row, f"tax_{name}") for name in OrderTax.__struct_fields__})
    return OrderFacts(sums=_sums(row, ""), tax=tax, returned=_sums(row, "returned_"), **plain)


def _sums(row: Order | AnyRow, prefix: str) -> Sums:
    return Sums(*(Money(getattr(row, f"{prefix}{part}_minor"), row.currency) for part in PARTS))


def _line(row: AnyRow, currency: str) -> Line:
    plain: Json = {name: getattr(row, name) for name in Line.__struct_fields__ if name not in MONEY_OF_LINE}
    plain |= {name: Money(getattr(row, f"{name}_minor"), currency) for name in MONEY_OF_LINE}
    return Line(**plain)
