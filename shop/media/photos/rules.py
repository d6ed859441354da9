"""Photographs as values, and the names of their sizes."""

from __future__ import annotations

import re
from typing import Literal, get_args

from msgspec import Struct

from shop.core.errors import Invalid

Format = Literal["avif", "webp", "jpg"]
FORMATS: tuple[Format, ...] = get_args(Format)
WIDTHS = (320, 480, 640, 960, 1280, 1920)
NAME = re.compile(r"([0-9a-f]{24})-([1-9][0-9]{2,3})\.(avif|webp|jpg)", re.ASCII)
MIDDLE = 50
LONGEST_ALT = 300
LONGEST_NOTE = 500


class BadName(ValueError):
    """No picture of ours has that name."""


class Photograph(Struct, frozen=True):
    """A picture of the library as pages show it; `digest` is of its content and names its files."""

    id: int
    digest: str
    width: int
    height: int
    focus_x: int
    focus_y: int
    alt: str
    credit: str

    @property
    def key(self) -> str:
        """What a story calls it."""
        return f"photo-{self.id}"


class About(Struct, frozen=True):
    """What staff say of a picture: words for those who cannot see it, whose it is, who allowed its use and when."""

    alt: str
    credit: str = ""
    permission: str = ""


def check(about: About) -> None:
    """Raises Invalid, naming the field."""
    if not 3 <= len(about.alt) <= LONGEST_ALT:
        raise Invalid("Say in a few words what is to be seen, for people who cannot see it.", field="alt")
    if len(about.credit) > 200:
        raise Invalid("Keep it under 200 characters.", field="credit")
    if len(about.permission) > LONGEST_NOTE:
        raise Invalid(f"Keep it under {LONGEST_NOTE} characters.", field="permission")


def check_focus(x: int, y: int) -> None:
    """Raises Invalid for a point outside of the picture."""
    for value, field in ((x, "focus_x"), (y, "focus_y")):
        if not 0 <= value <= 100:
            raise Invalid("Enter a number from 0 to 100.", field=field)


def widths_of(width: int) -> tuple[int, ...]:
    """The widths that a picture is made in: none is larger than itself, and there is one at least."""
    return tuple(one for one in WIDTHS if one <= width) or WIDTHS[:1]


def name_of(digest: str, width: int, format: Format) -> str:
    return f"{digest}-{width}.{format}"


def read_name(name: str) -> tuple[str, int, Format]:
    """What a file's name asks for; raises BadName for one that we would not have given."""
    found = NAME.fullmatch(name)
    if found is None or int(found[2]) not in WIDTHS:
        raise BadName(name)
    return found[1], int(found[2]), found[3]  # type: ignore[return-value]  # the pattern admits only the three


def photo_id(key: str) -> int | None:
    """The number in `photo-12`; None for the key of an artwork."""
    found = re.fullmatch(r"photo-([1-9][0-9]{0,8})", key)
    return int(found[1]) if found else None
