"""How long somebody waits who keeps guessing.

Failures are counted for the pair of account and network, so that a stranger's guesses never lock the owner out at
her own desk, and more generously for the whole network, so that trying one password on many accounts is slow too.
Second factors are counted for the account alone: whoever gets there already has the password.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from msgspec import Struct

from shop.core.networks import network_of

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class Counter(Struct, frozen=True):
    """What is counted together: the first `free` tries cost nothing; `key` is a hash, so that no address is kept."""

    key: str
    free: int

    def wait(self, failures: int) -> timedelta:
        """Nothing for the first `free` failures, then 15 s, doubling up to 15 minutes."""
        beyond = failures - self.free
        if beyond < 0:
            return timedelta()
        doublings: int = 2 ** min(beyond, 10)
        return min(LONGEST_WAIT, FIRST_WAIT * doublings)


def password_counters(*, email: str, address: str) -> tuple[Counter, ...]:
    """What a password tried for `email` from the IP address `address` counts towards."""
    network = network_of(address)
    return Counter(_key("pair", email, network), free=5), Counter(_key("network", network), free=30)


def factor_counters(member_id: int) -> tuple[Counter, ...]:
    """What a code tried for a member counts towards."""
    return (Counter(_key("factor", str(member_id)), free=5),)


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
