"""Whose turn it is to write: SQLite has one writer at a time, so threads and processes queue for it here.

In SQLite's own busy loop whoever waits sleeps and tries again, for up to a tenth of a second each time, and the
unlucky wait for seconds. A lock on a file beside the database wakes the next one at once and ends with its process.
It only keeps order: what may be written together is still SQLite's to say.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ENDING = ".turn"
_threads = threading.Lock()


@contextmanager
def turn_to_write(database: str) -> Iterator[None]:
    """Wait for this process' and this machine's turn to write to a database file; empty for one in memory."""
    with _threads:
        handle = _opened(database)
        try:
            yield
        finally:
            if handle is not None:
                os.close(handle)  # which also lets go of it


def _opened(database: str) -> int | None:
    """The file's handle once it is ours; None where there is none to be had, which SQLite itself will complain of."""
    if database in ("", ":memory:"):
        return None
    handle = None
    with suppress(OSError):
        handle = os.open(database + ENDING, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle
