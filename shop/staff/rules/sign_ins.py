"""How long a sign-in lasts, and how it is named on the list of one's own."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
HALF_WAY = timedelta(minutes=10)  # between the password and the second factor
ASKED_AGAIN_AFTER = timedelta(minutes=15)  # before money moves, roles change, or data leaves
SEEN_EVERY = timedelta(minutes=1)  # how exactly "last seen" is kept: a write per minute, not per page

_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac"}
_MORE_SYSTEMS = {"CrOS": "ChromeOS", "Linux": "Linux"}


def token_hash(token: str) -> str:
    """What is kept of a sign-in's cookie; a plain hash is enough for 192 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def lapsed(*, began_at: datetime, seen_at: datetime, half_way: bool, at: datetime) -> bool:
    """Whether a sign-in is over by itself."""
    longest = HALF_WAY if half_way else ABSOLUTE
    return at - seen_at >= IDLE or at - began_at >= longest


def proved_lately(confirmed_at: datetime | None, *, at: datetime, pressing: bool) -> bool:
    """Whether it is not long ago that the owner of a sign-in proved to be there.

    A press has as much more time as a page may stand idle, so that nothing typed into a page is lost to the question.
    """
    longest = ASKED_AGAIN_AFTER + (IDLE if pressing else timedelta())
    return confirmed_at is not None and at - confirmed_at < longest


def browser_words(user_agent: str) -> str:
    """A user agent as people say it: "Firefox on Linux"; nothing else of it is kept."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "A browser")
    system = next((name for mark, name in (_SYSTEMS | _MORE_SYSTEMS).items() if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
