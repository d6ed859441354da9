"""Writes of giving. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Update, or_, select, update

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import rows_changed, session, table
from shop.core.errors import Conflict, Invalid
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.giving.models import Fund, Gift, Partner, Pledge
from shop.giving.rules import GIFT_ROUTES


class PledgeChanged(Conflict):
    """A pledge reached its cap between the page and the order; the page must be shown again with the true words."""

    def __init__(self) -> None:
        super().__init__("What we give from one of these changed a moment ago. Look at your cart again, please.")


class RouteNotAllowed(Invalid):
    """This fund may not take a customer's gift here."""


@dataclass(frozen=True, slots=True)
class NewPartner:
    """What staff know of a partner when they add it."""

    slug: str
    name: str
    legal_name: str | None
    former_names: str
    place: str
    founded: int | None
    registry_name: str | None
    registry_number: str | None
    blurb: str
    story: str
    website: str | None
    links: Json
    status: str
    verified_on: date | None
    staff_notes: str
    position: int


def add_partner(new: NewPartner) -> int:
    """Add a partner; returns its id."""
    partner = Partner(**{name: getattr(new, name) for name in NewPartner.__dataclass_fields__})
    session().add(partner)
    session().flush()
    return partner.id


def add_fund(*, slug: str, name: str, purpose: str, route: str) -> int:
    """Add a fund with its lawful route; returns its id."""
    fund = Fund(slug=slug, name=name, purpose=purpose, route=route, active=True)
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


def record_gift(*, order_id: str, fund_id: int, amount: Money, origin: str) -> None:
    """Note a customer's gift on an order; raises RouteNotAllowed where the fund may not take it."""
    route = session().execute(select(Fund.route).where(Fund.id == fund_id, Fund.active)).scalar_one_or_none()
    if route not in GIFT_ROUTES:
        raise RouteNotAllowed("Gifts cannot be taken for this fund here.", field="gift")
    session().add(
        Gift(
            order_id=order_id,
            fund_id=fund_id,
            amount_minor=amount.minor,
            currency=amount.currency,
            origin=origin,
            given_at=clock.now(),
        )
    )
    session().flush()
