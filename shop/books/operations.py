"""Writes of the books. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, select, update

from shop.books.models import EntryOfTest, JournalEntry, JournalHead, Posting
from shop.books.queries import posted_for
from shop.books.rules import GENESIS, Line, SaleFacts, difference, entry_hash, owed
from shop.core import clock
from shop.core.database import insert_once, insert_rows, table
from shop.core.mode import is_live
from shop.core.prepared import prepared


class Unbalanced(ValueError):
    """Postings that do not sum to zero: a fault of ours, never written."""


def settle(order_id: str, facts: SaleFacts, *, memo: str, actor: str) -> bool:
    """Post what is true of an order now less what is posted already; False when nothing was missing.

    The end of the chain is locked first, so two that settle the same order at once post it once.
    """
    previous, position = _lock_head()
    missing = difference(owed(facts), posted_for(order_id))
    if missing:
        _append(missing, facts.currency, previous, position + 1, order_id=order_id, memo=memo, actor=actor)
        _mark(position + 1, live=facts.live)
    return bool(missing)


def post(amounts: Mapping[Line, int], *, currency: str, memo: str, actor: str, live: bool | None = None) -> int:
    """Post an entry that belongs to no order, such as a payout; returns its position. Raises Unbalanced.

    `live` says whether the money is real; left out, it is once the store takes any.
    """
    previous, position = _lock_head()
    _append(dict(amounts), currency, previous, position + 1, order_id=None, memo=memo, actor=actor)
    _mark(position + 1, live=is_live() if live is None else live)
    return position + 1


def _append(
    amounts: dict[Line, int],
    currency: str,
    previous: str,
    position: int,
    *,
    order_id: str | None,
    memo: str,
    actor: str,
) -> None:
    if sum(amounts.values()) or not amounts:
        raise Unbalanced(f"postings must sum to zero, not {sum(amounts.values())}")
    entry: dict[str, Any] = {"position": position, "order_id": order_id, "memo": memo, "actor": actor}
    entry["posted_at"] = clock.now()
    postings = [(account, party, minor, currency) for (account, party), minor in sorted(amounts.items())]
    digest = entry_hash(**entry, postings=postings, previous=previous)
    insert_rows(JournalEntry, entry | {"previous_hash": previous, "hash": digest})
    names = ("account", "party", "amount_minor", "currency")
    rows = (dict(zip(names, posting, strict=True)) | {"entry_position": position} for posting in postings)
    insert_rows(Posting, *rows)
    _advance(position, digest)


def _mark(position: int, *, live: bool) -> None:
    if not live:
        insert_rows(EntryOfTest, {"position": position})


@prepared
def _advance(position: int, digest: str) -> Executable:
    return update(table(JournalHead)).where(JournalHead.id == 1).values(position=position, hash=digest)


def _lock_head() -> tuple[str, int]:
    """The last hash and position, kept from other writers until the transaction ends."""
    row = _head().one_or_none()
    if row is None:
        insert_once(JournalHead, {"id": 1, "position": 0, "hash": GENESIS})
        row = _head().one()
    return row.hash, row.position


@prepared
def _head() -> Executable:
    return select(JournalHead.hash, JournalHead.position).where(JournalHead.id == 1).with_for_update()
