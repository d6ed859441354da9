"""Letters as values: the words of each kind are templates, the envelope is made here."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.languages import _

_ADDRESS = re.compile(r"[^@\s<>\"',;:\\()\[\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST_ADDRESS = 254  # RFC 5321, as corrected by erratum 1690


class Draft(Struct, frozen=True):
    """A letter before it is kept: (kind, key) is written once."""

    kind: str
    key: str
    recipient: str
    subject: str
    text: str
    html: str
    order_id: str | None = None
    unsubscribe_url: str | None = None


class LetterFacts(Struct, frozen=True):
    """A letter as kept. News carries `unsubscribe_url`, which ends it by one POST."""

    id: int
    kind: str
    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    state: str
    written_at: datetime
    sent_at: datetime | None
    unsubscribe_url: str | None = None


def mail_address(text: str) -> str:
    """An address to write to, made regular; raises Invalid, beside the field `email`."""
    typed = text.strip()
    if len(typed) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(typed) or not typed.isprintable():
        raise Invalid(_("Enter an e-mail address, such as name@example.org."), field="email")
    return typed


def envelope(letter: LetterFacts, *, sender_name: str, sender: str) -> EmailMessage:
    """The message as it goes over the wire; EmailMessage refuses line breaks in its headers."""
    message = EmailMessage()
    message["From"] = formataddr((sender_name, sender))
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office replies stay away
    if letter.unsubscribe_url:  # RFC 2369 and 8058: mail programs show a button of their own
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message
