"""Counts how far visits come, without knowing whose they are: no cookie, no address, no id, only numbers for each day.

A page costs no statement for it: counts stay in memory, and every half minute one answer, after it was sent, writes
them down; so does the end of the process. What cannot be written then is lost, and no page ever waits for it.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
import weakref
from collections.abc import Mapping

from flask import Flask, Response, request

from shop.core import clock
from shop.core.again import again
from shop.core.config import Settings
from shop.core.database import transaction
from shop.visits.operations import Key, Tally, add
from shop.visits.rules import a_person, from_outside, wants_no_counting

EVERY = 30.0  # seconds between two writes of a process
SEEN = (200, 304)  # a page that a browser still had is looked at again
PAGES: Mapping[str, str] = {"shop.product": "product", "checkout.show": "checkout"}
DONE: Mapping[str, str] = {"cart.add": "cart"}  # presses, answered by a redirect
NOT_PAGES = ("admin.", "hooks.", "health.", "media.", "feeds.", "look.", "product_feeds.", "offline.", "home_screen.")
ENVIRON = {
    name: f"HTTP_{name.upper().replace('-', '_')}"
    for name in ("DNT", "Sec-GPC", "Sec-Purpose", "Purpose", "Sec-Fetch-Site", "Referer")
}
log = logging.getLogger(__name__)


class Asked:
    """Headers of a request, looked up where the server put them: werkzeug's view of them takes ten times as long."""

    __slots__ = ("_environ",)

    def __init__(self, environ: Mapping[str, object]) -> None:
        self._environ = environ

    def get(self, name: str, /) -> str | None:
        found = self._environ.get(ENVIRON[name])
        return None if found is None else str(found)


class Counting:
    """The tally of an application, and when it is written down next."""

    def __init__(self, app: Flask) -> None:
        self._app, self._due = weakref.ref(app), time.monotonic() + EVERY
        self._tally, self._one_at_a_time = Tally(), threading.Lock()

    def look(self, response: Response) -> Response:
        """Count what this request was, if it was anything; the last to touch an answer."""
        if not a_person(request.environ.get("HTTP_USER_AGENT", "")):
            return response  # programs end here, before anything is looked up
        steps = steps_of(response)
        for step in steps:
            self._tally.count(clock.now().date(), step)
        if steps and time.monotonic() >= self._due:
            response.call_on_close(self.write_down)
        return response

    def write_down(self) -> None:
        """Add what was counted to the table; never raises."""
        app = self._app()
        if app is None or not self._one_at_a_time.acquire(blocking=False):
            return
        try:
            self._due = time.monotonic() + EVERY
            if counts := self._tally.taken():
                with app.app_context():
                    _add(counts)
        except Exception as problem:  # noqa: BLE001  # numbers are lost then, and nobody is kept waiting
            log.warning("visits were not written down: %r", problem)
        finally:
            self._one_at_a_time.release()


@again
def _add(counts: Mapping[Key, int]) -> None:
    with transaction():
        add(counts)


def register(app: Flask) -> None:
    """Count, unless the operator said not to."""
    settings: Settings = app.extensions["settings"]
    if settings.count_visits:
        counting = Counting(app)
        app.extensions["visits"] = counting
        app.after_request(counting.look)
        atexit.register(counting.write_down)


def steps_of(response: Response) -> tuple[str, ...]:
    """The steps that an answer is, for a person who does not mind being counted as a number."""
    endpoint = request.endpoint or ""
    if request.method == "POST":
        done = DONE.get(endpoint) if response.status_code == 303 else None
        return (done,) if done and _counts() else ()
    if response.status_code not in SEEN or request.method != "GET" or endpoint.startswith(NOT_PAGES):
        return ()
    if response.mimetype != "text/html" or not _counts():
        return ()
    visit = ("visit",) if from_outside(Asked(request.environ), own_host=request.host) else ()
    page = PAGES.get(endpoint)
    return (*visit, page) if page else visit


def _counts() -> bool:
    asked = Asked(request.environ)
    fetched_ahead = "prefetch" in (asked.get("Sec-Purpose") or "") or asked.get("Purpose") == "prefetch"
    return not fetched_ahead and not wants_no_counting(asked)
