"""What is owed to whom and for how long, what was paid, and the final account of each product's pledge."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import case, func, select

from shop.books.queries import contested_orders, party_balances
from shop.core import clock
from shop.core.columns import AnyRow
from shop.core.database import session
from shop.core.money import Money
from shop.giving.queries import party_names
from shop.journeys.pay_partner import obligations
from shop.orders.models import Order, OrderLine
from shop.orders.queries.counted import COUNTED
from shop.payments.models import RefundLine
from shop.payouts.queries import PayoutFacts, payouts
from shop.payouts.rules import ageing


class Owed(Struct, frozen=True):
    """One account with a partner or fund."""

    party: str
    kind: str
    name: str
    raised: Money
    paid: Money
    owed: Money
    ages: Mapping[str, Money]


class UnitAccount(Struct, frozen=True):
    """A product's pledge to a partner, unit by unit, for the charity's final accounting; amounts in minor units.

    `taken_back` went with units that came back, `by_banks` with payments that banks took back in disputes.
    """

    partner: str
    product: str
    promise: str
    sold: int
    returned: int
    gross: int
    promised: int
    taken_back: int
    by_banks: int
    currency: str

    @property
    def units(self) -> int:
        return self.sold - self.returned

    @property
    def owed(self) -> int:
        return self.promised - self.taken_back - self.by_banks


def owed() -> list[Owed]:
    """Every account that was ever raised for."""
    names, now = party_names(), clock.now()
    return [
        Owed(
            party=one.party,
            kind=one.kind,
            name=names.get(one.party, one.party),
            raised=one.raised,
            paid=one.paid,
            owed=one.owed,
            ages=ageing(
                obligations(party=one.party, kind=one.kind, currency=one.raised.currency),
                now=now,
                currency=one.raised.currency,
            ),
        )
        for one in party_balances()
    ]


def entered() -> list[PayoutFacts]:
    """Every payout, those that were mistakes too."""
    return payouts()


def unit_accounts() -> list[UnitAccount]:
    """Accepted sales that carried a pledge, by partner, product and promise."""
    back = (
        select(
            RefundLine.order_line_id,
            func.sum(RefundLine.quantity).label("units"),
            func.sum(RefundLine.pledge_minor).label("pledge"),
        )
        .group_by(RefundLine.order_line_id)
        .subquery()
    )
    left = OrderLine.pledge_minor - func.coalesce(back.c.pledge, 0)
    rows = session().execute(
        select(
            OrderLine.partner_slug,
            OrderLine.title,
            OrderLine.pledge_sentence,
            func.sum(OrderLine.quantity),
            func.coalesce(func.sum(back.c.units), 0),
            func.sum(OrderLine.total_minor),
            func.sum(OrderLine.pledge_minor),
            func.coalesce(func.sum(back.c.pledge), 0),
            func.sum(case((Order.id.in_(contested_orders()), left), else_=0)),
            Order.currency,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(back, back.c.order_line_id == OrderLine.id)
        .where(Order.paid_at.is_not(None), COUNTED, OrderLine.pledge_minor > 0)
        .group_by(OrderLine.partner_slug, OrderLine.title, OrderLine.pledge_sentence, Order.currency)
        .order_by(OrderLine.partner_slug, OrderLine.title)
    )
    names = party_names()
    return [_unit(row, names) for row in rows]


def _unit(row: AnyRow, names: Mapping[str, str]) -> UnitAccount:
    slug, title, promise, sold, returned, gross, promised, taken_back, by_banks, currency = row
    return UnitAccount(
        partner=names.get(slug, slug),
        product=title,
        promise=promise,
        sold=int(sold),
        returned=int(returned),
        gross=int(gross),
        promised=int(promised),
        taken_back=int(taken_back),
        by_banks=int(by_banks),
        currency=currency,
    )
