"""Pages under brotli for browsers that take it: a sixth of their size over the wire.

Pages of one person stay as they are: beside a secret, the length of a compressed answer tells too much (BREACH). What
is public holds none, and neither does what says itself that it is `nobodys`, such as an empty cart.
"""

from __future__ import annotations

from functools import lru_cache

import brotli
from flask import Flask, Response, g, request

PRESSABLE = frozenset(
    {"text/html", "application/xml", "application/rss+xml", "application/manifest+json", "text/plain"}
)
BRISK = 4  # brotli's quality: about a millisecond for a product page
MOST = 200  # pages kept pressed in a process; a product page takes about 50 KB in both forms


def register(app: Flask) -> None:
    """The last to touch an answer, so registered before everything that changes one."""
    app.after_request(_press)


def nobodys() -> None:
    """This answer tells of nobody, although no cache may keep it."""
    g.nobodys = True


def _press(response: Response) -> Response:
    if response.status_code != 200 or not _may_be(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("br"):
        return response
    named, weak = response.get_etag()
    if named is not None:
        response.set_etag(f"{named}-br", weak=bool(weak))  # another thing to caches than the plain page
        response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(_pressed(response.get_data()))
        response.headers["Content-Encoding"] = "br"
    return response


def _may_be(response: Response) -> bool:
    public = response.headers.get("Cache-Control", "").startswith("public") or g.get("nobodys", False)
    plain = "Content-Encoding" not in response.headers and not response.direct_passthrough
    return public and plain and response.mimetype in PRESSABLE


@lru_cache(maxsize=MOST)
def _pressed(page: bytes) -> bytes:
    return bytes(brotli.compress(page, quality=BRISK))
