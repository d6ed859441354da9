"""Leaving, helplines and cookies."""

from msgspec import Struct

from shop.web.view_models.parts import Helpline, Link, Page


class LeavingPage(Page, frozen=True, kw_only=True):
    """How to leave quickly, and what that cannot hide."""

    leave_url: str


class HelplinesPage(Page, frozen=True, kw_only=True):
    """Helplines of one country, or of `everywhere`."""

    helplines: tuple[Helpline, ...]
    countries: tuple[Link, ...]
    all_url: str
    everywhere: bool


class CookieRow(Struct, frozen=True, kw_only=True):
    """A cookie as the page tells of it."""

    name: str
    purpose: str
    lasts: str
    reader: str


class CookiesPage(Page, frozen=True, kw_only=True):
    """Every cookie there is. `choice` is yes, no, or empty; `analytics` whether there are any."""

    cookies: tuple[CookieRow, ...]
    analytics: bool
    choice: str
    asks_not_to_be_tracked: bool
    choice_url: str
    how_long_url: str
    saved: bool = False


class KeptFor(Struct, frozen=True, kw_only=True):
    """Something that is kept: for how long, and why."""

    what: str
    long: str
    why: str


class HowLongPage(Page, frozen=True, kw_only=True):
    """All that is kept of people."""

    rows: tuple[KeptFor, ...]
