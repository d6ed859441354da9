"""What every page shows and staff seldom change, kept in memory until somebody changes it.

The *edition* is a number in the database that goes up with every change of such words. A process looks at it every
`LOOKED_AT` at most, so that what was changed in one shows in all within seconds, and pages cost no statement for it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import CheckConstraint, Connection, Engine, event, select, update
from sqlalchemy.orm import Mapped, Session

from shop.core import clock
from shop.core.columns import Key
from shop.core.database import Base, insert_once, session
from shop.core.languages import spoken

LOOKED_AT = timedelta(seconds=2)
MOST = 5_000  # answers per database; the eldest go first

P = ParamSpec("P")
T = TypeVar("T")


class SiteEdition(Base):
    """One row that counts the changes of words."""

    __tablename__ = "site_edition"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    number: Mapped[int]


@dataclass(slots=True)
class _Memory:
    looked_at: datetime
    number: int
    answers: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)


# By the engine itself, as two stores in one process (as in tests) may use one address after another.
_memories: WeakKeyDictionary[Engine | Connection, _Memory] = WeakKeyDictionary()


def kept_until_changed(read: Callable[P, T]) -> Callable[P, T]:
    """A read whose answer holds until the next edition, one a language; its arguments are hashable.

    Errors are not kept. What is read must call `next_edition` wherever it is written.
    """

    @wraps(read)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _memory().answers
        key = (read, spoken().code, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = read(*args, **kwargs)
            while len(answers) > MOST:
                answers.popitem(last=False)
        return answers[key]  # type: ignore[return-value]  # what `read` returned under this very key

    return answer


def next_edition() -> None:
    """Something that is kept was changed, in the open transaction: everybody reads it afresh once it is committed."""
    insert_once(SiteEdition, {"id": 1, "number": 0})
    session().execute(update(SiteEdition).where(SiteEdition.id == 1).values(number=SiteEdition.number + 1))
    _forget_when_done()


def forget() -> None:
    """Read everything afresh next time."""
    _memories.pop(session().get_bind(), None)


def _memory() -> _Memory:
    bind, moment = session().get_bind(), clock.now()
    known = _memories.get(bind)
    if known is not None and timedelta() <= moment - known.looked_at < LOOKED_AT:
        return known
    number = session().execute(select(SiteEdition.number).where(SiteEdition.id == 1)).scalar_one_or_none() or 0
    if known is None or known.number != number:
        known = _memories[bind] = _Memory(moment, number)
    known.looked_at = moment
    return known


def _forget_when_done() -> None:
    """Now, for reads within the transaction, and at its end, whichever it is: what it read may be taken back."""
    forget()
    pending = {"forget"}

    def ended(_session: Session) -> None:
        if pending:
            pending.clear()
            forget()

    for ending in ("after_commit", "after_rollback"):
        event.listen(session(), ending, ended, once=True)
