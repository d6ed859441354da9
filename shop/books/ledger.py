"""The books as a treasurer reads them: the trial balance of a time, the entries of one account, and sums for elsewhere.

Debit is positive, credit negative; all amounts are minor units. A time ends before `until`. Test payments count as long
as there is no real money (`COUNTED`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy import Row as RowOfDatabase

from shop.books.accounts import ACCOUNTS
from shop.books.models import JournalEntry, Posting
from shop.books.queries import COUNTED
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.days import day_of

AT_ONCE = 1_000  # rows fetched at a time, so that a long journal is never in memory whole


class Standing(Struct, frozen=True):
    """An account over a time: what stood on it before, and what was debited and credited (both positive) within it."""

    account: str
    currency: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """What stands on it at the end."""
        return self.opening + self.debit - self.credit


class Row(Struct, frozen=True):
    """One posting with its entry; `balance` is what stands on the account after it, within its currency."""

    position: int
    posted_at: datetime
    memo: str
    actor: str
    order_id: str | None
    account: str
    party: str
    minor: int
    currency: str
    hash: str
    balance: int = 0


class DaySum(Struct, frozen=True):
    """What was put on an account for a party on one day (UTC, `2026-11-25`); days sum to zero in each currency."""

    day: str
    account: str
    party: str
    currency: str
    minor: int


def trial_balance(since: datetime, until: datetime) -> list[Standing]:
    """Every account that was ever used before `until`, by its code; closings sum to zero in each currency."""
    before, amount = JournalEntry.posted_at < since, Posting.amount_minor
    rows = session().execute(
        select(
            Posting.account,
            Posting.currency,
            _sum(before, amount),
            _sum(and_(~before, amount > 0), amount),
            _sum(and_(~before, amount < 0), -amount),
        )
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(JournalEntry.posted_at < until, COUNTED)
        .group_by(Posting.account, Posting.currency)
    )
    found = [Standing(account, currency, *map(int, sums)) for account, currency, *sums in rows]
    return sorted(found, key=lambda one: (one.currency, ACCOUNTS[one.account].code))


def rows_of(
    account: str, currency: str, since: datetime, until: datetime, *, skip: int = 0, most: int = 100
) -> list[Row]:
    """Postings of an account in the order of the journal, each with the balance after it."""
    own = (Posting.account == account, Posting.currency == currency)
    running = func.sum(Posting.amount_minor).over(order_by=(Posting.entry_position, Posting.id)).label("running")
    upto = (
        select(Posting.id, running)
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(*own, JournalEntry.posted_at < until, COUNTED)
        .subquery()
    )
    asked = _rows(upto.c.running).join(upto, upto.c.id == Posting.id).where(*own, *_within(since, until))
    return [_row(one) for one in session().execute(asked.offset(skip).limit(most))]


def journal(since: datetime, until: datetime) -> Iterator[Row]:
    """Every posting of a time, entry after entry, read piece by piece."""
    asked = _rows(Posting.amount_minor * 0).where(*_within(since, until)).execution_options(yield_per=AT_ONCE)
    for one in session().execute(asked):
        yield _row(one)


def by_day(since: datetime, until: datetime) -> list[DaySum]:
    """A time in as few lines as another bookkeeping program needs: one for each day, account and party that moved."""
    day = day_of(JournalEntry.posted_at)
    rows = session().execute(
        select(day, Posting.account, Posting.party, Posting.currency, func.sum(Posting.amount_minor))
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(*_within(since, until))
        .group_by(day, Posting.account, Posting.party, Posting.currency)
    )
    found = [DaySum(str(one[0]), one[1], one[2], one[3], int(one[4])) for one in rows if one[4]]
    return sorted(found, key=lambda one: (one.day, one.currency, ACCOUNTS[one.account].code, one.party))


def _sum(when: ColumnElement[bool], amount: Any) -> ColumnElement[int]:
    return func.sum(case((when, amount), else_=0))


def _within(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return JournalEntry.posted_at >= since, JournalEntry.posted_at < until, COUNTED


def _rows(balance: ColumnElement[int]) -> AnySelect:
    return (
        select(
            JournalEntry.position,
            JournalEntry.posted_at,
            JournalEntry.memo,
            JournalEntry.actor,
            JournalEntry.order_id,
            Posting.account,
            Posting.party,
            Posting.amount_minor.label("minor"),
            Posting.currency,
            JournalEntry.hash,
            balance.label("balance"),
        )
        .select_from(Posting)
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .order_by(Posting.entry_position, Posting.id)
    )


def _row(found: RowOfDatabase[Any]) -> Row:
    return Row(**found._asdict() | {"minor": int(found.minor), "balance": int(found.balance)})
