"""What needs doing today."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.admin.reads.waiting import Task, tasks
from shop.catalogue import queries as catalogue
from shop.catalogue.rules import VariantInCart
from shop.core import outbox
from shop.core.database import session
from shop.core.money import Money
from shop.orders.models import Order
from shop.orders.queries.counted import COUNTED
from shop.stock import watching
from shop.stock.watching import LowLevel

SHOWN = 8


class Low(Struct, frozen=True):
    """A variant that few are left of."""

    variant: VariantInCart
    level: LowLevel


class Waiting(Struct, frozen=True):
    """A paid order that is not sent yet."""

    id: str
    number: str
    paid_at: datetime | None
    country: str
    total: Money


class Today(Struct, frozen=True):
    """Counts of everything that waits for somebody, and the first few of each."""

    tasks: list[Task]
    longest_waiting: list[Waiting]
    low: list[Low]
    dead_jobs: int


def today() -> Today:
    """Six statements."""
    _waiting, dead = outbox.waiting_and_dead()
    return Today(
        tasks=tasks(),
        longest_waiting=_longest_waiting(),
        low=_low(),
        dead_jobs=dead,
    )


def _longest_waiting() -> list[Waiting]:
    paid = select(Order.id, Order.number, Order.paid_at, Order.country, Order.total_minor, Order.currency)
    mine = paid.where(Order.state == "paid", Order.kind == "sale", COUNTED)
    rows = session().execute(mine.order_by(Order.paid_at, Order.id).limit(SHOWN))
    return [Waiting(row.id, row.number, row.paid_at, row.country, Money(row.total_minor, row.currency)) for row in rows]


def _low() -> list[Low]:
    """Whatever is at or below its own threshold, the fewest first."""
    levels = watching.running_low(limit=SHOWN * 4)
    variants = catalogue.variants_in_cart(level.variant_id for level in levels)
    sold = {key: variant for key, variant in variants.items() if variant.buyable}
    return [Low(sold[level.variant_id], level) for level in levels if level.variant_id in sold][:SHOWN]
