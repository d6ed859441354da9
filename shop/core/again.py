"""A write unit that the database broke off for another's sake is run again: nothing of it stayed.

Where two wait for each other PostgreSQL ends one of them (SQLSTATE 40P01), and where two cannot be put in a row it
ends one as well (40001); both ask to be tried again
(https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html). Locks are taken in one order
(decision 55), so this is for what was overlooked.

Every function that opens a `transaction()` carries `@again` (decision 61); `tests/house/test_again.py` refuses one
that does not. SQLite has nothing to repeat: BEGIN IMMEDIATE waits for its turn before the first statement.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from shop.core.database import what_stayed

BROKEN_OFF = frozenset({"40001", "40P01"})
TRIES = 4
LONGEST_WAIT = 0.1  # seconds, and twice as long each time
P = ParamSpec("P")
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


def again(act: Callable[P, Answer]) -> Callable[P, Answer]:
    """Run it whole again when the database broke it off, a few times, as long as nothing of the last try stayed.

    Once anything was committed or said to the network within it, what is broken off is raised as it is: that part is a
    function of its own. What is given must be as good for a second try: collections, never iterators or streams.
    """

    @wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> Answer:
        for attempt in range(1, TRIES):
            before = what_stayed()
            try:
                return act(*args, **kwargs)
            except DBAPIError as problem:
                if not was_broken_off(problem) or what_stayed() != before:
                    raise
                log.warning("%s was broken off by the database (attempt %s)", act.__name__, attempt)
            time.sleep(random.uniform(0, LONGEST_WAIT * 2 ** (attempt - 1)))  # noqa: S311  # jitter, not a secret
        return act(*args, **kwargs)

    return tried


def was_broken_off(problem: DBAPIError) -> bool:
    """Whether it was ended for another's sake, and may do when it is tried again."""
    return getattr(problem.orig, "sqlstate", None) in BROKEN_OFF
