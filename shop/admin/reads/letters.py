"""Letters, as they went out."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.mail.models import Letter

PAGE = 50
LINKS_ONTO_THE_STAFF = "staff_invitation"  # shown to nobody: whoever reads one could use it


class LetterRow(Struct, frozen=True):
    """One letter. `state` is written (not out yet) or sent."""

    id: int
    kind: str
    recipient: str
    subject: str
    text: str
    state: str
    written_at: datetime
    sent_at: datetime | None
    order_id: str | None


def latest_letters(*, recipient: str = "", page: int = 1) -> list[LetterRow]:
    """`PAGE` at a time, newest first; to one address when asked."""
    newest = _LETTERS.order_by(Letter.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return _read(newest.where(func.lower(Letter.recipient) == recipient.lower()) if recipient else newest)


def letter(letter_id: int) -> LetterRow:
    """One letter; raises NotFound."""
    found = _read(_LETTERS.where(Letter.id == letter_id))
    if not found:
        raise NotFound("There is no such letter.")
    return found[0]


def letter_html(letter_id: int) -> str:
    """The letter's HTML; raises NotFound."""
    wanted = select(Letter.html).where(Letter.id == letter_id, Letter.kind != LINKS_ONTO_THE_STAFF)
    found = session().execute(wanted).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such letter.")
    return found


def _read(statement: AnySelect) -> list[LetterRow]:
    return [LetterRow(*row) for row in session().execute(statement)]


_LETTERS = select(
    Letter.id,
    Letter.kind,
    Letter.recipient,
    Letter.subject,
    Letter.text,
    Letter.state,
    Letter.written_at,
    Letter.sent_at,
    Letter.order_id,
).where(Letter.kind != LINKS_ONTO_THE_STAFF)
