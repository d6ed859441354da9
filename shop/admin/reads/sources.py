"""How many paid orders came by which source: sums, and nothing about anybody."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select

from shop.core.database import session
from shop.orders.models import Order
from shop.orders.queries.counted import COUNTED
from shop.sharing.models import OrderSource
from shop.sharing.queries import sources
from shop.sharing.rules import OWN_SOURCES

OWN_LABELS = {"qr": "Our printed and shown codes", "friend": "Letters to a friend"}


class SourceRow(Struct, frozen=True):
    """A source, and the orders that were paid; `own` ones are the store's and stay."""

    code: str
    label: str
    orders: int
    own: bool


def source_board() -> list[SourceRow]:
    """Two statements. A source that staff dropped is still told while orders name it."""
    paid = select(OrderSource.source, func.count()).join(Order, Order.id == OrderSource.order_id)
    paid = paid.where(Order.paid_at.is_not(None), COUNTED)
    counted = dict(session().execute(paid.group_by(OrderSource.source)).all())
    labels = {code: OWN_LABELS[code] for code in OWN_SOURCES} | {one.code: one.label for one in sources()}
    return [
        SourceRow(code, labels.get(code, "Dropped"), counted.get(code, 0), code in OWN_SOURCES or code not in labels)
        for code in sorted({*labels, *counted})
    ]
