"""Writes of mail. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session
from shop.mail.models import Letter
from shop.mail.rules import Draft


def write(draft: Draft, *, host: str) -> bool:
    """Keep a letter, with the Message-ID it will always have; False when it was written before."""
    return insert_once(
        Letter,
        {
            "kind": draft.kind,
            "key": draft.key,
            "order_id": draft.order_id,
            "recipient": draft.recipient,
            "subject": draft.subject,
            "text": draft.text,
            "html": draft.html,
            "unsubscribe_url": draft.unsubscribe_url,
            "message_id": f"<{codes.new_id()}@{host}>",
            "state": "written",
            "written_at": clock.now(),
        },
    )


def note_sent(letter_id: int) -> None:
    """It left the house."""
    row = update(Letter).where(Letter.id == letter_id, Letter.state == "written")
    session().execute(row.values(state="sent", sent_at=clock.now()))


def forget_letters(kinds: Collection[str], *, before: datetime) -> int:
    """Letters of these kinds that were written before then go, with the addresses on them; returns how many."""
    old = delete(Letter).where(Letter.kind.in_(kinds), Letter.written_at < before, Letter.order_id.is_(None))
    return rows_changed(session().execute(old))


def forget_sent(*, before: datetime, most: int) -> int:
    """Letters of every kind that left the house before then go, the oldest first; returns how many."""
    old = select(Letter.id).where(Letter.state == "sent", Letter.written_at < before).order_by(Letter.id).limit(most)
    return rows_changed(session().execute(delete(Letter).where(Letter.id.in_(old.scalar_subquery()))))


def erase_letters(recipient: str) -> int:
    """Letters to an address that belong to no order go, at its owner's wish; returns how many."""
    own = func.lower(Letter.recipient) == recipient.lower()
    return rows_changed(session().execute(delete(Letter).where(own, Letter.order_id.is_(None))))
