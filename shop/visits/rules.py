"""What counts as a step, and whose requests are counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol


class Headers(Protocol):
    """Of a request: looked up by name."""

    def get(self, name: str, /) -> str | None: ...


STEPS: Mapping[str, str] = {
    "visit": "Visits",
    "product": "Product pages",
    "cart": "Put in a cart",
    "checkout": "Checkouts begun",
}
# Programs say what they are in their User-Agent, mostly; whoever says nothing is none of the browsers either.
_PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|fetch|monitor|scan|headless|lighthouse|curl|wget|python|java/|go-http|okhttp"
    r"|libwww|httpclient|axios|node|ruby|perl|php|feed",
    re.IGNORECASE,
)


@lru_cache(maxsize=2_000)
def a_person(user_agent: str) -> bool:
    """Whether a User-Agent is that of a browser which somebody looks into."""
    return user_agent.startswith(("Mozilla/", "Opera/")) and _PROGRAM.search(user_agent) is None


def wants_no_counting(headers: Headers) -> bool:
    """Do Not Track (DNT: 1) and Global Privacy Control (Sec-GPC: 1, https://w3c.github.io/gpc/)."""
    return headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1"


def from_outside(headers: Headers, *, own_host: str) -> bool:
    """Whether a page was opened from outside the store: by an address, a bookmark, or a link elsewhere.

    Browsers say so (https://www.w3.org/TR/fetch-metadata/); of older ones the Referer tells.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site != "same-origin"
    referrer = headers.get("Referer") or ""
    return f"//{own_host}/" not in f"{referrer}/"
