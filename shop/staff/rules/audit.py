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
    origin: str | None = None,
) -> str:
    """SHA-256 over the entry as canonical JSON, the hash before it included.

    An entry without an origin is hashed as entries were before there were any.
    """
    moment = happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    entry = [position, actor, action, subject, details, moment, previous_hash]
    return hashlib.sha256(canonical(entry if origin is None else [*entry, origin]).encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What changed, for an entry's details: the fields that differ, as they were and as they are."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {
        "before": {name: _plain(before.get(name)) for name in changed},
        "after": {name: _plain(after.get(name)) for name in changed},
    }


def _plain(value: Any) -> Any:
    """As JSON has it; what it cannot hold, in words."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def canonical(value: object) -> str:
    """One spelling for one value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
