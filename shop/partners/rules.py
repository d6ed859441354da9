"""A partner's profile as it is read, searched and kept up to date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

VERIFIED_FOR = timedelta(days=365)
WARNED_BEFORE = timedelta(days=60)


class Profile(Struct, frozen=True, kw_only=True):
    """What we know beyond the name; `version` is 0 where nobody has written it yet."""

    version: int = 0
    works_on: tuple[str, ...] = ()
    works_in: tuple[str, ...] = ()
    agreement: str = ""
    agreement_signed_on: date | None = None
    agreement_expires_on: date | None = None
    status_since: date | None = None


class Link(Struct, frozen=True):
    """An address of a partner's, and how the worker found it last."""

    label: str
    url: str
    checked_at: datetime | None = None
    works: bool | None = None
    problem: str = ""


class Event(Struct, frozen=True):
    """Something that changed."""

    kind: str
    words: str
    by: str
    happened_at: datetime


def words_of(text: str) -> tuple[str, ...]:
    """Words with commas between, each once."""
    return tuple(dict.fromkeys(word for part in text.split(",") if (word := " ".join(part.split()))))


def links_of(text: str) -> tuple[Link, ...]:
    """A line each: an address, with words before it if it has any."""
    found: dict[str, Link] = {}
    for line in text.splitlines():
        *words, url = line.split() or [""]
        if url:
            found.setdefault(url, Link(" ".join(words) or url, url))
    return tuple(found.values())


def reminders(profile: Profile, links: Iterable[Link], verified_on: date | None, today: date) -> tuple[str, ...]:
    """What staff should see to."""
    found = []
    if verified_on is None or verified_on + VERIFIED_FOR <= today:
        found.append("Look its registration up again")
    if not profile.agreement:
        found.append("No agreement on file")
    elif profile.agreement_expires_on and profile.agreement_expires_on <= today:
        found.append("The agreement has expired")
    elif profile.agreement_expires_on and profile.agreement_expires_on - WARNED_BEFORE <= today:
        found.append("The agreement expires soon")
    found += [f"{link.label}: {link.problem}" for link in links if link.works is False]
    return tuple(found)


def matches(asked: str, texts: Iterable[str]) -> bool:
    """Whether every word that is asked for stands in one of the texts."""
    whole = " ".join(texts).lower()
    return all(word in whole for word in asked.lower().split())
