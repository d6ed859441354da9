"""Answers of reads kept in this process for a few seconds: what every page shows and staff seldom change.

Nothing that sells is kept: prices, stock and pledges are read afresh for each page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from shop.core import clock
from shop.core.database import session
from shop.core.languages import spoken

KEPT_FOR = timedelta(seconds=5)
MOST = 500  # answers per database; the eldest go first

P = ParamSpec("P")
T = TypeVar("T")
_Answers = OrderedDict[Hashable, tuple[datetime, object]]

# By the engine itself, as two stores in one process (as in tests) may use one address after another.
_kept: WeakKeyDictionary[Engine | Connection, _Answers] = WeakKeyDictionary()


def kept(read: Callable[P, T]) -> Callable[P, T]:
    """A read whose answer may be `KEPT_FOR` old, one a language; its arguments are hashable. Errors are not kept."""

    @wraps(read)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _kept.setdefault(session().get_bind(), OrderedDict())
        key, moment = (read, spoken().code, args, tuple(sorted(kwargs.items()))), clock.now()
        found = answers.get(key)
        if found is None or not timedelta() <= moment - found[0] < KEPT_FOR:
            found = answers[key] = moment, read(*args, **kwargs)
            _drop_eldest(answers)
        return found[1]  # type: ignore[return-value]  # what `read` returned under this very key

    return answer


def forget() -> None:
    """Read everything afresh next time."""
    _kept.pop(session().get_bind(), None)


def _drop_eldest(answers: _Answers) -> None:
    while len(answers) > MOST:
        try:
            answers.popitem(last=False)
        except KeyError:  # another thread emptied it
            return
