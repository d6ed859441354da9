"""Reads a gift form: what was chosen and typed, and what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request
from msgspec import Struct, field

from shop.cart.rules import MOST_FUNDS, MOST_WEIGHT, GiftChoice
from shop.core.errors import Invalid
from shop.core.languages import _
from shop.core.money import BadAmount, Money
from shop.giving.rules import FundCard
from shop.journeys.quote.gift import Limits, gift_amount
from shop.web.forms import GiftForm

SPLIT = "split"
ROUND_UP = "round_up"
WEIGHT = "weight-"


class Typed(Struct, frozen=True):
    """A gift form as it was sent, or as a saved choice would fill it in: plain words, right or wrong."""

    gift: str = ""
    own: str = ""
    fund: str = ""
    weights: Mapping[str, str] = field(default_factory=dict)
    cover: bool = False
    thank: bool = False
    tell: bool = False
    often: str = ""


def typed_in(form: GiftForm) -> Typed:
    """What this request carries. An amount typed with nothing chosen means that amount."""
    own = form.own_amount.data or ""
    weights = {
        name.removeprefix(WEIGHT): value.strip()[:6] for name, value in request.form.items() if name.startswith(WEIGHT)
    }
    return Typed(
        gift=form.gift.data or ("own" if own else ""),
        own=own,
        fund=form.fund.data or "",
        weights=weights,
        cover=bool(form.cover.data),
        thank=bool(form.thank.data),
        tell=bool(form.tell.data),
    )


def typed_as(choice: GiftChoice | None, amount: Money, funds: Sequence[FundCard]) -> Typed:
    """The form as this choice would have filled it in."""
    if choice is None:
        return Typed()
    slugs = {fund.id: fund.slug for fund in funds}
    values = {"own": "own", "preset": str(choice.minor), ROUND_UP: f"{ROUND_UP}-{choice.minor}"}
    one = slugs.get(choice.shares[0][0], "") if len(choice.shares) == 1 else ""
    most = funds[0].slug if funds and funds[0].needed_most else ""
    return Typed(
        gift=values[choice.kind],
        own=f"{amount.decimal():f}" if choice.kind == "own" else "",
        fund=one or (SPLIT if choice.shares else most),
        weights={slugs.get(fund_id, ""): str(weight) for fund_id, weight in choice.shares if not one},
        cover=choice.cover,
        thank=choice.thank,
        tell=choice.tell,
    )


def chosen(
    typed: Typed, *, limits: Limits, steps: Sequence[Money], funds: Sequence[FundCard], campaign: str = ""
) -> GiftChoice | None:
    """What it means; None for *no gift*. Raises Invalid beside `gift`, `own_amount` or `fund`."""
    if typed.gift == "none":
        return None
    amount = _amount(typed, limits, steps)
    return GiftChoice(
        kind=amount.kind,
        minor=amount.minor,
        shares=_shares(typed, funds),
        cover=typed.cover,
        thank=typed.thank,
        tell=typed.tell,
        campaign=campaign,
    )


def _amount(typed: Typed, limits: Limits, steps: Sequence[Money]) -> GiftChoice:
    if typed.gift == "own":
        try:
            minor = Money.parse(typed.own, limits.least.currency).minor
        except BadAmount as error:
            raise Invalid(str(error), field="own_amount") from error
        return gift_amount("own", minor, limits=limits, steps=steps)
    if typed.gift.partition("-")[0] == ROUND_UP:
        return gift_amount(ROUND_UP, _whole(typed.gift.partition("-")[2] or "0"), limits=limits, steps=steps)
    return gift_amount("preset", _whole(typed.gift), limits=limits, steps=steps)


def _shares(typed: Typed, funds: Sequence[FundCard]) -> tuple[tuple[int, int], ...]:
    """Nothing is said about funds where there is one only, or where silence means *where it is needed most*."""
    if len(funds) < 2 or (not typed.fund and funds[0].needed_most):
        return ()
    ids = {fund.slug: fund.id for fund in funds}
    if typed.fund in ids:
        return ((ids[typed.fund], 1),)
    if typed.fund != SPLIT:
        raise Invalid(_("Choose where your gift goes."), field="fund")
    weights = [(ids[slug], _weight(value)) for slug, value in typed.weights.items() if slug in ids]
    shares = tuple((fund_id, weight) for fund_id, weight in weights if weight)
    if not shares:
        raise Invalid(_("Say in parts how the gift is shared, such as 1 and 3."), field="fund")
    return shares[:MOST_FUNDS]


def _weight(typed: str) -> int:
    weight = _whole(typed or "0")
    if not 0 <= weight <= MOST_WEIGHT:
        raise Invalid(_("Parts are whole numbers from 0 to %(most)s.", most=MOST_WEIGHT), field="fund")
    return weight


def _whole(typed: str) -> int:
    """-1 for whatever is no number that we could have offered."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
