"""Reads of orders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from shop.core.codes import read_order_number
from shop.core.columns import AnyRow, AnySelect, Json
from shop.core.database import Answer, session, table
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.mode import counted
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.core.read_once import read_once
from shop.orders.models import Order, OrderDifference, OrderEvent, OrderLine, OrderWishes
from shop.orders.rules import MONEY_OF_LINE, PARTS, Event, Line, OrderFacts, OrderTax, Standing, Sums, Wishes

PAGE = 50


_ORDER: AnySelect = select(table(Order))


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
    return [_facts(row) for row in session().scalars(wanted)]


def order_numbered(number: str) -> OrderFacts | None:
    """The order of this number; None for a stranger."""
    found = session().scalars(select(Order).where(Order.number == number)).one_or_none()
    return None if found is None else _facts(found)


def open_order_of(cart_id: str) -> OrderFacts | None:
    """The order of this cart that still waits for its payment."""
    row = _open_of(cart_id).one_or_none()
    return None if row is None else _facts(row)


def standing_of(cart_id: str) -> Standing:
    """What became of a cart, in one statement."""
    found = [_facts(row) for row in _orders_of_cart(cart_id)]
    return Standing(
        waiting=next((one for one in found if one.state == "awaiting_payment"), None),
        paid=next((one for one in found if one.paid_at is not None), None),
    )


def paid_order_of(cart_id: str) -> OrderFacts | None:
    """The last order of this cart that was accepted: the cart it came from is spent."""
    row = _paid_of(cart_id).one_or_none()
    return None if row is None else _facts(row)


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
    rows = session().execute(_ORDER.where(Order.id.in_(list(order_ids))))
    return {row.id: _facts(row) for row in rows}


def matching(search: str) -> ColumnElement[bool]:
    """Orders that have this number, mail address or SKU, or go to somebody whose name has this in it.

    A number of what was paid for a dearer size finds the sale that it belongs to.
    """
    typed, pays = search.strip(), aliased(Order)
    number = read_order_number(typed) or typed.upper()
    asked = select(OrderDifference.sale_id).join(pays, pays.id == OrderDifference.order_id).where(pays.number == number)
    with_sku = select(OrderLine.order_id).where(OrderLine.sku == typed.upper())
    return or_(
        Order.number == number,
        Order.id.in_(asked),
        func.lower(Order.email) == typed.lower(),
        Order.id.in_(with_sku),
        func.lower(Order.ship_to["name"].as_string()).contains(typed.lower(), autoescape=True),
    )


def ids_numbered(typed: Iterable[str]) -> dict[str, str]:
    """Orders by their number as somebody typed or scanned it; strangers are absent."""
    wanted = {one: read_order_number(one) or one.strip().upper() for one in typed}
    rows = session().execute(select(Order.number, Order.id).where(Order.number.in_(set(wanted.values()))))
    known = dict(rows.all())
    return {one: known[number] for one, number in wanted.items() if number in known}


COUNTED: ColumnElement[bool] = counted(Order.live)
"""Of sums over orders: no test payments once there are real ones."""
UNCOUNTED: AnySelect = select(Order.id).where(~COUNTED)
"""The ids of those left out, for rooms that keep sums of their own by order."""


def counts_by_state() -> dict[str, int]:
    """How many orders of goods are in each state."""
    counted = select(Order.state, func.count()).where(Order.kind == "sale", COUNTED).group_by(Order.state)
    rows = session().execute(counted)
    return dict(rows.all())


def waiting_since(before: datetime, *, limit: int = 500) -> list[OrderFacts]:
    """Orders placed before `before` that still wait for their payment, oldest first."""
    waiting = select(Order).where(Order.state == "awaiting_payment", Order.placed_at < before)
    return [_facts(row) for row in session().scalars(waiting.order_by(Order.placed_at).limit(limit))]


def trials_waiting(*, limit: int = 500) -> list[str]:
    """Ids of orders of Stripe's test mode that wait for their payment."""
    waiting = select(Order.id).where(Order.state == "awaiting_payment", ~Order.live)
    return list(session().execute(waiting.order_by(Order.placed_at).limit(limit)).scalars())


def live_of(order_ids: Iterable[str]) -> set[str]:
    """Those of these orders that are of real money."""
    return set(session().execute(select(Order.id).where(Order.id.in_(list(order_ids)), Order.live)).scalars())


def orders_of(email: str, *, limit: int = 20) -> list[OrderFacts]:
    """Accepted orders of one mail address, newest first."""
    theirs = select(Order).where(func.lower(Order.email) == email.strip().lower(), Order.paid_at.is_not(None))
    theirs = theirs.where(Order.kind != "difference")  # it is told on its sale's page
    return [_facts(row) for row in session().scalars(theirs.order_by(Order.placed_at.desc()).limit(limit))]


def given_in(email: str, year: int) -> list[OrderFacts]:
    """Accepted orders with a gift that one mail address paid for in a year (UTC), oldest first."""
    first, after = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    theirs = select(Order).where(func.lower(Order.email) == email.strip().lower(), Order.gift_minor > 0, COUNTED)
    paid = theirs.where(Order.paid_at >= first, Order.paid_at < after).order_by(Order.paid_at, Order.id)
    return [_facts(row) for row in session().scalars(paid)]


def numbers(order_ids: Iterable[str]) -> dict[str, str]:
    """Order numbers by id."""
    rows = session().execute(select(Order.id, Order.number).where(Order.id.in_(list(order_ids))))
    return dict(rows.all())


@prepared
def _by_id(order_id: str) -> AnySelect:
    return _ORDER.where(Order.id == order_id)


@prepared
def _by_id_locked(order_id: str) -> AnySelect:
    return _ORDER.where(Order.id == order_id).with_for_update()


@prepared
def _by_token(token: str) -> AnySelect:
    return _ORDER.where(Order.token == token)


@prepared
def _open_of(cart_id: str) -> AnySelect:
    return _ORDER.where(Order.cart_id == cart_id, Order.state == "awaiting_payment")


@prepared
def _orders_of_cart(cart_id: str) -> AnySelect:
    alive = or_(Order.state == "awaiting_payment", Order.paid_at.is_not(None))
    return _ORDER.where(Order.cart_id == cart_id, alive).order_by(Order.paid_at.desc())


@prepared
def _paid_of(cart_id: str) -> AnySelect:
    paid = _ORDER.where(Order.cart_id == cart_id, Order.paid_at.is_not(None))
    return paid.order_by(Order.paid_at.desc()).limit(1)


@prepared
def _lines(order_ids: list[str]) -> AnySelect:
    wanted = select(table(OrderLine), Order.currency).join(table(Order), Order.id == OrderLine.order_id)
    return wanted.where(OrderLine.order_id.in_(order_ids)).order_by(OrderLine.id)


def _one(found: Answer) -> OrderFacts:
    row = found.one_or_none()
    if row is None:
        raise NotFound(_("We cannot find that order."))
    return _facts(row)


def _facts(row: Order | AnyRow) -> OrderFacts:
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
