"""The table of the brand."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import CurrencyCode, Key, Minor, Name
from shop.core.database import Base


class Brand(Base):
    """`gift_presets` and `round_up_steps` are lists of minor units; `registration` is None where there is none."""

    __tablename__ = "brand"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("0 < gift_minimum_minor AND gift_minimum_minor <= gift_maximum_minor", name="gift_bounds"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[Name]
    tagline: Mapped[Name]
    introduction: Mapped[str] = mapped_column(Text)
    operator: Mapped[Name]
    registration: Mapped[Name | None]
    contact_email: Mapped[str] = mapped_column(String(254))
    currency: Mapped[CurrencyCode]
    gift_presets: Mapped[list[int]] = mapped_column(JSON)
    gift_minimum_minor: Mapped[Minor]
    gift_maximum_minor: Mapped[Minor]
    round_up_steps: Mapped[list[int]] = mapped_column(JSON)
    demo: Mapped[bool]
    demo_notice: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(64))
