"""What a pledge promises, in money and in words; how a gift is shared, and what its card fee comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from shop.core.columns import Json
from shop.core.formats import date_text, money_short
from shop.core.languages import _
from shop.core.money import Money, step

INSTANT = timedelta(microseconds=1)  # ends are exclusive: the last day that counts is the one before


class PledgeTerms(Struct, frozen=True):
    """A pledge in force, with the partner it is made to. Exactly one of `per_unit` and `basis_points` is set."""

    id: int
    product_id: int
    partner_id: int
    partner_slug: str
    partner_name: str
    per_unit: Money | None
    basis_points: int | None
    ends_at: datetime | None
    cap: Money | None
    left: Money | None

    def amount_for(self, *, price: Money, quantity: int, left: Money | None) -> Money:
        """What selling `quantity` at `price` promises, with `left` still free under the cap (None: no cap).

        A promise is made per unit sold, so units that no longer fit under the cap carry none.
        """
        each = self.per_unit if self.per_unit is not None else price.basis_points(self.basis_points or 0)
        if not each:
            return Money.zero(price.currency)
        fitting = quantity if left is None else min(quantity, max(left.minor, 0) // each.minor)
        return each * fitting

    def sentence(self) -> str:
        """The words beside the price: how much, of what, to whom, until when and up to how much."""
        share = (
            _("%(amount)s from each one sold", amount=money_short(self.per_unit))
            if self.per_unit is not None
            else _("%(percent)s of its price", percent=percent(self.basis_points or 0))
        )
        until = _(" through %(date)s", date=date_text(self.ends_at - INSTANT)) if self.ends_at else ""
        cap = _(", up to %(amount)s in all", amount=money_short(self.cap)) if self.cap else ""
        return _(
            "We give %(partner)s %(share)s%(until)s%(cap)s.",
            partner=self.partner_name,
            share=share,
            until=until,
            cap=cap,
        )


class PartnerCard(Struct, frozen=True):
    """What lists and cards show of a partner."""

    id: int
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
    status: str
    verified_on: date | None


class NewPartner(Struct, frozen=True):
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


class FundCard(Struct, frozen=True):
    """A fund that takes gifts."""

    id: int
    slug: str
    name: str
    purpose: str
    needed_most: bool = False


class FundShare(Struct, frozen=True):
    """What one fund gets of a gift."""

    fund: FundCard
    amount: Money


class Wish(Struct, frozen=True):
    """What a giver allowed: to be thanked by name in public, and that the fund learns name and e-mail."""

    thank_publicly: bool = False
    tell_partner: bool = False
    campaign_slug: str = ""


class CardFee(Struct, frozen=True):
    """What a card payment costs the operator: a share in basis points, and a fixed part in minor units."""

    points: int
    fixed: int

    def to_cover(self, gift: Money, *, alone: bool) -> Money:
        """What must be added so that the fee takes nothing from the gift, the fee on the addition included.

        `alone` is a gift that is a payment by itself; beside goods the fixed part is paid anyway.
        """
        fixed = self.fixed if alone else 0
        due, left = gift.minor * self.points + fixed * 10_000, 10_000 - self.points
        size = step(gift.currency)  # what can be charged
        return Money(-(-due // (left * size)) * size, gift.currency)


def percent(basis_points: int) -> str:
    """ "10%" for 1000, "2.5%" for 250."""
    return f"{basis_points / 100:g}%"


def round_up(total: Money, *, step: Money) -> Money:
    """What lifts `total` to the next whole `step`; a whole step where it is whole already, so the offer stands."""
    return Money(step.minor - total.minor % step.minor, total.currency)


def shared(gift: Money, funds: Sequence[tuple[FundCard, int]]) -> tuple[FundShare, ...]:
    """A gift shared by weight without losing a cent (largest remainder); shares of nothing are left out."""
    amounts = gift.split([weight for _, weight in funds])
    return tuple(FundShare(fund, amount) for (fund, _), amount in zip(funds, amounts, strict=True) if amount)


def gifts_left(shares: Sequence[FundShare], *, returned: Money) -> dict[str, Money]:
    """What each fund keeps, by slug, once `returned` of the whole gift went back: taken from all in proportion."""
    if not shares:
        return {}
    back = returned.split([share.amount.minor for share in shares])
    return {share.fund.slug: share.amount - given for share, given in zip(shares, back, strict=True)}
