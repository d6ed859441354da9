"""A test client whose every request is a world of its own, as on a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Any

from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.test import TestResponse

from shop.core.config import Settings
from shop.core.database import assert_no_transaction, db, session
from shop.factory import create_app

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class UnflushedObjects(AssertionError):
    """Objects were added to the session and never written: outside a test they would be lost silently."""


class SeparateClient(FlaskClient):
    """Runs each request in an empty context, so that it never shares the test's session or identity map.

    Speaks to the store's own address, and says Sec-Fetch-Site: same-origin where a browser would; pass
    `headers={"Sec-Fetch-Site": "cross-site"}` to come from elsewhere.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        assert_no_transaction()
        end_reading()
        kwargs.setdefault("base_url", self.application.extensions["settings"].base_url)
        if kwargs.get("method", "GET") in UNSAFE:
            kwargs["headers"] = {"Sec-Fetch-Site": "same-origin", **dict(kwargs.get("headers") or {})}
        return Context().run(super().open, *args, **kwargs)


class TemplatesKept(BytecodeCache):
    """Compiled templates kept for the whole run: each test builds an app, none compiles a template twice."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


@contextmanager
def visitor_of(settings: Settings) -> Iterator[SeparateClient]:
    """A visitor of another store over the same database, told other settings; all its connections end with it."""
    made = create_app(settings)
    made.test_client_class = SeparateClient
    with made.app_context():
        client = made.test_client()
        assert isinstance(client, SeparateClient)
        try:
            yield client
        finally:
            db.session.remove()
            db.engine.dispose()


def end_reading() -> None:
    """Let go of what the test has read, so that it next sees the database as it is; raises UnflushedObjects."""
    current = session()
    if lost := [*current.new, *current.dirty, *current.deleted]:
        raise UnflushedObjects(f"added or changed, but never flushed: {lost[:5]}")
    current.rollback()
