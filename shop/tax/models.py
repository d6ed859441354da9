"""Tables of tax."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Word
from shop.core.database import Base


class TaxPolicy(Base):
    """One row; without it the store's own table is used, and prices are without tax."""

    __tablename__ = "tax_policy"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("provider IN ('table', 'stripe')", name="provider"),
    )

    id: Mapped[Key]
    provider: Mapped[Word]
    inclusive: Mapped[bool]


class TaxRate(Base):
    """A flat rate for a country, or for a region of it."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        CheckConstraint("basis_points BETWEEN 1 AND 5000", name="basis_points"),
        UniqueConstraint("country", "region"),
    )

    id: Mapped[Key]
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(3))
    region_name: Mapped[Name]
    name: Mapped[Name]
    basis_points: Mapped[int]
    on_delivery: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    looked_up: Mapped[date]
