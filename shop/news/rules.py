"""Subscriptions and issues as values."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from msgspec import Struct

from shop.core.errors import Invalid

CONFIRM_WITHIN = timedelta(days=7)
LONGEST_SUBJECT = 120
LONGEST_TEXT = 20_000


class Subscription(Struct, frozen=True):
    """One address; `language` is the code of what it reads."""

    id: str
    email: str
    language: str
    token: str
    state: str
    asked_at: datetime


class Issue(Struct, frozen=True):
    """One letter of news. `text` is plain, with empty lines between paragraphs."""

    id: int
    subject: str
    text: str
    language: str
    sent_at: datetime | None


def address_key(email: str) -> str:
    """By which an address is one, and under which the log of consents knows it."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def check_issue(subject: str, text: str) -> None:
    """Raises Invalid, naming the field, for an issue that says nothing or too much."""
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Invalid(f"Give it a subject of {LONGEST_SUBJECT} characters at most.", field="subject")
    if not 0 < len(text.strip()) <= LONGEST_TEXT:
        raise Invalid("Write something, and no more than 20,000 characters.", field="text")
