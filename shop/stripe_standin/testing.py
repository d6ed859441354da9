"""Run a stand-in inside a test: a real server on a free port, in threads of this process."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shop.stripe_standin.server import Server
from shop.stripe_standin.settings import Settings
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World
from shop.stripe_standin.wsgi import create_wsgi

TEST_SECRET = "whsec_standin_test_secret"  # noqa: S105  # a secret of tests, which guards nothing


@dataclass(frozen=True)
class RunningStandIn:
    """A stand-in that answers at `base_url`; `world` is its inside, for what no hook offers."""

    base_url: str
    world: World

    def hook(self, path: str, /, **asked: Any) -> Json:
        """POST a test hook such as `clock` with its JSON; raises urllib.error.HTTPError on a refusal."""
        return self._fetch(path, json.dumps(asked).encode())

    def requests(self) -> list[Json]:
        """What the API was asked, oldest first: method, path, params, idempotency_key."""
        seen: list[Json] = self._fetch("requests", None)["requests"]
        return seen

    def pay(self, session_id: str, /, **asked: Any) -> Json:
        """Pay a session without its page; answers the session."""
        return self.hook(f"sessions/{session_id}/pay", **asked)

    def _fetch(self, path: str, data: bytes | None) -> Json:
        request = urllib.request.Request(f"{self.base_url}/_test/{path}", data=data)  # noqa: S310  # our own http address
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # as above
            body: Json = json.load(answer)
        return body


@contextmanager
def running_standin(
    *,
    database: Path | str = ":memory:",
    webhook_url: str | None = None,
    webhook_secret: str = TEST_SECRET,
    port: int = 0,
    **settings: Any,
) -> Iterator[RunningStandIn]:
    """Serve a stand-in with test hooks until the block ends; `settings` are further fields of Settings."""
    wanted = Settings(
        port=port,
        database=str(database),
        webhook_url=webhook_url,
        webhook_secret=webhook_secret,
        **{"test_hooks": True, "quiet": True, "redirect_wait": 2.0, **settings},
    )
    server = Server((wanted.host, wanted.port), log_requests=not wanted.quiet)
    try:
        application = create_wsgi(replace(wanted, port=server.port))
        server.app = application
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="standin-server")
        thread.start()
    except BaseException:
        server.server_close()
        raise
    try:
        yield RunningStandIn(base_url=f"http://{wanted.host}:{server.port}", world=application.world)
    finally:
        application.world.stopping.set()
        server.stop()
        thread.join()
        application.stop()
