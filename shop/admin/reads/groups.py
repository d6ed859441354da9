"""What was sold and came back by product, size, story and region: out of the lines of orders and refunds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from sqlalchemy import ColumnClause, ColumnElement, and_, case, func, literal, literal_column, select

from shop.admin.periods import Period
from shop.books import queries as books
from shop.books.accounts import DISPUTES, PLEDGES
from shop.brand.queries import brand
from shop.campaigns.models import Campaign, CampaignProduct
from shop.catalogue.models import Variant
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.orders.models import Order, OrderLine
from shop.orders.queries.counted import COUNTED
from shop.payments.models import Refund, RefundLine

NO_CAMPAIGN = "In no story"
BANKS = "Taken back by customers' banks"
# By its place, because what is bound in it would be another value to PostgreSQL.
FIRST: ColumnClause[int] = literal_column("1")


class Group(Struct, frozen=True):
    """What was sold under one name in a time, in minor units; `cost` covers the `costed` units whose cost is known."""

    name: str
    units: int = 0
    goods: int = 0
    discounts: int = 0
    tax: int = 0
    returned: int = 0
    refunds: int = 0
    pledges: int = 0
    cost: int = 0
    costed: int = 0

    @property
    def kept(self) -> int:
        """Units that did not come back."""
        return self.units - self.returned

    @property
    def net(self) -> int:
        """What was paid for the goods and kept."""
        return self.goods - self.discounts - self.refunds

    @property
    def margin(self) -> int | None:
        """What is left after cost and pledges; None while the cost of some unit is not known."""
        return self.net - self.cost - self.pledges if self.costed == self.kept else None


def groups(by: str, period: Period) -> list[Group]:
    """What was sold under each name, the most first; two statements. A tee in two stories counts in each of them."""
    key = KEYS[by]
    sold, back = _sold(key(), period, by), _back(key(), period, by)
    names = sorted({*sold, *back}, key=lambda name: (-sold.get(name, Group(name)).goods, name))
    return [_joined(name, sold.get(name, Group(name)), back.get(name, Group(name))) for name in names]


def unassigned(period: Period) -> int:
    """Money off goods that belongs to no unit, given back in a period, in minor units; two statements."""
    within = and_(Refund.promised_at >= period.since, Refund.promised_at < period.until)
    paid = select(func.sum(Refund.goods_minor - Refund.discount_minor)).join(Order, Order.id == Refund.order_id)
    whole = session().execute(paid.where(within, COUNTED, Order.paid_at.is_not(None))).scalar_one() or 0
    lines = select(func.sum(RefundLine.goods_minor - RefundLine.discount_minor))
    by_line = lines.join(Refund, Refund.id == RefundLine.refund_id).join(Order, Order.id == Refund.order_id)
    by_line = by_line.where(within, COUNTED)
    return int(whole) - int(session().execute(by_line).scalar_one() or 0)


def by_banks(period: Period) -> Group:
    """What banks took back in a period of whole payments, delivery and tax too, and the pledges that went with it.

    A dispute is about a payment, and no bank says about which tee: so it is a line of its own. One statement.
    """
    taken = books.taken_by_banks(period.since, period.until, currency=brand().currency)
    return Group(BANKS, refunds=taken.get(DISPUTES, 0), pledges=-taken.get(PLEDGES, 0))


def _sold(key: ColumnElement[str], period: Period, by: str) -> dict[str, Group]:
    known = case((Variant.cost_minor.is_not(None), OrderLine.quantity), else_=0)
    asked: AnySelect = (
        select(
            key,
            func.sum(OrderLine.quantity).label("units"),
            func.sum(OrderLine.total_minor).label("goods"),
            func.sum(OrderLine.discount_minor).label("discounts"),
            func.sum(OrderLine.tax_minor).label("tax"),
            func.sum(OrderLine.pledge_minor).label("pledges"),
            func.sum(func.coalesce(Variant.cost_minor, 0) * OrderLine.quantity).label("cost"),
            func.sum(known).label("costed"),
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .where(COUNTED, Order.paid_at >= period.since, Order.paid_at < period.until)
        .group_by(FIRST)
    )
    return _groups(asked, by)


def _back(key: ColumnElement[str], period: Period, by: str) -> dict[str, Group]:
    """What came back: taken off what was sold, whenever that was."""
    stays = RefundLine.stock.in_(("kept", "damaged"))  # its cost is not had back
    costs = case((stays, 0), else_=func.coalesce(Variant.cost_minor, 0) * RefundLine.quantity)
    known = case((Variant.cost_minor.is_not(None), RefundLine.quantity), else_=0)
    asked: AnySelect = (
        select(
            key,
            func.sum(RefundLine.tax_minor).label("tax"),
            func.sum(RefundLine.quantity).label("returned"),
            func.sum(RefundLine.goods_minor - RefundLine.discount_minor).label("refunds"),
            func.sum(RefundLine.pledge_minor).label("pledges"),
            func.sum(costs).label("cost"),
            func.sum(known).label("costed"),
        )
        .select_from(RefundLine)
        .join(Refund, Refund.id == RefundLine.refund_id)
        .join(OrderLine, OrderLine.id == RefundLine.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .where(COUNTED, Refund.promised_at >= period.since, Refund.promised_at < period.until)
        .group_by(FIRST)
    )
    return _groups(asked, by)


def _groups(asked: AnySelect, by: str) -> dict[str, Group]:
    """By name; for stories each line counts once for every one that its tee stands in."""
    if by == "campaign":
        asked = asked.outerjoin(CampaignProduct, CampaignProduct.product_id == OrderLine.product_id)
        asked = asked.outerjoin(Campaign, Campaign.id == CampaignProduct.campaign_id)
    rows = session().execute(asked)
    names = [*rows.keys()][1:]
    return {str(row[0]): Group(str(row[0]), **dict(zip(names, map(int, row[1:]), strict=True))) for row in rows}


def _joined(name: str, sold: Group, back: Group) -> Group:
    return Group(
        name=name,
        units=sold.units,
        goods=sold.goods,
        discounts=sold.discounts,
        tax=sold.tax - back.tax,
        returned=back.returned,
        refunds=back.refunds,
        pledges=sold.pledges - back.pledges,
        cost=sold.cost - back.cost,
        costed=sold.costed - back.costed,
    )


KEYS: Mapping[str, Callable[[], ColumnElement[str]]] = {
    "product": lambda: OrderLine.title.expression,
    "size": lambda: OrderLine.size.expression,
    "campaign": lambda: func.coalesce(Campaign.title, literal(NO_CAMPAIGN)),
    "region": lambda: (Order.country + case((Order.tax_region != "", "-" + Order.tax_region), else_="")).expression,
}
