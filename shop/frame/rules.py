"""Menus and the announcement as values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct

from shop.core.columns import Json
from shop.core.errors import Invalid
from shop.core.languages import ENGLISH, spoken
from shop.core.wordings import Text

Menu = Literal["header", "footer"]
MENUS: tuple[Menu, ...] = ("header", "footer")
MOST_LINKS: Mapping[str, int] = {"header": 6, "footer": 20}
LONGEST_LABEL = 40
LONGEST_TEXT = 200
_URL = re.compile(r"/(?![/\\])[^\s\\\"<>]*|https://[^\s\\\"<>/]+(/[^\s\\\"<>]*)?")


class Said(Struct, frozen=True):
    """Words by the code of their language; those in English are there."""

    words: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Said:
        return cls(tuple((code, " ".join(text.split())) for code, text in sorted(words.items()) if text.strip()))

    def in_(self, code: str) -> str:
        """Exactly in that language; empty where it is missing."""
        return dict(self.words).get(code, "")

    def here(self) -> Text:
        """In the language spoken, else in English."""
        text = self.in_(spoken().code)
        return Text(text, spoken().code) if text else Text(self.in_(ENGLISH.code), ENGLISH.code)


class MenuLink(Struct, frozen=True):
    """One line of a menu."""

    url: str
    label: Said


class Announcement(Struct, frozen=True):
    """A line above every page, with a link if `url` is set, shown from `starts_at` until `ends_at` where they are."""

    text: Said
    url: str = ""
    label: Said = Said(())
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def shown_at(self, moment: datetime) -> bool:
        begun = self.starts_at is None or self.starts_at <= moment
        return bool(self.text.words) and begun and (self.ends_at is None or moment < self.ends_at)


def check_menu(name: str, links: Sequence[MenuLink]) -> None:
    """Raises Invalid, naming the field of the line that is wrong."""
    if len(links) > MOST_LINKS[name]:
        raise Invalid(f"This menu holds {MOST_LINKS[name]} links at most.", field="links")
    for number, link in enumerate(links):
        if not _URL.fullmatch(link.url):
            raise Invalid(
                "Enter an address of ours such as /shop, or one that begins with https://.", field=f"url-{number}"
            )
        if not link.label.in_(ENGLISH.code):
            raise Invalid("Enter what the link says in English.", field=f"en-{number}")
        if any(len(text) > LONGEST_LABEL for _code, text in link.label.words):
            raise Invalid(f"Keep a label under {LONGEST_LABEL} characters.", field=f"en-{number}")


def check_announcement(new: Announcement) -> None:
    """Raises Invalid, naming the field."""
    if new.text.words and not new.text.in_(ENGLISH.code):
        raise Invalid(
            "Say it in English too: that is what is shown where another language is missing.", field="text-en"
        )
    if any(len(text) > LONGEST_TEXT for _code, text in new.text.words):
        raise Invalid(f"Keep it under {LONGEST_TEXT} characters.", field="text-en")
    if new.url and not _URL.fullmatch(new.url):
        raise Invalid("Enter an address of ours such as /shop, or one that begins with https://.", field="url")
    if bool(new.url) != bool(new.label.in_(ENGLISH.code)):
        raise Invalid(
            "A link needs an address and what it says in English.", field="url" if new.label.words else "label-en"
        )
    if new.starts_at and new.ends_at and new.starts_at >= new.ends_at:
        raise Invalid("It ends before it begins.", field="until")


def packed_menu(links: Sequence[MenuLink]) -> Json:
    return {"links": [{"url": link.url, "label": dict(link.label.words)} for link in links]}


def unpacked_menu(content: Json) -> tuple[MenuLink, ...]:
    return tuple(MenuLink(one["url"], Said.of(one["label"])) for one in content["links"])


def packed_announcement(one: Announcement) -> Json:
    moments = {"starts_at": one.starts_at, "ends_at": one.ends_at}
    told = {name: moment and moment.isoformat() for name, moment in moments.items()}
    return {"text": dict(one.text.words), "url": one.url, "label": dict(one.label.words), **told}


def unpacked_announcement(content: Json) -> Announcement:
    def moment(text: Any) -> datetime | None:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None

    return Announcement(
        Said.of(content["text"]),
        content["url"],
        Said.of(content["label"]),
        moment(content["starts_at"]),
        moment(content["ends_at"]),
    )
