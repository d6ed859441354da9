"""Orders by what people know of them: a number, a mail address, a SKU, a name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from shop.core.codes import read_order_number
from shop.core.database import session
from shop.orders.models import Order, OrderDifference, OrderLine


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


def numbers(order_ids: Iterable[str]) -> dict[str, str]:
    """Order numbers by id."""
    rows = session().execute(select(Order.id, Order.number).where(Order.id.in_(list(order_ids))))
    return dict(rows.all())
