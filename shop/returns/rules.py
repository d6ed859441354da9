"""Who may withdraw and until when; the reasons for a return; and the frozen shapes these are read in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from shop.core.languages import lazy_gettext

# Fourteen days from the day on which the last of the goods is in the buyer's hands, the whole of the last day included
# (Directive 2011/83/EU, Article 9(2)(b)), and longer where it falls on a day off (Regulation 1182/71, Article 3(4)).
# Article 11a wants the function there throughout (https://eur-lex.europa.eu/eli/dir/2023/2673/oj, applied from
# 19 June 2026, read 2026-11-25). The day of arrival is not known here, so it is taken to be the last
# possible: posts look for a parcel for six months, and one that came later is lost (USPS International Mail Manual
# 921.2, read 2026-11-26).
WITHDRAW_WITHIN = timedelta(days=14)
DAYS_OFF = timedelta(days=5)  # a last day on a Saturday before Easter Monday, and some to spare
ON_THE_WAY = timedelta(days=184)
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO".split()
)  # the Union's 27, and those that take its rules over
RETURN_WITHIN = timedelta(days=60)  # of leaving us; what the shop offers to everybody

REASONS: Mapping[str, str] = {
    "too_small": lazy_gettext("It is too small"),
    "too_large": lazy_gettext("It is too large"),
    "damaged": lazy_gettext("It arrived damaged"),
    "wrong": lazy_gettext("It is not what I ordered"),
    "not_as_shown": lazy_gettext("It is not as shown"),
    "changed": lazy_gettext("I changed my mind"),
}
LONGEST_WORDS = 1_000
LONGEST_NAME = 120


class ReturnFacts(Struct, frozen=True):
    """A request or a withdrawal; `lines` are (order line id, units, reason)."""

    id: str
    order_id: str | None
    kind: str
    state: str
    number: str
    name: str
    email: str
    words: str
    everything: bool
    gift_back: bool
    language: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    answer: str
    lines: tuple[tuple[int, int, str], ...]


class DelayFacts(Struct, frozen=True):
    """What a buyer was told of a delay."""

    leaves_by: date
    reason: str
    told_at: datetime


def may_withdraw(*, country: str, sent_at: datetime | None, now: datetime) -> bool:
    """Whether the withdrawal function is shown for an order: while it may still be within its days.

    `sent_at` is when the last of it left, None while something is still to be sent.
    """
    return country in EEA and (sent_at is None or now < sent_at + ON_THE_WAY + WITHDRAW_WITHIN + DAYS_OFF)


def may_return(*, sent_at: datetime | None, now: datetime) -> bool:
    """Whether units of an order may be asked to be taken back."""
    return sent_at is not None and now < sent_at + RETURN_WITHIN
