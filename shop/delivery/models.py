"""Tables of delivery."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import CurrencyCode, Key, Minor, Name
from shop.core.database import Base


class Zone(Base):
    """A price for a set of countries. `note` is what a buyer there should know, such as import tax."""

    __tablename__ = "delivery_zones"
    __table_args__ = (
        CheckConstraint("price_minor >= 0", name="price"),
        CheckConstraint("free_from_minor > 0", name="free_from"),
    )

    id: Mapped[Key]
    name: Mapped[Name]
    price_minor: Mapped[Minor]
    free_from_minor: Mapped[Minor | None]
    currency: Mapped[CurrencyCode]
    estimate: Mapped[Name]
    note: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int]


class ZoneCountry(Base):
    """A country that a zone serves."""

    __tablename__ = "delivery_countries"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id"), index=True)
    position: Mapped[int]
