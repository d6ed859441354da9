"""Reads of mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from shop.core.database import session
from shop.mail.added import Added, KeptAdded
from shop.mail.models import Letter, LetterWords
from shop.mail.rules import LetterFacts


def letter(kind: str, key: str) -> LetterFacts | None:
    """The letter of this kind and key, if it was written."""
    found = _letters((Letter.kind == kind) & (Letter.key == key), limit=1)
    return found[0] if found else None


def letters_of(order_id: str) -> list[LetterFacts]:
    """Everything that was written about an order, newest first."""
    return _letters(Letter.order_id == order_id, limit=50)


def letters_to(recipient: str) -> list[LetterFacts]:
    """What an address was written outside of orders, newest first."""
    own = (func.lower(Letter.recipient) == recipient.lower()) & Letter.order_id.is_(None)
    return _letters(own, limit=500)


def newest(*, limit: int = 50) -> list[LetterFacts]:
    """The last letters of all."""
    return _letters(Letter.id > 0, limit=limit)


def written_to(recipient: str, *, kind: str, since: datetime) -> int:
    """How many letters of a kind one address got since a moment."""
    counted = select(func.count()).where(
        func.lower(Letter.recipient) == recipient.lower(), Letter.kind == kind, Letter.written_at >= since
    )
    return session().execute(counted).scalar_one()


def _letters(condition: ColumnElement[bool], *, limit: int) -> list[LetterFacts]:
    rows = session().scalars(select(Letter).where(condition).order_by(Letter.id.desc()).limit(limit))
    return [LetterFacts(**{name: getattr(row, name) for name in LetterFacts.__struct_fields__}) for row in rows]


def kept_added(kind: str, language: str) -> KeptAdded:
    """What staff add to letters of a kind in a language."""
    one = LetterWords
    wanted = select(one.opening, one.closing, one.revision, one.changed_by, one.changed_at)
    row = session().execute(wanted.where(one.kind == kind, one.language == language)).one_or_none()
    return KeptAdded(Added(row[0], row[1]), *row[2:]) if row else KeptAdded()


def all_added() -> dict[tuple[str, str], str]:
    """Who wrote last, by kind and language, of whatever has words of staff."""
    rows = session().execute(select(LetterWords.kind, LetterWords.language, LetterWords.changed_by))
    return {(kind, language): who for kind, language, who in rows}
