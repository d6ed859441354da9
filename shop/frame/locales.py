"""Which languages the store offers, and which one readers get whose browser asks for none of them. Pure.

English is the source of everything, so it is always there. A language that is turned off keeps its words: what was
written in it waits, and its addresses lead to the English pages.
"""

from __future__ import annotations

from msgspec import Struct

from shop.core.columns import Json
from shop.core.errors import Invalid
from shop.core.languages import ENGLISH, KNOWN, Language


class Locales(Struct, frozen=True):
    """`off` are codes of languages that are not offered, `default` the code of one that is."""

    off: frozenset[str] = frozenset()
    default: str = ENGLISH.code

    def offers(self, language: Language) -> bool:
        """Whether pages are shown in it."""
        return language.code not in self.off

    @property
    def offered(self) -> tuple[Language, ...]:
        """In their usual order, English first."""
        return tuple(one for one in KNOWN.values() if self.offers(one))


OWN = Locales()


def check_locales(new: Locales) -> None:
    """Raises Invalid, naming the field."""
    if ENGLISH.code in new.off or not new.off <= KNOWN.keys():
        raise Invalid("Only a further language that the store knows can be turned off.", field="offered")
    if new.default not in KNOWN or new.default in new.off:
        raise Invalid("Choose one of the languages that the store offers.", field="default")


def packed_locales(one: Locales) -> Json:
    return {"off": sorted(one.off), "default": one.default}


def unpacked_locales(content: Json) -> Locales:
    """A language that the store no longer knows cannot be the default."""
    default = content["default"] if content["default"] in KNOWN else ENGLISH.code
    return Locales(frozenset(content["off"]), default)
