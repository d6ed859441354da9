"""Ports for the servers that tests start.

Below the range from which the kernel gives ports to outgoing connections (32768 on Linux, 49152 elsewhere): a port
from that range may be taken by any connection between our look and the server's own bind.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from secrets import randbelow

FIRST, LAST = 20_000, 32_000
TRIES = 200


def free_port(neighbours: int = 0) -> int:
    """A port of 127.0.0.1 that nobody listens on, with as many free ones right after it."""
    for _ in range(TRIES):
        port = FIRST + randbelow(LAST - FIRST)
        if all(_is_free(one) for one in range(port, port + neighbours + 1)):
            return port
    raise AssertionError(f"no free port between {FIRST} and {LAST} in {TRIES} tries")


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False
