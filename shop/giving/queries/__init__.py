"""Reads of giving, batched by ids: pledges, funds, gifts and how giving is set up; partners in a file of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import false, or_, select, true

from shop.core import clock
from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session, table
from shop.core.money import Money
from shop.core.phrases import phrase, sayer
from shop.core.prepared import prepared
from shop.core.read_once import read_once
from shop.giving.models import Fund, FundAccount, Gift, GiftWish, GivingSetup, Partner, Pledge
from shop.giving.routes import Account, Operator, verdict
from shop.giving.rules import CardFee, FundCard, FundShare, PledgeTerms, Wish

FUNDS = "funds"  # a shelf of phrases
_FUND = (Fund.id, Fund.slug, Fund.name, Fund.purpose, Fund.needed_most)


def pledges_for(product_ids: Iterable[int]) -> dict[int, PledgeTerms]:
    """The pledge in force now by product id: begun, not ended, with room under its cap, to an active partner."""
    return {row.product_id: _terms(row) for row in _in_force(list(product_ids), clock.now())}


@prepared
def _in_force(products: list[int], moment: datetime) -> AnySelect:
    terms = (Pledge.id, Pledge.product_id, Pledge.partner_id, Pledge.per_unit_minor, Pledge.basis_points)
    bounds = (Pledge.currency, Pledge.ends_at, Pledge.cap_minor, Pledge.pledged_minor)
    return (
        select(*terms, *bounds, Partner.slug, Partner.name)
        .join(Partner, Partner.id == Pledge.partner_id)
        .where(
            Pledge.product_id.in_(products),
            Pledge.starts_at <= moment,
            or_(Pledge.ends_at.is_(None), Pledge.ends_at > moment),
            or_(Pledge.cap_minor.is_(None), Pledge.pledged_minor < Pledge.cap_minor),
            Partner.status == "active",
        )
        .order_by(Pledge.product_id, Pledge.starts_at)
    )


class Setup(Struct, frozen=True):
    """What decides on gifts here. `alone_*` are amounts of a gift by itself, in minor units of the brand's currency."""

    operator: Operator
    fee: CardFee
    alone_minimum: int
    alone_presets: tuple[int, ...]


# Until staff say otherwise: Stripe's price for cards in the US (https://stripe.com/pricing, read 2026-11-25).
NOT_SET_UP = Setup(
    operator=Operator(country="US", registered=False, gift_agreement=False),
    fee=CardFee(points=290, fixed=30),
    alone_minimum=500,
    alone_presets=(1_000, 2_500, 5_000, 10_000),
)


def setup() -> Setup:
    """As staff set it up, or `NOT_SET_UP`."""
    row = _setup().one_or_none()
    if row is None:
        return NOT_SET_UP
    operator = Operator(country=row.country, registered=row.registered, gift_agreement=row.gift_agreement)
    fee = CardFee(points=row.fee_points, fixed=row.fee_fixed_minor)
    return Setup(operator, fee, row.alone_minimum_minor, tuple(row.alone_presets))


def gift_funds() -> list[FundCard]:
    """Funds that may lawfully take a customer's gift here, the one where it is needed most first."""
    operator = setup().operator
    rows = [row for row in _active_funds() if verdict(row.route, purpose=row.purpose, operator=operator).lawful]
    return [_fund(row) for row in rows]


def accounts_of_funds() -> dict[int, Account]:
    """Partners' own accounts by fund, as Stripe last said."""
    rows = session().execute(select(FundAccount.fund_id, FundAccount.account_id, FundAccount.ready, FundAccount.due))
    return {row.fund_id: Account(row.account_id, row.ready, tuple(row.due)) for row in rows}


def fund_of_account(account_id: str) -> int | None:
    """Which fund an account at Stripe is connected for."""
    named = select(FundAccount.fund_id).where(FundAccount.account_id == account_id)
    return session().execute(named).scalar_one_or_none()


def funds_by_id(fund_ids: Iterable[int]) -> dict[int, FundCard]:
    """Funds by id, closed ones too, in their order."""
    rows = session().execute(select(*_FUND).where(Fund.id.in_(list(fund_ids))).order_by(Fund.position, Fund.id))
    return {row.id: _fund(row) for row in rows}


def fund_standing(fund_id: int) -> dict[str, bool]:
    """Whether a fund is open, and where gifts are needed most; nothing for none."""
    row = session().execute(select(Fund.active, Fund.needed_most).where(Fund.id == fund_id)).one_or_none()
    return {"open": row.active, "needed most": row.needed_most} if row else {}


@read_once
def party_names() -> dict[str, str]:
    """Slugs that the books know parties by, with the names people know."""
    say = sayer(FUNDS)
    partners, funds = select(Partner.slug, Partner.name, false()), select(Fund.slug, Fund.name, true())
    return {slug: say(name) if fund else name for slug, name, fund in session().execute(partners.union_all(funds))}


@read_once
def gifts_of(order_id: str) -> list[FundShare]:
    """Where an order's gift goes, fund by fund; empty without one."""
    return [FundShare(_fund(row), Money(row.amount_minor, row.currency)) for row in _gifts_of(order_id)]


def wish_of(order_id: str) -> Wish | None:
    """What the giver of an order's gift allowed; None without a gift."""
    row = _wish_of(order_id).one_or_none()
    return None if row is None else Wish(*row)


@prepared
def _setup() -> AnySelect:
    return select(table(GivingSetup))


@prepared
def _active_funds() -> AnySelect:
    funds = select(*_FUND, Fund.route).where(Fund.active)
    return funds.order_by(Fund.needed_most.desc(), Fund.position, Fund.id)


@prepared
def _gifts_of(order_id: str) -> AnySelect:
    shares = select(*_FUND, Gift.amount_minor, Gift.currency).join(Fund, Fund.id == Gift.fund_id)
    return shares.where(Gift.order_id == order_id).order_by(Gift.id)


@prepared
def _wish_of(order_id: str) -> AnySelect:
    wishes = select(GiftWish.thank_publicly, GiftWish.tell_partner, GiftWish.campaign_slug)
    return wishes.where(GiftWish.order_id == order_id)


def _terms(row: AnyRow) -> PledgeTerms:
    (pledge_id, product_id, partner_id, per_unit, points, currency, ends_at, cap, pledged, slug, name) = row
    return PledgeTerms(
        id=pledge_id,
        product_id=product_id,
        partner_id=partner_id,
        partner_slug=slug,
        partner_name=name,
        per_unit=None if per_unit is None else Money(per_unit, currency),
        basis_points=points,
        ends_at=ends_at,
        cap=None if cap is None else Money(cap, currency),
        left=None if cap is None else Money(cap - pledged, currency),
    )


def _fund(row: AnyRow) -> FundCard:
    return FundCard(row.id, row.slug, phrase(FUNDS, row.name), phrase(FUNDS, row.purpose), row.needed_most)
