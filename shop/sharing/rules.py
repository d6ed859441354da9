"""What may be passed on, to whom, how often."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.languages import _

LONGEST_NOTE = 140
ONE_LETTER_PER = timedelta(days=30)
LETTERS_A_DAY = 3  # for one sender
GIVEN_UP_AFTER = timedelta(days=2)
OWN_SOURCES = ("qr", "friend")  # what our own codes and letters carry
_SOURCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# An address of the web or of mail, written out or only hinted at: nothing in a note may be followed or called.
_LINK = re.compile(r"://|www\.|@|\b[\w-]+\.[a-z]{2,}\b|(\d[\s().-]*){7,}", re.IGNORECASE)


class FriendLetter(Struct, frozen=True):
    """A letter that was asked for; `recipient` and `note` are None once it has left."""

    id: str
    campaign_id: int
    recipient: str | None
    note: str
    language: str
    token: str


class Source(Struct, frozen=True):
    """A word that links carry, and what staff call it."""

    code: str
    label: str


def address_key(email: str) -> str:
    """By which an address is known without being kept."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def check_note(text: str) -> str:
    """The visitor's own words, on one line; raises Invalid for too many, and for anything that leads somewhere."""
    note = " ".join(text.split())
    if len(note) > LONGEST_NOTE or not note.isprintable():
        raise Invalid(_("Keep the note under %(most)s characters.", most=LONGEST_NOTE), field="note")
    if _LINK.search(note):
        raise Invalid(_("Leave addresses, links and numbers out of the note."), field="note")
    return note


def source_code(text: str) -> str:
    """A source as links carry it, or nothing for what is none."""
    code = text.strip().lower()
    return code if len(code) <= 40 and _SOURCE.fullmatch(code) else ""
