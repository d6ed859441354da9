"""Limits on what is cheap and writes nothing: counted in memory, or at `REDIS_URL` by all processes together.

What costs money or mail is counted in the database instead (`core/rates.py`), which forgets nothing.
"""

from __future__ import annotations

from flask import current_app

from shop.core.config import Settings


class QuickLimits:
    """Counts what each network asked for; a Redis that is away limits nobody rather than closing the store."""

    def __init__(self, redis_url: str | None) -> None:
        from limits.storage import storage_from_string  # 6 MB that most processes never need
        from limits.strategies import FixedWindowRateLimiter

        options = {"socket_timeout": 1, "socket_connect_timeout": 1} if redis_url else {}
        address = (redis_url or "memory://").replace("valkey://", "redis://", 1)  # one protocol under two names
        self._storage = storage_from_string(address, **options)
        self._limiter = FixedWindowRateLimiter(self._storage)

    def allows(self, what: str, whose: str, *, per_minute: int) -> bool:
        """Whether there is room for one more in this minute; it is counted."""
        from limits import RateLimitItemPerMinute

        try:
            return self._limiter.hit(RateLimitItemPerMinute(per_minute), what, whose)
        except self._storage.base_exceptions:
            return True


def quick_limits() -> QuickLimits:
    """Those of the current application, made when they are first asked for."""
    kept: dict[str, QuickLimits] = current_app.extensions
    if "quick_limits" not in kept:
        settings: Settings = current_app.extensions["settings"]
        kept["quick_limits"] = QuickLimits(settings.redis_url)
    return kept["quick_limits"]
