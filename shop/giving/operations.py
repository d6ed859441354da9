"""Writes of giving. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Update, func, or_, select, update

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import insert_once, rows_changed, session, table
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.languages import _
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.giving.models import Fund, FundAccount, Gift, GiftWish, GivingSetup, Partner, Pledge
from shop.giving.queries import Setup, setup
from shop.giving.routes import CONNECTED, ROUTES, Account, verdict
from shop.giving.rules import FundShare, NewPartner, Wish


class PledgeChanged(Conflict):
    """A pledge reached its cap between the page and the order; the page must be shown again with the true words."""

    def __init__(self) -> None:
        super().__init__(_("What we give from one of these changed a moment ago. Look at your cart again, please."))


class RouteNotAllowed(Invalid):
    """This fund may not take a customer's gift here."""


def add_partner(new: NewPartner) -> int:
    """Add a partner; returns its id."""
    partner = Partner(**{name: getattr(new, name) for name in NewPartner.__struct_fields__})
    session().add(partner)
    session().flush()
    return partner.id


def change_partner(partner_id: int, facts: NewPartner) -> None:
    """Put what is known of a partner in place of what was known."""
    told = {name: getattr(facts, name) for name in NewPartner.__struct_fields__}
    session().execute(update(Partner).where(Partner.id == partner_id).values(**told))


def add_fund(
    *, slug: str, name: str, purpose: str, route: str, needed_most: bool = False, partner_id: int | None = None
) -> int:
    """Add a fund with its route, after the others; returns its id. Raises Invalid for an unknown route."""
    if route not in ROUTES:
        raise Invalid("Choose one of the routes.", field="route")
    position = session().execute(select(func.count()).select_from(Fund)).scalar_one()
    fund = Fund(
        slug=slug,
        name=name,
        purpose=purpose,
        route=route,
        partner_id=partner_id,
        needed_most=needed_most,
        position=position,
        active=True,
    )
    session().add(fund)
    session().flush()
    return fund.id


def add_pledge(
    *,
    product_id: int,
    partner_id: int,
    per_unit: Money | None = None,
    basis_points: int | None = None,
    currency: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    cap: Money | None = None,
) -> int:
    """Promise a partner a share of a product's sales; raises Invalid unless exactly one base is given."""
    if (per_unit is None) == (basis_points is None):
        raise Invalid("A pledge is either an amount per unit or a share of the price.")
    pledge = Pledge(
        product_id=product_id,
        partner_id=partner_id,
        per_unit_minor=None if per_unit is None else per_unit.minor,
        basis_points=basis_points,
        currency=currency,
        starts_at=starts_at,
        ends_at=ends_at,
        cap_minor=None if cap is None else cap.minor,
        pledged_minor=0,
    )
    session().add(pledge)
    session().flush()
    return pledge.id


def promise_pledges(amounts: Mapping[int, Money]) -> None:
    """Count promises against their caps, all or none, in the order of ids; raises PledgeChanged at the cap."""
    for pledge_id, amount in sorted(amounts.items()):
        if rows_changed(_promise(pledge_id, amount.minor)) == 0:
            raise PledgeChanged


@prepared
def _promise(pledge_id: int, minor: int) -> Update:
    """The guard: a pledge never goes beyond its cap."""
    room = or_(Pledge.cap_minor.is_(None), Pledge.pledged_minor + minor <= Pledge.cap_minor)
    return update(table(Pledge)).where(Pledge.id == pledge_id, room).values(pledged_minor=Pledge.pledged_minor + minor)


def return_pledges(amounts: Mapping[int, Money]) -> None:
    """Give the room under the caps back: the sale did not come about."""
    for pledge_id, amount in sorted(amounts.items()):
        given_back = update(Pledge).where(Pledge.id == pledge_id)
        session().execute(given_back.values(pledged_minor=Pledge.pledged_minor - amount.minor))


def may_take(fund_ids: Iterable[int]) -> bool:
    """Whether every one of these funds may lawfully take a customer's gift here, now."""
    ids = set(fund_ids)
    rows = session().execute(select(Fund.id, Fund.route, Fund.purpose).where(Fund.id.in_(ids), Fund.active)).all()
    operator = setup().operator
    lawful = {fund_id for fund_id, route, purpose in rows if verdict(route, purpose=purpose, operator=operator).lawful}
    return bool(ids) and lawful == ids


def record_gift(
    *, order_id: str, shares: Sequence[FundShare], origin: str, wish: Wish, given_back: bool = False
) -> None:
    """Note a customer's gift on an order; raises RouteNotAllowed where one of the funds may not take it.

    One that is `given_back` whole, as it came unasked, is noted all the same.
    """
    if not given_back and not may_take(share.fund.id for share in shares):
        raise RouteNotAllowed(_("Gifts cannot be taken for this fund here."), field="gift")
    session().add_all(
        Gift(
            order_id=order_id,
            fund_id=share.fund.id,
            amount_minor=share.amount.minor,
            currency=share.amount.currency,
            origin=origin,
            given_at=clock.now(),
        )
        for share in shares
    )
    session().add(
        GiftWish(
            order_id=order_id,
            thank_publicly=wish.thank_publicly,
            tell_partner=wish.tell_partner,
            campaign_slug=wish.campaign_slug,
        )
    )
    session().flush()


def set_up(chosen: Setup) -> None:
    """Write what decides on gifts here, in place of what was; raises Invalid."""
    if len(chosen.operator.country) != 2:
        raise Invalid("Choose the country that the operator is in.", field="country")
    if not 0 <= chosen.fee.points < 10_000 or chosen.fee.fixed < 0:
        raise Invalid("A card fee is a share below 100 % and an amount of 0 or more.", field="fee_points")
    values: Json = {
        "country": chosen.operator.country,
        "registered": chosen.operator.registered,
        "gift_agreement": chosen.operator.gift_agreement,
        "fee_points": chosen.fee.points,
        "fee_fixed_minor": chosen.fee.fixed,
        "alone_minimum_minor": chosen.alone_minimum,
        "alone_presets": list(chosen.alone_presets),
    }
    if not insert_once(GivingSetup, values | {"id": 1}):
        session().execute(update(GivingSetup).where(GivingSetup.id == 1).values(**values))


def note_account(fund_id: int, account: Account, *, country: str) -> None:
    """Keep how a partner's account stands, in place of what was known. Raises Invalid for a fund on another route."""
    route = session().execute(select(Fund.route).where(Fund.id == fund_id)).scalar_one_or_none()
    if route != CONNECTED:
        raise Invalid("This fund does not take the route of a connected account.", field="account")
    values: Json = {
        "account_id": account.id,
        "country": country,
        "ready": account.ready,
        "due": list(account.due),
        "asked_at": clock.now(),
    }
    if not insert_once(FundAccount, values | {"fund_id": fund_id}):
        session().execute(update(FundAccount).where(FundAccount.fund_id == fund_id).values(**values))


def change_fund(fund_id: int, *, active: bool | None, needed_most: bool) -> None:
    """Close or open a fund, or make it the one where gifts are needed most, of which there is one. Raises NotFound."""
    one = update(Fund).where(Fund.id == fund_id).execution_options(synchronize_session=False)
    if needed_most:
        session().execute(update(Fund).values(needed_most=False).execution_options(synchronize_session=False))
    values: Json = {"needed_most": True} if needed_most else {}
    if active is not None:
        values["active"] = active
    if rows_changed(session().execute(one.values(**values))) == 0:
        raise NotFound("There is no such fund.")
