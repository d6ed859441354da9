"""Reads of the books: balances are always sums of postings, never kept numbers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, func, select

from shop.books.accounts import GIFTS, PLEDGES
from shop.books.models import EntryOfTest, JournalEntry, Posting
from shop.books.rules import BANKS, Amounts
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.days import day_of
from shop.core.mode import counted
from shop.core.money import Money
from shop.core.prepared import prepared

# Of sums: no test payments once there are real ones. Every entry balances by itself, so what is left balances too.
COUNTED: ColumnElement[bool] = counted(Posting.entry_position.not_in(select(EntryOfTest.position)))
_OF_ORDERS = JournalEntry.order_id.is_not(None)
_OF_BANKS = and_(_OF_ORDERS, JournalEntry.memo.endswith(BANKS, autoescape=True))


class Debt(Struct, frozen=True):
    """What an order owes a party, refunds taken off, in minor units; `since` is when it was first posted."""

    order_id: str
    minor: int
    since: datetime


class EntryFacts(Struct, frozen=True):
    """An entry that belongs to no order, and what it put on the account that was asked about."""

    position: int
    memo: str
    actor: str
    posted_at: datetime
    amount: Money


class PartyBalance(Struct, frozen=True):
    """What was raised for a partner or fund from sales and gifts, net of what was given back, and what was paid out.

    `taken_back` is what customers' banks took of it in disputes, in minor units; `raised` is without it.
    """

    party: str
    kind: str
    raised: Money
    paid: Money
    taken_back: int = 0

    @property
    def owed(self) -> Money:
        return self.raised - self.paid


def posted_for(order_id: str) -> Amounts:
    """Sums by (account, party) of everything posted for an order."""
    return {(account, party): int(minor) for account, party, minor in _posted(order_id) if minor}


@prepared
def _posted(order_id: str) -> AnySelect:
    return (
        select(Posting.account, Posting.party, func.sum(Posting.amount_minor))
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(JournalEntry.order_id == order_id)
        .group_by(Posting.account, Posting.party)
    )


def balances() -> dict[tuple[str, str, str], int]:
    """Every account's balance in minor units by (account, party, currency); they sum to zero per currency."""
    rows = session().execute(
        select(Posting.account, Posting.party, Posting.currency, func.sum(Posting.amount_minor))
        .where(COUNTED)
        .group_by(Posting.account, Posting.party, Posting.currency)
    )
    return {(account, party, currency): int(minor) for account, party, currency, minor in rows}


def balances_by_order(account: str) -> dict[str, dict[str, int]]:
    """What stands on an account for each order, by order id and currency."""
    rows = session().execute(
        select(JournalEntry.order_id, Posting.currency, func.sum(Posting.amount_minor))
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(Posting.account == account, JournalEntry.order_id.is_not(None), COUNTED)
        .group_by(JournalEntry.order_id, Posting.currency)
    )
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for order_id, currency, minor in rows:
        sums[str(order_id)][currency] = int(minor)
    return sums


def debts(*, account: str, party: str, currency: str) -> list[Debt]:
    """What each order owes a party on an account, in the order in which it came to be owed; what is even too."""
    rows = session().execute(
        select(JournalEntry.order_id, -func.sum(Posting.amount_minor), func.min(JournalEntry.posted_at))
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(Posting.account == account, Posting.party == party, Posting.currency == currency)
        .where(JournalEntry.order_id.is_not(None), COUNTED)
        .group_by(JournalEntry.order_id)
        .order_by(func.min(JournalEntry.position))
    )
    return [Debt(str(order_id), int(minor), since) for order_id, minor, since in rows]


def by_day(since: datetime, until: datetime) -> dict[tuple[str, str, str], int]:
    """What orders put on each account in a time (`until` excluded), by day (UTC), account and currency, in minor units.

    Sales and gifts are credits, so they are negative.
    """
    day = day_of(JournalEntry.posted_at)
    rows = session().execute(
        select(day, Posting.account, Posting.currency, func.sum(Posting.amount_minor))
        .join(Posting, Posting.entry_position == JournalEntry.position)
        .where(JournalEntry.order_id.is_not(None), COUNTED)
        .where(JournalEntry.posted_at >= since, JournalEntry.posted_at < until)
        .group_by(day, Posting.account, Posting.currency)
    )
    return {(str(on), account, currency): int(minor) for on, account, currency, minor in rows}


def taken_by_banks(since: datetime, until: datetime, *, currency: str) -> dict[str, int]:
    """What disputes put on each account in a time (`until` excluded), in minor units."""
    rows = session().execute(
        select(Posting.account, func.sum(Posting.amount_minor))
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(_OF_BANKS, COUNTED, Posting.currency == currency)
        .where(JournalEntry.posted_at >= since, JournalEntry.posted_at < until)
        .group_by(Posting.account)
    )
    return {account: int(minor) for account, minor in rows}


def contested_orders() -> AnySelect:
    """The statement for the ids of orders whose pledges banks hold or took for good."""
    at_banks = select(JournalEntry.order_id).join(Posting, Posting.entry_position == JournalEntry.position)
    of_pledges = at_banks.where(_OF_BANKS, COUNTED, Posting.account == PLEDGES)
    return of_pledges.group_by(JournalEntry.order_id).having(func.sum(Posting.amount_minor) > 0)


def other_entries(account: str) -> list[EntryFacts]:
    """Entries of no order that touch an account, newest first, with what they put there."""
    rows = session().execute(
        select(
            JournalEntry.position,
            JournalEntry.memo,
            JournalEntry.actor,
            JournalEntry.posted_at,
            Posting.currency,
            func.sum(Posting.amount_minor),
        )
        .join(Posting, Posting.entry_position == JournalEntry.position)
        .where(Posting.account == account, JournalEntry.order_id.is_(None), COUNTED)
        .group_by(
            JournalEntry.position, JournalEntry.memo, JournalEntry.actor, JournalEntry.posted_at, Posting.currency
        )
        .order_by(JournalEntry.position.desc())
    )
    return [EntryFacts(*row[:4], Money(int(row[5]), row[4])) for row in rows]


def party_balances() -> list[PartyBalance]:
    """Raised and paid per partner and fund.

    Raised is what sales and gifts credited to the party (entries of orders, refunds and what banks took back taken
    off); paid is what entries without an order, the payouts, debited.
    """
    rows = session().execute(
        select(
            Posting.party,
            Posting.account,
            Posting.currency,
            func.sum(case((_OF_ORDERS, -Posting.amount_minor), else_=0)),
            func.sum(case((_OF_ORDERS, 0), else_=Posting.amount_minor)),
            func.sum(case((_OF_BANKS, Posting.amount_minor), else_=0)),
        )
        .join(JournalEntry, JournalEntry.position == Posting.entry_position)
        .where(Posting.account.in_((GIFTS, PLEDGES)), COUNTED)
        .group_by(Posting.party, Posting.account, Posting.currency)
        .order_by(Posting.party)
    )
    kinds = {GIFTS: "gifts", PLEDGES: "pledges"}
    return [
        PartyBalance(party, kinds[account], Money(int(raised), currency), Money(int(paid), currency), int(taken))
        for party, account, currency, raised, paid, taken in rows
    ]
