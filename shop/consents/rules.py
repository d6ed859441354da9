"""How long what people told us is kept, as far as staff decide it. Pure.

Shorter times that nobody decides on (an address that was never confirmed, a network) stand in the rooms they belong to.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from shop.core.errors import Invalid


class Period(Struct, frozen=True):
    """Days from the event until it is forgotten; staff choose between `least` and `most`."""

    key: str
    usual: int
    least: int
    most: int


PERIODS = (
    # Ten years are more than any bookkeeping law that we know of asks for; under seven would be less than some ask.
    Period("orders", usual=3_650, least=2_555, most=10_950),
    Period("letters", usual=1_095, least=30, most=3_650),
    Period("events", usual=365, least=90, most=3_650),  # a card payment can be contested for months
    Period("sign_ins", usual=90, least=7, most=730),
)


def assert_within(days: Mapping[str, int]) -> None:
    """Raises Invalid beside the field that is too short or too long."""
    for one in PERIODS:
        if not one.least <= days[one.key] <= one.most:
            raise Invalid(f"Between {one.least} and {one.most} days.", field=one.key)
