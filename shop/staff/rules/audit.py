"""How an audit entry is hashed, so that changing or removing one shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

GENESIS = "0" * 64
LONGEST = 300  # characters of a text that are kept whole, or of the passage that differs
AROUND = 40  # characters before and after such a passage


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
    """What changed, for an entry's details: the fields that differ, as they were and as they are.

    Of long texts only the passage that differs is kept; nothing and an empty text are the same.
    """
    pairs = {name: (_plain(before.get(name)), _plain(after.get(name))) for name in {**before, **after}}
    changed = {name: _passages(*pair) for name, pair in pairs.items() if pair[0] != pair[1]}
    return {
        "before": {name: pair[0] for name, pair in changed.items()},
        "after": {name: pair[1] for name, pair in changed.items()},
    }


def begun(values: Mapping[str, Any]) -> dict[str, Any]:
    """What there is from now on: nothing before, and all that was said of it after."""
    return differences({}, values)


def ended(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is no more."""
    return differences(values, {})


def size_of(text: str) -> str:
    """In place of words that the log may not keep: how many there were."""
    return f"{len(text):,} characters"


def _plain(value: Any) -> Any:
    """As JSON has it; what it cannot hold, in words."""
    if isinstance(value, Struct):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()} or None
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)] or None
    if value is None or isinstance(value, int | bool):
        return value
    return str(value) or None


def _passages(before: Any, after: Any) -> tuple[Any, Any]:
    """Two texts, cut to where they differ when they are long."""
    old, new = before or "", after or ""
    if not (isinstance(old, str) and isinstance(new, str)) or max(len(old), len(new)) <= LONGEST:
        return before, after
    same = _shared(old, new)
    tail = min(_shared(old[::-1], new[::-1]), min(len(old), len(new)) - same)
    start = max(same - AROUND, 0)
    return _cut(old, start, tail), _cut(new, start, tail)


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def _cut(text: str, start: int, tail: int) -> str:
    end = min(len(text) - tail + AROUND, len(text))
    passage = text[start:end]
    if len(passage) > LONGEST:
        passage = f"{passage[: LONGEST // 2]} […] {passage[-LONGEST // 2 :]}"
    return f"{'…' if start else ''}{passage}{'…' if end < len(text) else ''}"


def canonical(value: object) -> str:
    """One spelling for one value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
