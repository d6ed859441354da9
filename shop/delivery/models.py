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


class DeliveryRate(Base):
    """One way to get a parcel, within bounds of weight (grams) and goods (minor units); upper bounds are exclusive.

    `postcodes` are beginnings with commas between; a rate with some is for these alone, and then in place of others.
    A `pickup` is free and has a `place`.
    """

    __tablename__ = "delivery_rates"
    __table_args__ = (
        CheckConstraint("price_minor >= 0", name="price"),
        CheckConstraint("NOT pickup OR price_minor = 0", name="pickup"),
        CheckConstraint("to_grams IS NULL OR from_grams < to_grams", name="grams"),
        CheckConstraint("to_goods_minor IS NULL OR from_goods_minor < to_goods_minor", name="goods"),
    )

    id: Mapped[Key]
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id"), index=True)
    name: Mapped[Name]
    price_minor: Mapped[Minor]
    free_from_minor: Mapped[Minor | None]
    currency: Mapped[CurrencyCode]
    from_grams: Mapped[int]
    to_grams: Mapped[int | None]
    from_goods_minor: Mapped[Minor]
    to_goods_minor: Mapped[Minor | None]
    postcodes: Mapped[str] = mapped_column(Text)
    pickup: Mapped[bool]
    place: Mapped[str] = mapped_column(Text)
    estimate: Mapped[Name]
    position: Mapped[int]


class ZoneCountry(Base):
    """A country that a zone serves."""

    __tablename__ = "delivery_countries"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("delivery_zones.id"), index=True)
    position: Mapped[int]
