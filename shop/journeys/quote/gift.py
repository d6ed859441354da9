"""What a chosen gift comes to: its amount, the funds that share it, and what covers its card fee."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from shop.brand.rules import BrandView
from shop.cart.rules import GiftChoice
from shop.core.errors import Invalid
from shop.core.formats import money_short
from shop.core.languages import _
from shop.core.money import Money
from shop.giving.rules import CardFee, FundCard, FundShare, Wish, round_up, shared


class QuotedGift(Struct, frozen=True):
    """`shares` add up to `amount`; `fee_cover` is beside it and is no part of the gift."""

    choice: GiftChoice
    amount: Money
    fee_cover: Money
    shares: tuple[FundShare, ...]

    @property
    def wish(self) -> Wish:
        return Wish(self.choice.thank, self.choice.tell, self.choice.campaign)


class Limits(Struct, frozen=True):
    """The amounts on offer, and between which an own amount may be, both included."""

    presets: Sequence[Money]
    least: Money
    most: Money


def quoted_gift(
    choice: GiftChoice | None, *, before: Money, funds: Sequence[FundCard], fee: CardFee | None, alone: bool = False
) -> QuotedGift | None:
    """None without a choice, or where no fund may take a gift, or one of those chosen may not any more.

    `before` is the total that a round-up lifts. Nobody's gift is ever sent to another fund than they chose.
    """
    if choice is None or not choice.minor or not funds:  # an older cookie's round-up named no step
        return None
    chosen = _funds(choice, funds)
    if not chosen:
        return None
    currency = before.currency
    rounding = choice.kind == "round_up"
    amount = round_up(before, step=Money(choice.minor, currency)) if rounding else Money(choice.minor, currency)
    cover = fee.to_cover(amount, alone=alone) if choice.cover and fee else Money.zero(currency)
    return QuotedGift(choice, amount, cover, shared(amount, chosen))


def lifts(before: Money, steps: Sequence[Money]) -> list[tuple[Money, Money]]:
    """What each step of rounding up would add, with the step; those that come to the same are offered once."""
    found: dict[int, tuple[Money, Money]] = {}
    for step in steps:
        lift = round_up(before, step=step)
        found.setdefault(lift.minor, (step, lift))
    return list(found.values())


def gift_amount(kind: str, minor: int, *, limits: Limits, steps: Sequence[Money]) -> GiftChoice:
    """Check an amount that a visitor chose; raises Invalid beside the field `gift` or `own_amount`.

    For `round_up`, `minor` is the step; 0 is the first.
    """
    if kind == "round_up" and minor in {0, *(step.minor for step in steps)} and steps:
        return GiftChoice("round_up", minor or steps[0].minor)
    if kind == "preset" and minor in {preset.minor for preset in limits.presets}:
        return GiftChoice("preset", minor)
    if kind != "own":
        raise Invalid(_("Choose one of the amounts."), field="gift")
    if not limits.least.minor <= minor <= limits.most.minor:
        raise Invalid(
            _(
                "Enter an amount from %(least)s to %(most)s.",
                least=money_short(limits.least),
                most=money_short(limits.most),
            ),
            field="own_amount",
        )
    return GiftChoice("own", minor)


def limits_beside_goods(about: BrandView) -> Limits:
    """For a gift in the cart."""
    return Limits(about.gift_presets, about.gift_minimum, about.gift_maximum)


def limits_alone(about: BrandView, least: int, presets: Sequence[int]) -> Limits:
    """For a gift by itself; `least` and `presets` in minor units of the brand's currency."""
    offered = [Money(minor, about.currency) for minor in presets]
    return Limits(offered, Money(least, about.currency), about.gift_maximum)


def _funds(choice: GiftChoice, funds: Sequence[FundCard]) -> list[tuple[FundCard, int]]:
    """Without a word about funds the gift goes where it is needed most, which is the first."""
    if not choice.shares:
        return [(funds[0], 1)]
    by_id = {fund.id: fund for fund in funds}
    if not all(fund_id in by_id for fund_id, _ in choice.shares):
        return []
    return [(by_id[fund_id], weight) for fund_id, weight in choice.shares]
