"""Writes of passing on. All assume an open transaction."""

from __future__ import annotations

from sqlalchemy import delete, insert, or_, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Invalid
from shop.sharing.models import FriendAddress, FriendLetterRow, OrderSource, ShareSource
from shop.sharing.queries import known_source
from shop.sharing.rules import GIVEN_UP_AFTER, ONE_LETTER_PER, OWN_SOURCES, address_key, source_code


def ask_for_letter(*, campaign_id: int, email: str, note: str, language: str) -> str | None:
    """Note a letter to a friend; its id, or None where the address had one lately or wants none."""
    key, moment = address_key(email), clock.now()
    insert_once(FriendAddress, {"address_key": key, "last_at": None, "suppressed_at": None})
    due = or_(FriendAddress.last_at.is_(None), FriendAddress.last_at <= moment - ONE_LETTER_PER)
    free = update(FriendAddress).where(FriendAddress.address_key == key, FriendAddress.suppressed_at.is_(None), due)
    if not rows_changed(session().execute(free.values(last_at=moment))):
        return None
    letter_id = codes.new_id()
    session().execute(
        insert(FriendLetterRow).values(
            id=letter_id,
            campaign_id=campaign_id,
            recipient=email,
            recipient_key=key,
            note=note,
            language=language,
            token=codes.new_token(),
            asked_at=moment,
        )
    )
    return letter_id


def note_left(letter_id: str) -> None:
    """The letter is with the post: whose it was is forgotten."""
    row = update(FriendLetterRow).where(FriendLetterRow.id == letter_id)
    session().execute(row.values(recipient=None, note=None, sent_at=clock.now()))


def suppress(key: str) -> None:
    """Never write to the address behind this hash again. Safe to repeat."""
    insert_once(FriendAddress, {"address_key": key, "last_at": None, "suppressed_at": None})
    row = update(FriendAddress).where(FriendAddress.address_key == key, FriendAddress.suppressed_at.is_(None))
    session().execute(row.values(suppressed_at=clock.now()))


def forget_old() -> None:
    """Letters that the post did not take in time are given up, and their addresses forgotten."""
    late = FriendLetterRow.asked_at <= clock.now() - GIVEN_UP_AFTER
    rows = update(FriendLetterRow).where(late, FriendLetterRow.recipient.is_not(None))
    session().execute(rows.values(recipient=None, note=None))


def erase(email: str) -> int:
    """Forget letters that are still to leave; that an address is suppressed stays, as its owner asked for that."""
    key = address_key(email)
    session().execute(
        update(FriendLetterRow).where(FriendLetterRow.recipient_key == key).values(recipient=None, note=None)
    )
    gone = delete(FriendAddress).where(FriendAddress.address_key == key, FriendAddress.suppressed_at.is_(None))
    return rows_changed(session().execute(gone))


def note_source(order_id: str, source: str) -> None:
    """Remember what led to an order, where it is a source that we know."""
    if source and known_source(source):
        insert_once(OrderSource, {"order_id": order_id, "source": source})


def name_source(*, code: str, label: str) -> bool:
    """A word that links may carry; False when there is one. Raises Invalid for what is no such word."""
    if not source_code(code) or code != source_code(code) or code in OWN_SOURCES:
        raise Invalid("Use small letters, digits and single hyphens, 40 at most, and none of our own.", field="code")
    return insert_once(ShareSource, {"code": code, "label": label, "added_at": clock.now()})


def drop_source(code: str) -> None:
    """New orders remember it no longer; those that do keep it."""
    session().execute(delete(ShareSource).where(ShareSource.code == code))
