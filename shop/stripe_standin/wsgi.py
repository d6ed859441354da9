"""The WSGI application: the API, the payment page, the dashboard and, when asked for, the test hooks."""

import os
import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wrappers import Request, Response

from shop.stripe_standin import api, hooks
from shop.stripe_standin.pages import dashboard, pay, portal, render
from shop.stripe_standin.settings import Settings, StandInRefusedError, problems, refuse_danger
from shop.stripe_standin.ticker import start_ticker
from shop.stripe_standin.webhooks import start_senders
from shop.stripe_standin.world import World, open_world


class StandIn:
    """The application and its background threads. Call `start()` to send webhooks and to keep time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._threads: list[threading.Thread] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return dispatch(self.world, Request(environ))(environ, start_response)

    def start(self) -> None:
        """Start the ticker and the webhook senders."""
        self._threads = [start_ticker(self.world), *start_senders(self.world)]

    def stop(self) -> None:
        """Stop them and close the database; a delivery under way is taken up at the next start."""
        self.world.stopping.set()
        self.world.tell()
        for thread in self._threads:
            thread.join(timeout=12)
        self.world.store.close()


def dispatch(world: World, request: Request) -> Response:
    """The response to one request, by the beginning of its path."""
    path = request.path
    if path.startswith("/v1/") or path == "/v1":
        return api.respond(world, request)
    if path.startswith("/_test/") and world.settings.test_hooks:
        return hooks.respond(world, request)
    if path.startswith("/static/"):
        return render.static_file(path.removeprefix("/static/"))
    if path.startswith("/pay/"):
        return pay.respond(world, request, path.removeprefix("/pay/"))
    if path.startswith("/portal/"):
        return portal.respond(world, request, path.removeprefix("/portal/"))
    if path.startswith("/dashboard/") and request.method == "POST":
        return dashboard.press(world, request)
    if path == "/" and request.method in ("GET", "HEAD"):
        return dashboard.respond(world)
    return render.message(404, "There is nothing here", "This address is not part of the Stripe stand-in.")


def create_wsgi(settings: Settings) -> StandIn:
    """The stand-in as a WSGI application, with its threads running.

    Raises StandInRefusedError beside a live key, in production, or with settings that cannot work.
    """
    refuse_danger(os.environ)
    found = problems(settings)
    if found:
        raise StandInRefusedError(" ".join(found))
    application = StandIn(open_world(settings))
    application.start()
    return application
