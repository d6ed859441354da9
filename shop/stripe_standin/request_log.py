"""What was asked of the API, so that a test can hold a store's requests against the specification."""

import threading
from collections import deque

from shop.stripe_standin.shapes import Json

REMEMBERED = 2_000


class RequestLog:
    """The last requests with their decoded parameters; never their keys or headers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[Json] = deque(maxlen=REMEMBERED)

    def add(self, entry: Json) -> None:
        """Remember one request."""
        with self._lock:
            self._entries.append(entry)

    def entries(self) -> list[Json]:
        """All that are remembered, oldest first."""
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        """Start afresh."""
        with self._lock:
            self._entries.clear()
