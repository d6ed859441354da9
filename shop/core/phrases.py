"""Short words of staff that stand in many places (a colour, a size, a way of delivery): each is translated once.

Words: a *phrase* is such a text in English; a *shelf* holds those of one place, so that *plum* the colour need not be
plum the fruit. As in gettext a phrase is found by its English: where that changes, what was said of the old one is no
longer shown, and where nothing is said it stays English and knows so. A shelf is kept as one wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from shop.core.languages import ENGLISH, spoken
from shop.core.wordings import Text, words_of

D = TypeVar("D", bound=Struct)
WHOLE = 1  # the subject of a shelf's only wording
_WORDS = re.compile(r"[^\W\d_A-Z]|[A-Z]{2,}\W+[A-Z]{2,}")


def phrase(shelf: str, english: str) -> str:
    """What it says in the language spoken. "2XL" and "6,000+" are the same in each, and have none."""
    return sayer(shelf)(english)


def sayer(shelf: str) -> Callable[[str], str]:
    """`phrase` for many of one shelf, which is looked up once."""
    if spoken() is ENGLISH:
        return str
    told = words_of(shelf, WHOLE)
    return lambda english: _said(told, english)


def phrased(shelf: str, found: Sequence[D], fields: Sequence[str]) -> list[D]:
    """Frozen values with these fields, texts or tuples of texts, in the language spoken."""
    if spoken() is ENGLISH:
        return list(found)
    say = sayer(shelf)
    return [_put(one, say, fields) for one in found]


def speaks(english: str) -> bool:
    """Whether it is in a language at all: sizes and figures are not."""
    return bool(_WORDS.search(english))


def _put(one: D, say: Callable[[str], str], fields: Sequence[str]) -> D:
    said: dict[str, Any] = {}
    for name in fields:
        value = getattr(one, name)
        said[name] = tuple(map(say, value)) if isinstance(value, tuple) else value and say(value)
    return replace(one, **said)


def _said(told: Mapping[str, str], english: str) -> str:
    if text := told.get(english):
        return Text(text, spoken().code)
    return Text(english, ENGLISH.code) if speaks(english) else english
