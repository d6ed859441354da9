"""What the log says of a request: an id, its method and its route, and in production one line when it is answered.

Never its address, which may hold the token of an order or what somebody searched for. Where it came from, no nearer
than its network, stands in the lines about security alone.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping

from flask import Flask, Response, g, has_request_context, request

from shop.core.config import Settings
from shop.core.logs import SECURITY
from shop.core.networks import network_of

QUIET = frozenset({"/healthz", "/readyz"})  # asked every few seconds, by nobody
log = logging.getLogger("shop.requests")


def register(app: Flask) -> None:
    """One line for each answer, in production; a development machine has a person in front of it who sees the page."""
    settings: Settings = app.extensions["settings"]
    if settings.production:
        app.before_request(_begin)
        app.after_request(_tell)


def surroundings(record: logging.LogRecord) -> Mapping[str, object]:
    """Of the request that is being served; nothing outside of one."""
    if not has_request_context():
        return {}
    served = {"request": _id(), "method": request.method, "route": str(request.url_rule or "none")}
    return served | {"network": network_of(request.remote_addr)} if record.name == SECURITY else served


def _id() -> str:
    """One for all lines of a request; made when the first is written."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def _begin() -> None:
    g.began = time.perf_counter()


def _tell(answer: Response) -> Response:
    if request.path not in QUIET and "began" in g:
        took = round(1000 * (time.perf_counter() - g.began), 1)
        log.info("answered", extra={"status": answer.status_code, "ms": took})
    return answer
