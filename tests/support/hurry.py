"""What takes long on purpose in the store takes no time in tests, but for those that are about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from shop.staff.rules import hashing

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_NOBODY = _QUICK.hash("nobody")


@contextmanager
def hurried() -> Iterator[None]:
    """Passwords are hashed in a thousandth of their time; Stripe's library waits a moment between tries, not longer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "_HASHER", _QUICK)
        patch.setattr(hashing, "_NOBODY", _NOBODY)
        patch.setattr("stripe._http_client.HTTPClient.INITIAL_DELAY", 0.01)
        patch.setattr("stripe._http_client.HTTPClient.MAX_DELAY", 0.01)
        yield
