"""What staff add to the built-in words of a letter: paragraphs at its beginning and its end, by kind and language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from shop.core.errors import Invalid

# Kinds of letters that take words of staff. Those that ask for a confirmation go to addresses that nobody has
# confirmed, and legal statements are as the law has them: neither carries more than it must.
KINDS: Mapping[str, str] = {
    "order_confirmation": "An order is paid",
    "order_sent": "A parcel has left",
    "part_sent": "A part of an order has left",
    "order_delayed": "An order leaves later",
    "order_refunded": "Money goes back",
    "gift_thanks": "Thanks for a gift",
    "monthly_refused": "The card for a monthly gift said no",
    "monthly_ended": "A monthly gift has ended",
    "restock_offer": "A size is back",
}
LONGEST = 1_000  # characters of each of the two
_BREAK = re.compile(r"\n\s*\n")


class Added(Struct, frozen=True):
    """Plain text; an empty line parts paragraphs. Either may be empty."""

    opening: str = ""
    closing: str = ""

    @property
    def first(self) -> tuple[str, ...]:
        """The paragraphs below the heading."""
        return _paragraphs(self.opening)

    @property
    def last(self) -> tuple[str, ...]:
        """The paragraphs at the end, above where to write with questions."""
        return _paragraphs(self.closing)


NOTHING = Added()


class KeptAdded(Struct, frozen=True):
    """What was added, as staff change it; revision 0 while there is nothing."""

    added: Added = NOTHING
    revision: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None


def check_added(kind: str, added: Added) -> None:
    """Raises Invalid, naming the field."""
    if kind not in KINDS:
        raise Invalid("Letters of this kind take no further words.")
    for field, text in (("opening", added.opening), ("closing", added.closing)):
        if len(text) > LONGEST:
            raise Invalid(f"Keep it under {LONGEST:,} characters; these are {len(text):,}.", field=field)
        if any(not sign.isprintable() and sign != "\n" for sign in text):
            raise Invalid("There is a sign in it that mail programs cannot show. Type it anew.", field=field)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _BREAK.split(text) if one.strip())
