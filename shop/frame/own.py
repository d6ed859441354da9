"""The menus that the store comes with: what stands there until staff choose, and what they begin from."""

from __future__ import annotations

from collections.abc import Sequence

from shop.core.languages import KNOWN, lazy_gettext, speaking
from shop.frame.rules import MenuLink, Said

HEADER = (
    (lazy_gettext("Shop"), "/shop"),
    (lazy_gettext("Campaigns"), "/campaigns"),
    (lazy_gettext("Partners"), "/partners"),
    (lazy_gettext("Where the money goes"), "/giving"),
)
# The footer leads to the plain pages first.
FOOTER = (
    (lazy_gettext("Give"), "/donate"),
    (lazy_gettext("Find my order"), "/orders/find"),
    (lazy_gettext("Withdraw from a contract"), "/withdraw"),
    (lazy_gettext("News by mail"), "/news"),
    (lazy_gettext("Write to us"), "/contact"),
    (lazy_gettext("Cookies"), "/cookies"),
    (lazy_gettext("Leaving this site quickly"), "/leaving"),
)


def own_links(named: Sequence[tuple[str, str]]) -> list[MenuLink]:
    """The same as staff would write them, in every language."""
    return [MenuLink(url, Said.of({code: _said(label, code) for code in KNOWN})) for label, url in named]


def _said(label: str, code: str) -> str:
    with speaking(KNOWN[code]):
        return str(label)
