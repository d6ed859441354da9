"""The audit log as tests read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from shop.core.columns import Json
from shop.core.database import session
from shop.staff.models import AuditEntry


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry."""

    position: int
    actor: str
    action: str
    subject: str
    details: Json
    origin: str | None
    happened_at: datetime


def recent_audit(*, limit: int) -> list[AuditRow]:
    """The newest entries, newest first."""
    rows = session().scalars(select(AuditEntry).order_by(AuditEntry.position.desc()).limit(limit))
    return [AuditRow(**{name: getattr(row, name) for name in AuditRow.__dataclass_fields__}) for row in rows]
