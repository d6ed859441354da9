"""How staff pages say things: money, moments, states. Plain functions, given to the templates as `words`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel import Locale
from babel.numbers import format_currency

from shop.core import clock
from shop.core.columns import Json
from shop.core.money import Money

_ORDER_STATES = {
    "awaiting_payment": ("Awaiting payment", "neutral"),
    "paid": ("To send", "warning"),
    "fulfilled": ("Sent", "success"),
    "cancelled": ("Cancelled", "neutral"),
}
_OTHER_TONES = {
    "written": "warning",
    "active": "success",
    "past_due": "warning",
    "sent": "success",
    "waiting": "neutral",
    "dead": "danger",
    "done": "success",
    "promised": "warning",
    "made": "success",
    "failed": "danger",
    "pending": "warning",
    "needs_response": "danger",
    "warning_needs_response": "danger",
    "under_review": "warning",
    "won": "success",
    "paid_otherwise": "neutral",
    "open": "success",
    "closed": "neutral",
}
# Where the postcode follows the town (USPS Publication 28; for others the formats of Google's libaddressinput).
_TOWN_FIRST = frozenset("AU CA GB HK ID IE IN JM KE NG NZ PH SG TH TT TW US ZA".split())
_ROLES = {
    "owner": "Owner",
    "manager": "Manager",
    "fulfilment": "Fulfilment",
    "content": "Content",
    "finance": "Finance",
    "read_only": "Read only",
}
_SAID = {**_ROLES, "preordered": "Pre-ordered"}


def money(amount: Money) -> str:
    """`$32.00`"""
    return format_currency(amount.decimal(), amount.currency, locale="en_US")


def plain(minor: int | None, currency: str) -> str:
    """`32.00`, as a field shows an amount; empty for none."""
    return "" if minor is None else f"{Money(minor, currency).decimal():f}"


def minor(amount: int, currency: str) -> str:
    """The same for whole minor units beside their currency."""
    return money(Money(amount, currency))


def signed(number: int) -> str:
    """`+5`, `−3`, `0`, with a true minus sign."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


def moment(when: datetime) -> str:
    """`20 Nov 2026, 12:00`; the pages say that it is UTC."""
    return f"{when.day} {when:%b %Y, %H:%M}"


def day(when: date) -> str:
    """`20 Nov 2026`"""
    return f"{when.day} {when:%b %Y}"


def ago(when: datetime) -> str:
    """`now`, `5 min ago`, `3 h ago`, `2 d ago`."""
    gone = clock.now() - when
    if gone < timedelta(minutes=1):
        return "now"
    if gone < timedelta(hours=1):
        return f"{gone // timedelta(minutes=1)} min ago"
    if gone < timedelta(days=1):
        return f"{gone // timedelta(hours=1)} h ago"
    return f"{gone.days} d ago"


def order_state(state: str) -> str:
    """`To send` for a paid order, and so on."""
    return _ORDER_STATES[state][0]


def tone(state: str) -> str:
    """The colour of a state's pill."""
    return _ORDER_STATES[state][1] if state in _ORDER_STATES else _OTHER_TONES.get(state, "neutral")


def said(word: str) -> str:
    """`Read only`, `Received`: a word of the database as a heading."""
    return _SAID.get(word, word.replace("_", " ").capitalize())


def address_lines(ship_to: Json | None) -> list[str]:
    """A delivery address as Stripe gave it (`name`, `phone`, `address`), a line each; what is missing is left out.

    The town's line is in the order of its country, without commas, as its post reads it; countries stand in full.
    """
    told = ship_to or {}
    address = told.get("address") or {}
    country = str(address.get("country") or "")
    parts = ("city", "state", "postal_code") if country in _TOWN_FIRST else ("postal_code", "city", "state")
    town = " ".join(str(address[part]) for part in parts if address.get(part))
    lines = (told.get("name"), address.get("line1"), address.get("line2"), town, country_name(country))
    return [str(line) for line in (*lines, told.get("phone")) if line]


def country_name(code: str) -> str:
    """`United States` for US; a code that nobody knows stays one."""
    return str(Locale.parse("en").territories.get(code, code))


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 order`, `3 orders`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
