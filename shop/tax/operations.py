"""Writes of tax. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import delete, update

from shop.core.database import insert_once, rows_changed, session
from shop.core.editions import next_edition
from shop.core.errors import Invalid
from shop.tax.models import TaxPolicy, TaxRate
from shop.tax.rules import Policy, Rate, check

ONE = 1


def set_policy(policy: Policy) -> None:
    """From now on; orders that were placed keep what they were quoted."""
    values = {"provider": policy.provider, "inclusive": policy.inclusive}
    if not insert_once(TaxPolicy, values | {"id": ONE}):
        session().execute(update(TaxPolicy).where(TaxPolicy.id == ONE).values(**values))
    next_edition()


def add_rate(rate: Rate) -> None:
    """A new rate (its `id` is ignored). Raises Invalid."""
    check(rate)
    values = {name: getattr(rate, name) for name in Rate.__struct_fields__ if name != "id"}
    if not insert_once(TaxRate, values):
        raise Invalid("There is a rate for this place already; remove it first.", field="country")
    next_edition()


def remove_rate(rate_id: int) -> bool:
    """False when it is gone already."""
    gone = rows_changed(session().execute(delete(TaxRate).where(TaxRate.id == rate_id))) == 1
    if gone:
        next_edition()
    return gone
