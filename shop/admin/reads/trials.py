"""Orders that were paid in Stripe's test mode and still hold something."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from shop.core.database import session
from shop.core.money import Money
from shop.orders.models import Order

SHOWN = 200
_BACK = (
    Order.returned_goods_minor
    - Order.returned_discount_minor
    + Order.returned_delivery_minor
    + Order.returned_tax_minor
    + Order.returned_gift_minor
    + Order.returned_fee_cover_minor
)
_HOLDS: tuple[ColumnElement[bool], ...] = (
    ~Order.live,
    (Order.state == "awaiting_payment") | (Order.paid_at.is_not(None) & (Order.total_minor > _BACK)),
)


class Trial(Struct, frozen=True):
    """A test that holds something."""

    id: str
    number: str
    kind: str
    state: str
    placed_at: datetime
    total: Money


def trials() -> list[Trial]:
    """Oldest first, `SHOWN` at most."""
    columns = (Order.id, Order.number, Order.kind, Order.state, Order.placed_at, Order.total_minor, Order.currency)
    rows = session().execute(select(*columns).where(*_HOLDS).order_by(Order.placed_at, Order.id).limit(SHOWN))
    return [Trial(*row[:5], Money(row.total_minor, row.currency)) for row in rows]


def trials_left() -> int:
    """How many there are."""
    return session().execute(select(func.count()).select_from(Order).where(*_HOLDS)).scalar_one()
