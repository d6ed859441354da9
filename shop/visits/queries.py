"""Reads of visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from shop.core.database import session
from shop.visits.models import VisitCount


def counted(first: date, last: date) -> dict[tuple[date, str], int]:
    """Numbers by day and step, both days included."""
    wanted = select(VisitCount.day, VisitCount.step, VisitCount.number)
    rows = session().execute(wanted.where(VisitCount.day >= first, VisitCount.day <= last))
    return {(day, step): number for day, step, number in rows}
