"""How payments are taken now: what staff set at the till."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Executable, select

from shop.core.database import table
from shop.core.editions import kept_until_changed
from shop.core.prepared import prepared
from shop.payments.models import TillSettings


class Till(Struct, frozen=True):
    """How payments are taken now."""

    gifts_paused_at: datetime | None = None
    paused_why: str = ""
    adaptive_pricing: bool = False


def till() -> Till:
    """The settings, or the defaults of a store that never changed them."""
    row = _till().one_or_none()
    return Till() if row is None else Till(row.gifts_paused_at, row.paused_why, row.adaptive_pricing)


@kept_until_changed
def pays_in_own_currency() -> bool:
    """Whether pages offer the visitor's own currency, from memory: at most seconds behind."""
    return till().adaptive_pricing


@prepared
def _till() -> Executable:
    return select(table(TillSettings))
