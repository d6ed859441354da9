"""A form as a person sends it: shown some seconds ago, the bait untouched."""

from __future__ import annotations

from datetime import timedelta

from itsdangerous import URLSafeSerializer

from shop.core import clock
from shop.web.time_trap import FIELD

SECRET = "a secret that is only for tests, and long enough"


def shown(seconds: float = 30) -> dict[str, str]:
    """The hidden field of a page that was read for so long."""
    moment = (clock.now() - timedelta(seconds=seconds)).timestamp()
    return {FIELD: str(URLSafeSerializer(SECRET, salt="time-trap").dumps(round(moment, 1)))}
