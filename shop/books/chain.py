"""The journal's hash chain, read from end to end: who changes, cuts or splices an entry breaks it."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from msgspec import Struct
from sqlalchemy import select

from shop.books.models import JournalEntry, Posting
from shop.books.rules import GENESIS, entry_hash
from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session

PIECE = 1_000  # rows in memory at a time
_ENTRIES: AnySelect = (
    select(
        JournalEntry.position,
        JournalEntry.order_id,
        JournalEntry.memo,
        JournalEntry.actor,
        JournalEntry.posted_at,
        JournalEntry.previous_hash,
        JournalEntry.hash,
        Posting.account,
        Posting.party,
        Posting.amount_minor,
        Posting.currency,
    )
    .outerjoin(Posting, Posting.entry_position == JournalEntry.position)
    .order_by(JournalEntry.position)
    .execution_options(yield_per=PIECE)
)


class ChainReport(Struct, frozen=True):
    """`broken_at` is the position of the first entry that was changed, or whose predecessor is missing."""

    entries: int
    broken_at: int | None


def verify_chain() -> ChainReport:
    """Compute every hash again, from the first entry on: one statement, however long the journal."""
    previous, count = GENESIS, 0
    with session().execute(_ENTRIES) as rows:
        for position, its in groupby(rows, key=attrgetter("position")):
            entry, *more = its
            if (position, entry.previous_hash, entry.hash) != (count + 1, previous, _hash(entry, more)):
                return ChainReport(entries=count, broken_at=count + 1)
            previous, count = entry.hash, position
    return ChainReport(entries=count, broken_at=None)


def _hash(entry: AnyRow, more: list[AnyRow]) -> str:
    """What the hash should be of an entry that lies in as many rows as it has postings, or in one without any."""
    postings = [(row.account, row.party, row.amount_minor, row.currency) for row in (entry, *more) if row.account]
    return entry_hash(
        position=entry.position,
        order_id=entry.order_id,
        memo=entry.memo,
        actor=entry.actor,
        posted_at=entry.posted_at,
        postings=postings,
        previous=entry.previous_hash,
    )
