"""Forms that ask for a gift, as the cart and the page of gifts show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shop.core.formats import money_short, money_text
from shop.core.languages import _
from shop.core.money import Money
from shop.giving.rules import FundCard
from shop.journeys.quote.gift import Limits, QuotedGift, lifts
from shop.web.gift_choice import ROUND_UP, SPLIT, WEIGHT, Typed
from shop.web.view_models.gifts import FundChoice, GiftChoice, GiftForm, SplitRow, Tick


def beside_goods(
    typed: Typed,
    *,
    limits: Limits,
    steps: Sequence[Money],
    funds: Sequence[FundCard],
    quoted: QuotedGift | None,
    before: Money,
    save_url: str,
) -> GiftForm:
    """In the cart: presets, rounding up, an own amount, none. `before` is the total without a gift."""
    rounding = tuple(
        GiftChoice(
            value=f"{ROUND_UP}-{step.minor}",
            label=_("Round up to %(total)s (+%(gift)s)", total=money_short(before + lift), gift=money_text(lift)),
            selected=typed.gift == f"{ROUND_UP}-{step.minor}",
        )
        for step, lift in lifts(before, steps)
    )
    none = GiftChoice(value="none", label=_("No gift"), selected=typed.gift == "none")
    return GiftForm(
        legend=_("Add a gift"),
        explanation=_whither(funds),
        choices=(*_presets(typed, limits), *rounding, _own(typed), none),
        saved=_("You are giving %(amount)s.", amount=money_text(quoted.amount)) if quoted else "",
        **_rest(typed, limits, funds, quoted),
        save_url=save_url,
    )


def alone(typed: Typed, *, limits: Limits, funds: Sequence[FundCard], save_url: str) -> GiftForm:
    """On the page of gifts: presets and an own amount."""
    return GiftForm(
        legend=_("How much?"),
        explanation=_whither(funds),
        choices=(*_presets(typed, limits), _own(typed)),
        **_rest(typed, limits, funds, None),
        save_url=save_url,
    )


def _rest(typed: Typed, limits: Limits, funds: Sequence[FundCard], quoted: QuotedGift | None) -> dict[str, Any]:
    several = len(funds) > 1
    return {
        "funds": _funds(typed, funds) if several else (),
        "split": tuple(_split(typed, fund) for fund in funds) if several else (),
        "split_open": typed.fund == SPLIT,
        "ticks": _ticks(typed, quoted, funds),
        "currency": limits.least.currency,
        "own_amount": typed.own,
        "own_hint": _("From %(least)s to %(most)s.", least=money_short(limits.least), most=money_short(limits.most)),
    }


def _whither(funds: Sequence[FundCard]) -> str:
    if len(funds) == 1:
        return _("All of it goes to the %(fund)s. %(purpose)s", fund=funds[0].name, purpose=funds[0].purpose)
    if funds and funds[0].needed_most:
        return _("All of it goes where you say, or else where it is needed most: the %(fund)s.", fund=funds[0].name)
    return _("All of it goes where you say.")


def _presets(typed: Typed, limits: Limits) -> tuple[GiftChoice, ...]:
    return tuple(
        GiftChoice(value=str(preset.minor), label=money_short(preset), selected=typed.gift == str(preset.minor))
        for preset in limits.presets
    )


def _own(typed: Typed) -> GiftChoice:
    return GiftChoice(value="own", label=_("Own amount"), selected=typed.gift == "own")


def _funds(typed: Typed, funds: Sequence[FundCard]) -> tuple[FundChoice, ...]:
    rows = [
        FundChoice(
            value=fund.slug,
            name=_("Where it is needed most: %(fund)s", fund=fund.name) if fund.needed_most else fund.name,
            purpose=fund.purpose,
            selected=typed.fund == fund.slug,
        )
        for fund in funds
    ]
    shared = FundChoice(
        value=SPLIT,
        name=_("Share it between them"),
        purpose=_("By parts, which you say below: 1 and 3 make a quarter and three quarters."),
        selected=typed.fund == SPLIT,
    )
    return (*rows, shared)


def _split(typed: Typed, fund: FundCard) -> SplitRow:
    return SplitRow(field=f"{WEIGHT}{fund.slug}", name=fund.name, value=typed.weights.get(fund.slug, ""))


def _ticks(typed: Typed, quoted: QuotedGift | None, funds: Sequence[FundCard]) -> tuple[Tick, ...]:
    hint = _("We pay the fee either way; with this you pay it. It is never counted as raised.")
    if quoted and quoted.fee_cover:
        hint = " ".join((hint, _("For this gift that is %(amount)s.", amount=money_text(quoted.fee_cover))))
    tell = _("Tell the %(fund)s who I am", fund=funds[0].name) if len(funds) == 1 else _("Tell the fund who I am")
    return (
        Tick(
            name="cover",
            label=_("Add the card fee"),
            hint=hint,
            checked=typed.cover,
        ),
        Tick(
            name="tell",
            label=tell,
            hint=_("It then learns your name and e-mail address. Otherwise it sees an amount and nothing else."),
            checked=typed.tell,
        ),
        Tick(
            name="thank",
            label=_("You may thank me by name in public"),
            hint=_("In a yearly report, say. This site never shows who gave."),
            checked=typed.thank,
        ),
    )
