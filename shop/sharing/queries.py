"""Reads of passing on."""

from __future__ import annotations

from sqlalchemy import select

from shop.core.columns import Json
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.sharing.models import FriendAddress, FriendLetterRow, ShareSource
from shop.sharing.rules import OWN_SOURCES, FriendLetter, Source, address_key


def friend_letter(letter_id: str) -> FriendLetter | None:
    """One letter by its id."""
    columns = (
        FriendLetterRow.id,
        FriendLetterRow.campaign_id,
        FriendLetterRow.recipient,
        FriendLetterRow.note,
        FriendLetterRow.language,
        FriendLetterRow.token,
    )
    row = session().execute(select(*columns).where(FriendLetterRow.id == letter_id)).one_or_none()
    return (
        FriendLetter(row.id, row.campaign_id, row.recipient, row.note or "", row.language, row.token) if row else None
    )


def key_behind(token: str) -> str:
    """The hash of the address that got this link; raises NotFound."""
    found = session().execute(select(FriendLetterRow.recipient_key).where(FriendLetterRow.token == token))
    key = found.scalar_one_or_none()
    if key is None:
        raise NotFound(_("This link does not work."))
    return key


def sources() -> list[Source]:
    """Those that staff named, by code."""
    rows = session().execute(select(ShareSource.code, ShareSource.label).order_by(ShareSource.code))
    return [Source(*row) for row in rows]


def label_of(code: str) -> str | None:
    """What staff named a source; None for one that they did not."""
    return session().execute(select(ShareSource.label).where(ShareSource.code == code)).scalar_one_or_none()


def known_source(code: str) -> bool:
    """Whether an order may remember it: one of ours, or one that staff named."""
    named = session().execute(select(ShareSource.code).where(ShareSource.code == code)).first()
    return code in OWN_SOURCES or named is not None


def known_of(email: str) -> list[Json]:
    """Everything kept of an address, for its owner: no more than two dates behind a hash."""
    kept = select(FriendAddress.last_at, FriendAddress.suppressed_at)
    rows = session().execute(kept.where(FriendAddress.address_key == address_key(email)))
    return [{**row._mapping} for row in rows]
