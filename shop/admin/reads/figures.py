"""How the store does: days out of the books, and what was bought out of the orders' lines; tests hold both together.

Only money that Stripe captured for an order is in the books, so nothing that was tried out or never paid can be here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from sqlalchemy import and_, case, func, select

from shop.admin.periods import Period
from shop.books import queries as books
from shop.books.accounts import (
    DELIVERY,
    DIFFERENCES,
    DISCOUNTS,
    DISPUTES,
    FEE_COVER,
    FEES,
    GIFTS,
    GOODS,
    PLEDGES,
    REFUNDS,
    TAX,
)
from shop.brand.queries import brand
from shop.catalogue.models import Product, Variant
from shop.core.database import session
from shop.orders.models import Order, OrderLine
from shop.orders.queries.counted import COUNTED
from shop.stock.models import StockLevel
from shop.stock.queries import AVAILABLE
from shop.stock.watching import RUNS_LOW


class Day(Struct, frozen=True):
    """What the books say of a day, or of many, in minor units. Discounts, refunds and fees are positive."""

    goods: int = 0
    discounts: int = 0
    delivery: int = 0
    tax: int = 0
    refunds: int = 0
    disputed: int = 0
    fees: int = 0
    fee_cover: int = 0
    gifts: int = 0
    pledges: int = 0

    @property
    def sales(self) -> int:
        """Revenue: goods and delivery without tax, less discounts, refunds and what banks took back."""
        return self.goods + self.delivery - self.discounts - self.refunds - self.disputed

    @property
    def raised(self) -> int:
        """For partners and funds: gifts and pledges, less what was given back."""
        return self.gifts + self.pledges

    def __add__(self, other: Day) -> Day:
        return Day(*(getattr(self, one) + getattr(other, one) for one in self.__struct_fields__))


class Health(Struct, frozen=True):
    """How the shelves stand now: units on hand and promised, variants that ran out and that run low."""

    on_hand: int
    committed: int
    out: int
    low: int


def days(period: Period) -> dict[date, Day]:
    """Each day of a period in the brand's currency, those without anything too; one statement."""
    found = books.by_day(period.since, period.until)
    currency = brand().currency
    by_day: dict[str, dict[str, int]] = {}
    for (on, account, kept_in), minor in found.items():
        if kept_in == currency:
            by_day.setdefault(on, {})[account] = minor
    return {day: _day(by_day.get(day.isoformat(), {})) for day in period.days}


def counts(period: Period) -> tuple[int, int]:
    """Orders that were paid in a period, and the units in them; one statement."""
    within = and_(Order.kind == "sale", COUNTED, Order.paid_at >= period.since, Order.paid_at < period.until)
    units = select(func.sum(OrderLine.quantity)).join(Order, Order.id == OrderLine.order_id).where(within)
    orders = select(func.count()).select_from(Order).where(within)
    row = session().execute(select(orders.scalar_subquery(), units.scalar_subquery())).one()
    return int(row[0]), int(row[1] or 0)


def health() -> Health:
    """One statement over the variants that are sold."""
    row = (
        session()
        .execute(
            select(
                func.sum(StockLevel.on_hand),
                func.sum(StockLevel.committed),
                func.sum(case((AVAILABLE <= 0, 1), else_=0)),
                func.sum(case((and_(AVAILABLE > 0, RUNS_LOW), 1), else_=0)),
            )
            .join(Variant, Variant.id == StockLevel.variant_id)
            .join(Product, Product.id == Variant.product_id)
            .where(Variant.active, Product.status == "published")
        )
        .one()
    )
    return Health(*(int(number or 0) for number in row))


def _day(minor: Mapping[str, int]) -> Day:
    def credit(account: str) -> int:
        return -minor.get(account, 0)

    return Day(
        goods=credit(GOODS),
        discounts=minor.get(DISCOUNTS, 0) + minor.get(DIFFERENCES, 0),
        delivery=credit(DELIVERY),
        tax=credit(TAX),
        refunds=minor.get(REFUNDS, 0),
        disputed=minor.get(DISPUTES, 0),
        fees=minor.get(FEES, 0),
        fee_cover=credit(FEE_COVER),
        gifts=credit(GIFTS),
        pledges=credit(PLEDGES),
    )
