"""A write unit that the database broke off for another's sake is run again: nothing of it stayed.

Where two wait for each other PostgreSQL ends one of them (SQLSTATE 40P01), and where two cannot be put in a row it
ends one as well (40001); both ask to be tried again
(https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html). Locks are taken in one order
(decision 55), so this is for what was overlooked.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

BROKEN_OFF = frozenset({"40001", "40P01"})
TRIES = 4
LONGEST_WAIT = 0.1  # seconds, and twice as long each time
P = ParamSpec("P")
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


def again(act: Callable[P, Answer]) -> Callable[P, Answer]:
    """Run it whole again when the database broke it off, a few times.

    For what is one `transaction()` and nothing else: neither the network nor a second write unit.
    """

    @wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> Answer:
        for attempt in range(1, TRIES):
            try:
                return act(*args, **kwargs)
            except DBAPIError as problem:
                if not was_broken_off(problem):
                    raise
                log.warning("%s was broken off by the database (attempt %s)", act.__name__, attempt)
            time.sleep(random.uniform(0, LONGEST_WAIT * 2 ** (attempt - 1)))  # noqa: S311  # jitter, not a secret
        return act(*args, **kwargs)

    return tried


def was_broken_off(problem: DBAPIError) -> bool:
    """Whether it was ended for another's sake, and may do when it is tried again."""
    return getattr(problem.orig, "sqlstate", None) in BROKEN_OFF
