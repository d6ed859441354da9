"""Reads of tax."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select

from shop.core.database import session, table
from shop.tax.models import TaxPolicy, TaxRate
from shop.tax.rules import Policy, Provider, Rate


def policy() -> Policy:
    """Who reckons, and how."""
    row = session().execute(select(table(TaxPolicy))).one_or_none()
    return Policy() if row is None else Policy(cast(Provider, row.provider), row.inclusive)


def rates() -> list[Rate]:
    """Every rate by country and region."""
    rows = session().execute(select(table(TaxRate)).order_by(TaxRate.country, TaxRate.region))
    return [Rate(**{name: getattr(row, name) for name in Rate.__dataclass_fields__}) for row in rows]
