"""How an audit entry is hashed, so that changing or removing one shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def entry_hash(
    *,
    position: int,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, Any],
    happened_at: datetime,
    previous_hash: str,
) -> str:
    """SHA-256 over the entry as canonical JSON, the hash before it included."""
    moment = happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    entry = [position, actor, action, subject, details, moment, previous_hash]
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def canonical(value: object) -> str:
    """One spelling for one value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
