"""Faults on demand: what can go wrong between a store and Stripe, made to happen in tests.

`error_before`   500, nothing was done; the endpoint never began, so no answer is kept
`error_after`    500 although everything was done; kept, so a replay answers 500 again
`rate_limit`     429, nothing was done
`slow`           waits `delay` seconds, then does its work as usual
`timeout_after`  does everything, then waits `delay` seconds before it answers
`reset_before`   drops the connection, nothing was done
`reset_after`    does everything, then drops the connection without an answer
"""

import threading
from dataclasses import dataclass

from shop.stripe_standin.errors import ApiError

KINDS = ("error_before", "error_after", "rate_limit", "slow", "timeout_after", "reset_before", "reset_after")


@dataclass(frozen=True)
class Fault:
    """One fault waiting for requests whose method matches and whose path starts so; `delay` in seconds."""

    kind: str
    method: str = "*"
    path: str = "/v1/"
    count: int = 1
    delay: float = 0.0

    def meets(self, method: str, path: str) -> bool:
        """Whether this request is one it waits for."""
        return self.method in ("*", method) and path.startswith(self.path)


class DroppedConnectionError(ConnectionError):
    """Asks the server to hang up without an answer."""


class Faults:
    """The faults that still wait, first in, first out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[Fault, int]] = []

    def add(self, fault: Fault) -> None:
        """Let it happen to the next `count` requests that match."""
        with self._lock:
            self._waiting.append((fault, fault.count))

    def clear(self) -> None:
        """Forget all that still wait."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> int:
        """How many requests will still be met."""
        with self._lock:
            return sum(left for _, left in self._waiting)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, counted down; None when all is well."""
        if not self._waiting:
            return None
        with self._lock:
            for index, (fault, left) in enumerate(self._waiting):
                if fault.meets(method, path):
                    self._waiting[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                    return fault
        return None


def server_error() -> ApiError:
    """What Stripe answers when it breaks."""
    return ApiError("An unknown error occurred (injected by the stand-in).", status=500, kind="api_error")


def stop_before(fault: Fault | None) -> None:
    """Raise for a fault that strikes before anything is done."""
    if fault is None:
        return
    if fault.kind == "reset_before":
        raise DroppedConnectionError
    if fault.kind == "error_before":
        raise server_error()
    if fault.kind == "rate_limit":
        raise ApiError("Request rate limit exceeded (injected by the stand-in).", status=429, code="rate_limit")
