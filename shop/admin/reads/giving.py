"""Funds with what the law says of each, and gifts with their receipts."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.core.database import session
from shop.core.money import Money
from shop.giving.models import Fund, Gift, GiftWish
from shop.giving.queries import accounts_of_funds, setup
from shop.giving.routes import Account, Verdict, verdict
from shop.orders.models import Order
from shop.orders.queries.counted import COUNTED
from shop.receipts.queries import receipts_of_all
from shop.receipts.rules import ReceiptFacts

PAGE = 50


class FundRow(Struct, frozen=True):
    """A fund, and whether it may take customers' gifts here, with the reason."""

    id: int
    name: str
    purpose: str
    route: str
    active: bool
    needed_most: bool
    verdict: Verdict
    account: Account | None = None


class GiftRow(Struct, frozen=True):
    """A gift that was paid. `receipt` is the newest; `tell` and `thank` are what the giver allowed."""

    order_id: str
    number: str
    paid_at: datetime | None
    gift: Money
    back: Money
    fee_cover: Money
    funds: str
    beside_goods: bool
    tell: bool
    thank: bool
    campaign: str
    receipt: ReceiptFacts | None


def funds() -> list[FundRow]:
    """Three statements."""
    operator, accounts = setup().operator, accounts_of_funds()
    rows = session().scalars(select(Fund).order_by(Fund.position, Fund.id))
    return [
        FundRow(
            id=row.id,
            name=row.name,
            purpose=row.purpose,
            route=row.route,
            active=row.active,
            needed_most=row.needed_most,
            verdict=verdict(row.route, purpose=row.purpose, operator=operator, account=accounts.get(row.id)),
            account=accounts.get(row.id),
        )
        for row in rows
    ]


def gifts(*, page: int) -> list[GiftRow]:
    """Newest first, one more than a page; three statements."""
    wanted = (
        select(Order, GiftWish)
        .outerjoin(GiftWish, GiftWish.order_id == Order.id)
        .where(Order.gift_minor > 0, Order.paid_at.is_not(None), COUNTED)
        .order_by(Order.paid_at.desc(), Order.id.desc())
    )
    rows = session().execute(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    ids = [order.id for order, _ in rows]
    names, receipts = _funds_of(ids), receipts_of_all(ids)
    return [_row(order, wish, names.get(order.id, []), receipts.get(order.id, [])) for order, wish in rows]


def _funds_of(order_ids: list[str]) -> dict[str, list[str]]:
    shares = select(Gift.order_id, Fund.name).join(Fund, Fund.id == Gift.fund_id).where(Gift.order_id.in_(order_ids))
    grouped: dict[str, list[str]] = {}
    for order_id, name in session().execute(shares.order_by(Gift.id)):
        grouped.setdefault(order_id, []).append(name)
    return grouped


def _row(order: Order, wish: GiftWish | None, names: list[str], receipts: list[ReceiptFacts]) -> GiftRow:
    return GiftRow(
        order_id=order.id,
        number=order.number,
        paid_at=order.paid_at,
        gift=Money(order.gift_minor, order.currency),
        back=Money(order.returned_gift_minor, order.currency),
        fee_cover=Money(order.fee_cover_minor, order.currency),
        funds=", ".join(names),
        beside_goods=order.kind == "sale",
        tell=wish is not None and wish.tell_partner,
        thank=wish is not None and wish.thank_publicly,
        campaign=wish.campaign_slug if wish else "",
        receipt=receipts[0] if receipts else None,
    )
