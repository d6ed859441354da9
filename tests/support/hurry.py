"""What takes long on purpose in the store takes no time in tests, but for those that are about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest
import resvg_py
from argon2 import PasswordHasher

from shop.staff.rules import hashing

_DRAWN = lru_cache(maxsize=64)(resvg_py.svg_to_bytes)
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_NOBODY = _QUICK.hash("nobody")


@contextmanager
def hurried() -> Iterator[None]:
    """Passwords are hashed in a thousandth of their time; Stripe's library waits a moment between tries, not longer.

    A drawing whose pixels are known is not drawn again: that takes a second each.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "_HASHER", _QUICK)
        patch.setattr(hashing, "_NOBODY", _NOBODY)
        patch.setattr(resvg_py, "svg_to_bytes", _DRAWN)
        patch.setattr("stripe._http_client.HTTPClient.INITIAL_DELAY", 0.01)
        patch.setattr("stripe._http_client.HTTPClient.MAX_DELAY", 0.01)
        yield
