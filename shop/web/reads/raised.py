"""What the tees in a story raised: from the books, order by order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, case, func, select

from shop.books.accounts import PLEDGES
from shop.books.models import JournalEntry, Posting
from shop.campaigns.models import CampaignProduct
from shop.core.columns import UtcDateTime
from shop.core.database import session
from shop.core.money import Money
from shop.orders.models import Order, OrderLine
from shop.orders.queries.counted import COUNTED
from shop.payments.models import Refund, RefundLine

# What went back of each line's promise.
_BACK = (
    select(RefundLine.order_line_id, func.sum(RefundLine.pledge_minor).label("minor"))
    .join(Refund, Refund.id == RefundLine.refund_id)
    .where(Refund.state != "failed")
    .group_by(RefundLine.order_line_id)
    .subquery()
)
_KEPT = OrderLine.pledge_minor - func.coalesce(_BACK.c.minor, 0)
# What each paid order still promises for the story's tees, by partner.
_PROMISED = (
    select(OrderLine.order_id, OrderLine.partner_slug, func.sum(_KEPT).label("minor"))
    .outerjoin(_BACK, _BACK.c.order_line_id == OrderLine.id)
    .join(Order, Order.id == OrderLine.order_id)
    .join(CampaignProduct, CampaignProduct.product_id == OrderLine.product_id)
    .where(
        CampaignProduct.campaign_id == bindparam("campaign_id"),
        Order.paid_at >= bindparam("since", type_=UtcDateTime()),
        Order.currency == bindparam("currency"),
        COUNTED,
        OrderLine.pledge_minor > 0,
    )
    .group_by(OrderLine.order_id, OrderLine.partner_slug)
    .subquery()
)
# What the books hold of each order for each partner: refunds are taken off there.
_HELD = (
    select(JournalEntry.order_id, Posting.party, (-func.sum(Posting.amount_minor)).label("minor"))
    .join(Posting, Posting.entry_position == JournalEntry.position)
    .where(
        Posting.account == PLEDGES,
        Posting.currency == bindparam("currency"),
        JournalEntry.order_id.in_(select(_PROMISED.c.order_id)),
    )
    .group_by(JournalEntry.order_id, Posting.party)
    .subquery()
)
_RAISED = select(
    func.coalesce(func.sum(case((_PROMISED.c.minor < _HELD.c.minor, _PROMISED.c.minor), else_=_HELD.c.minor)), 0)
).join(_HELD, (_HELD.c.order_id == _PROMISED.c.order_id) & (_HELD.c.party == _PROMISED.c.partner_slug))


def raised_by(campaign_id: int, *, since: datetime, currency: str) -> Money:
    """Pledges from the story's tees, paid for since then, of which the books still hold the whole or the rest.

    An order counts for what its tees of this story promised, and never for more than its entries hold for that
    partner now: what is unpaid is not posted, and what was refunded is posted back. Fees are the shop's, not taken off.
    """
    told = {"campaign_id": campaign_id, "since": since, "currency": currency}
    return Money(int(session().execute(_RAISED, told).scalar_one()), currency)
