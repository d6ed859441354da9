"""Reads of tax, from memory until staff change it."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Executable, select

from shop.core.database import table
from shop.core.editions import kept_until_changed
from shop.core.prepared import prepared
from shop.tax.models import TaxPolicy, TaxRate
from shop.tax.rules import Policy, Provider, Rate


@kept_until_changed
def policy() -> Policy:
    """Who reckons, and how."""
    row = _policy().one_or_none()
    return Policy() if row is None else Policy(cast(Provider, row.provider), row.inclusive)


@kept_until_changed
def rates() -> tuple[Rate, ...]:
    """Every rate by country and region."""
    return tuple(Rate(**{name: getattr(row, name) for name in Rate.__struct_fields__}) for row in _rates())


@prepared
def _policy() -> Executable:
    return select(table(TaxPolicy))


@prepared
def _rates() -> Executable:
    row = table(TaxRate).c
    return select(table(TaxRate)).order_by(row.country, row.region)
