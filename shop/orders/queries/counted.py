"""Which orders count: sums leave test payments out once there are real ones (decision 52)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, select

from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.mode import counted
from shop.orders.models import Order
from shop.orders.queries import facts_of
from shop.orders.rules import OrderFacts

COUNTED: ColumnElement[bool] = counted(Order.live)
"""Of sums over orders: no test payments once there are real ones."""
UNCOUNTED: AnySelect = select(Order.id).where(~COUNTED)
"""The ids of those left out, for rooms that keep sums of their own by order."""


def trials_waiting(*, limit: int = 500) -> list[str]:
    """Ids of orders of Stripe's test mode that wait for their payment."""
    waiting = select(Order.id).where(Order.state == "awaiting_payment", ~Order.live)
    return list(session().execute(waiting.order_by(Order.placed_at).limit(limit)).scalars())


def live_of(order_ids: Iterable[str]) -> set[str]:
    """Those of these orders that are of real money."""
    return set(session().execute(select(Order.id).where(Order.id.in_(list(order_ids)), Order.live)).scalars())


def given_in(email: str, year: int) -> list[OrderFacts]:
    """Accepted orders with a gift that one mail address paid for in a year (UTC), oldest first."""
    first, after = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    theirs = select(Order).where(func.lower(Order.email) == email.strip().lower(), Order.gift_minor > 0, COUNTED)
    paid = theirs.where(Order.paid_at >= first, Order.paid_at < after).order_by(Order.paid_at, Order.id)
    return [facts_of(row) for row in session().scalars(paid)]
