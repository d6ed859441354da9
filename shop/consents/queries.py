"""Reads of consents."""

from __future__ import annotations

from sqlalchemy import select

from shop.consents.models import ConsentEntry, RetentionPeriod
from shop.consents.rules import PERIODS
from shop.core.columns import Json
from shop.core.database import session


def consents_of(subject: str) -> list[Json]:
    """Every step of one person, oldest first."""
    columns = (
        ConsentEntry.purpose,
        ConsentEntry.step,
        ConsentEntry.wording,
        ConsentEntry.origin,
        ConsentEntry.happened_at,
    )
    rows = session().execute(select(*columns).where(ConsentEntry.subject == subject).order_by(ConsentEntry.id))
    return [{**row._mapping} for row in rows]


def periods() -> dict[str, int]:
    """Days by the key of each period, as staff chose them."""
    chosen = dict(session().execute(select(RetentionPeriod.key, RetentionPeriod.days)).all())
    return {one.key: chosen.get(one.key, one.usual) for one in PERIODS}
