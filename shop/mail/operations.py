"""Writes of mail. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session
from shop.core.wordings import ChangedMeanwhile
from shop.mail.added import NOTHING, Added, check_added
from shop.mail.models import Letter, LetterWords
from shop.mail.queries import kept_added
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


def set_added(kind: str, language: str, new: Added, *, seen: int, actor: str) -> None:
    """Letters of a kind say this as well from now on, in that language; nothing leaves the built-in words alone.

    Raises Invalid, and ChangedMeanwhile when it is no longer at revision `seen`.
    """
    check_added(kind, new)
    if not _changed(kind, language, new, seen=seen, actor=actor):
        now = kept_added(kind, language)
        raise ChangedMeanwhile(now.changed_by or "Somebody", f"{now.changed_at or clock.now():%d %B, %H:%M}")


def _changed(kind: str, language: str, new: Added, *, seen: int, actor: str) -> bool:
    there = LetterWords.kind == kind, LetterWords.language == language, LetterWords.revision == seen
    values = {"opening": new.opening, "closing": new.closing, "changed_by": actor, "changed_at": clock.now()}
    if new == NOTHING:
        gone = rows_changed(session().execute(delete(LetterWords).where(*there))) == 1
        return gone or kept_added(kind, language).revision == seen == 0
    if seen == 0:
        return insert_once(LetterWords, values | {"kind": kind, "language": language, "revision": 1})
    return rows_changed(session().execute(update(LetterWords).where(*there).values(**values, revision=seen + 1))) == 1
