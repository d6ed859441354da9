"""Idempotency keys: a request's first answer is kept and given again for a day.

From https://docs.stripe.com/api/idempotent_requests: whatever answered first is kept, a 500 too; other
parameters under the same key are refused; requests that failed validation, or that met another one
under way, are not kept.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from msgspec.json import decode

from shop.stripe_standin.errors import ApiError
from shop.stripe_standin.shapes import Json, Raw
from shop.stripe_standin.store import Store, packed

KEPT_FOR = 24 * 60 * 60
LONGEST_KEY = 255


@dataclass(frozen=True)
class Answer:
    """Status and JSON of an answered request."""

    status: int
    body: Json
    replayed: bool = False


def fingerprint(method: str, path: str, form: dict[str, Raw]) -> str:
    """The same for the same request, whatever order its parameters came in."""
    text = json.dumps([method, path, form], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class KeysInUse:
    """Which keys are being answered right now, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: set[str] = set()

    @contextmanager
    def hold(self, key: str | None) -> Iterator[None]:
        """Keep a second request with this key out; raises ApiError (409) for the second."""
        if key is None:
            yield
            return
        if len(key) > LONGEST_KEY:
            raise ApiError(f"Idempotency keys can be up to {LONGEST_KEY} characters.", kind="idempotency_error")
        with self._lock:
            if key in self._keys:
                raise ApiError(
                    f"There is currently another in-progress request using this Idempotent Key: {key}.",
                    status=409,
                    kind="idempotency_error",
                    code="idempotency_key_in_use",
                )
            self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)


def recall(store: Store, *, key: str | None, mark: str, now: float) -> Answer | None:
    """The kept answer; raises ApiError (400) when the key was used for something else."""
    if key is None:
        return None
    found = store.rows("SELECT * FROM kept_answer WHERE key = ? AND kept_at > ?", (key, now - KEPT_FOR))
    if not found:
        return None
    if found[0]["fingerprint"] != mark:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request.",
            kind="idempotency_error",
        )
    return Answer(status=found[0]["status"], body=decode(found[0]["body"]), replayed=True)


def keep(store: Store, *, key: str | None, mark: str, answer: Answer, now: float) -> None:
    """Remember the first answer, in the same transaction as its effect."""
    if key is not None:
        store.run(
            "INSERT OR REPLACE INTO kept_answer (key, fingerprint, status, body, kept_at) VALUES (?, ?, ?, ?, ?)",
            (key, mark, answer.status, packed(answer.body), now),
        )


def forget_old(store: Store, *, now: float) -> None:
    """Drop answers older than a day."""
    store.run("DELETE FROM kept_answer WHERE kept_at <= ?", (now - KEPT_FOR,))
