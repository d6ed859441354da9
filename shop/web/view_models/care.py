"""Leaving, helplines and cookies."""

from dataclasses import dataclass

from shop.web.view_models.parts import Helpline, Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingPage(Page):
    """How to leave quickly, and what that cannot hide."""

    leave_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplinesPage(Page):
    """Helplines of one country, or of `everywhere`."""

    helplines: tuple[Helpline, ...]
    countries: tuple[Link, ...]
    all_url: str
    everywhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CookieRow:
    """A cookie as the page tells of it."""

    name: str
    purpose: str
    lasts: str
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CookiesPage(Page):
    """Every cookie there is. `choice` is yes, no, or empty; `analytics` whether there are any."""

    cookies: tuple[CookieRow, ...]
    analytics: bool
    choice: str
    asks_not_to_be_tracked: bool
    choice_url: str
    how_long_url: str
    saved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFor:
    """Something that is kept: for how long, and why."""

    what: str
    long: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HowLongPage(Page):
    """All that is kept of people."""

    rows: tuple[KeptFor, ...]
