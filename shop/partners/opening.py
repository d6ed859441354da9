"""Opens an address of somebody else's and says whether it works: for the worker, never for a visitor's request.

Addresses are typed by staff, and still nothing inside of our own network is asked (OWASP, Server-Side Request Forgery):
each host, also after a redirect, must have public addresses only.
"""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from shop.core.database import assert_no_transaction

PATIENCE = 10.0  # seconds
NAMED = "Mozilla/5.0 (compatible; link check of a store, once a month)"
# These say "not for programs", which is no fault of the link.
SHY = frozenset({401, 403, 405, 406, 429})


class Opened(Struct, frozen=True):
    """Whether it works; `problem` says what does not."""

    works: bool
    problem: str = ""


Opener = Callable[[str], Opened]


def open_link(url: str) -> Opened:
    """Ask for an address as a browser would, and follow where it leads."""
    assert_no_transaction()
    try:
        _refuse_private(url)
        asked = urllib.request.Request(url, headers={"User-Agent": NAMED})  # noqa: S310  # http(s) only, see above
        with urllib.request.build_opener(_Careful).open(asked, timeout=PATIENCE):
            return Opened(works=True)
    except urllib.error.HTTPError as error:
        error.close()
        return Opened(error.code in SHY, "" if error.code in SHY else f"answers {error.code}")
    except (OSError, HTTPException, ValueError) as error:
        return Opened(works=False, problem=str(getattr(error, "reason", error)) or type(error).__name__)


class _Careful(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _refuse_private(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_private(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no web address")
    found = {one[4][0] for one in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)}
    if not all(ip_address(one).is_global for one in found):
        raise ValueError("leads into a private network")
