"""What is one address, and what is counted."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from msgspec import Struct

from shop.core.errors import Invalid

CONFIRM_WITHIN = timedelta(days=7)
NETWORK_KEPT_FOR = timedelta(days=30)
LONGEST_ASK = 200
LARGEST_GOAL = 10_000_000
# So many people have their mail there that a limit for the domain would stop a campaign and no fraud.
SHARED_DOMAINS = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.net gmx.de "
    "web.de proton.me protonmail.com mail.com yandex.ru qq.com 163.com".split()
)


class AppealFacts(Struct, frozen=True):
    """What a campaign asks for; `goal` is None where none was set, and a closed one takes no more signatures."""

    id: int
    campaign_id: int
    ask: str
    goal: int | None
    open: bool


class Counts(Struct, frozen=True):
    """Signatures by state; `invalidated` is for staff only."""

    confirmed: int = 0
    pending: int = 0
    invalidated: int = 0


class SignatureFacts(Struct, frozen=True):
    """One signature; `email` is the address as typed."""

    id: str
    appeal_id: int
    campaign_id: int
    email: str
    token: str
    state: str
    created_at: datetime


class Cluster(Struct, frozen=True):
    """Signatures that share a network or a mail domain."""

    value: str
    counts: Counts
    last_at: datetime


def address_key(email: str) -> str:
    """A hash by which one mailbox is one person: case and what follows a plus sign make no other."""
    name, _, domain = email.strip().lower().rpartition("@")
    return hashlib.sha256(f"{name.partition('+')[0]}@{domain}".encode()).hexdigest()


def domain_of(email: str) -> str:
    """What stands behind the @, in small letters."""
    return email.rpartition("@")[2].strip().lower()


def check_appeal(ask: str, goal: int | None) -> None:
    """Raises Invalid for an empty or long sentence, or a goal that is none."""
    if not 0 < len(ask) <= LONGEST_ASK or not ask.isprintable():
        raise Invalid(f"Say in one sentence what people promise, {LONGEST_ASK} characters at most.", field="ask")
    if goal is not None and not 1 <= goal <= LARGEST_GOAL:
        raise Invalid("A goal is a number of people; leave it empty for none.", field="goal")
