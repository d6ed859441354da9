"""Table of visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Word
from shop.core.database import Base


class VisitCount(Base):
    """How often a step was taken on a day (UTC), by everybody together."""

    __tablename__ = "visit_counts"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[Word] = mapped_column(primary_key=True)
    number: Mapped[int]
