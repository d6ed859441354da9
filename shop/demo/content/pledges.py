"""The pledges of the demo: what the operator would set aside per unit sold, from its own revenue.

Only partners whose status is active carry one. The brand says on every page that no agreement stands behind them.
"""

from datetime import date

from shop.demo.content.partners import OUR_RESCUE, POLARIS
from shop.demo.content.ware_shapes import Pledge

_STARTS = date(2026, 11, 1)
_ENDS = date(2027, 10, 31)

FIVE_DOLLARS_TO_POLARIS = Pledge(
    partner_slug=POLARIS.slug,
    amount_minor=500,
    basis_points=None,
    starts_on=_STARTS,
    ends_on=_ENDS,
    cap_minor=500_000,
)

TENTH_TO_POLARIS = Pledge(
    partner_slug=POLARIS.slug,
    amount_minor=None,
    basis_points=1_000,
    starts_on=_STARTS,
    ends_on=_ENDS,
    cap_minor=300_000,
)

FOUR_DOLLARS_TO_OUR_RESCUE = Pledge(
    partner_slug=OUR_RESCUE.slug,
    amount_minor=400,
    basis_points=None,
    starts_on=_STARTS,
    ends_on=_ENDS,
    cap_minor=250_000,
)

FIFTEEN_PERCENT_TO_POLARIS = Pledge(
    partner_slug=POLARIS.slug,
    amount_minor=None,
    basis_points=1_500,
    starts_on=_STARTS,
    ends_on=date(2027, 4, 30),
    cap_minor=200_000,
)
