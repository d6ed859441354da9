"""What a visitor chose to give, checked, and how much it is today."""

from __future__ import annotations

from shop.brand.rules import BrandView
from shop.cart.rules import GiftChoice
from shop.core.errors import Invalid
from shop.core.money import Money


def gift_amount(kind: str, minor: int, about: BrandView) -> GiftChoice:
    """Check a gift that a visitor chose; raises Invalid beside the field `gift` or `own_amount`."""
    if kind == "round_up":
        return GiftChoice("round_up", 0)
    if kind == "preset" and minor in {preset.minor for preset in about.gift_presets}:
        return GiftChoice("preset", minor)
    if kind != "own":
        raise Invalid("Choose one of the amounts.", field="gift")
    if not about.gift_minimum.minor <= minor <= about.gift_maximum.minor:
        raise Invalid(
            f"Enter an amount from {about.gift_minimum.decimal():f} to {about.gift_maximum.decimal():f}.",
            field="own_amount",
        )
    return GiftChoice("own", minor)


def gift_given(choice: GiftChoice | None, lifting: Money) -> Money:
    """The amount of a choice; `lifting` is what rounding up would add to the total."""
    if choice is None:
        return Money.zero(lifting.currency)
    return lifting if choice.kind == "round_up" else Money(choice.minor, lifting.currency)
