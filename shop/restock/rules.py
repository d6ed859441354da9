"""Requests as values, and how long things take."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from msgspec import Struct

CLAIM = timedelta(hours=24)  # how long one unit is kept for whoever is next
CONFIRM_WITHIN = timedelta(days=7)
KEPT_AFTER = timedelta(days=90)  # ended requests, without an address, tell staff what was wished for
MOST_OPEN = 20  # sizes that one address may wait for


class Request(Struct, frozen=True):
    """One wish for one variant. `email` is empty once it ended; `ends_at` is when its claim does, if it has one."""

    id: str
    variant_id: int
    email: str
    language: str
    token: str
    state: str
    ends_at: datetime | None


class Demand(Struct, frozen=True):
    """How many people wait for a variant now, for how many one is kept, and how many ever waited."""

    waiting: int = 0
    told: int = 0
    ever: int = 0


def address_key(email: str) -> str:
    """By which an address is one."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
