"""R10: the disk fills up while people buy. Nobody meets a fault, nothing is half written, and later all goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from shop.core.config import STANDIN_SECRET
from shop.core.database import db, end_read, session
from shop.journeys.keep_stock import receive_stock
from shop.orders.models import Order
from shop.payments.models import StripeEvent
from shop.stock.queries import available_of
from shop.stripe_standin.signing import signature_header
from tests.support.client import SeparateClient
from tests.support.factories import Shelf
from tests.support.shopper import FlaskBrowser, Shopper

pytestmark = pytest.mark.only_on("sqlite")  # the disk of a PostgreSQL server is another machine's
NO_MORE = 100


@contextmanager
def _told_on_each_use(pragma: str, undo: str) -> Iterator[None]:
    """Every connection of the store is told `pragma` before it is used, and `undo` afterwards."""

    def tell(connection: Any, *_: object) -> None:
        connection.execute(pragma).close()

    end_read()
    event.listen(db.engine, "checkout", tell)
    try:
        yield
    finally:
        end_read()
        event.remove(db.engine, "checkout", tell)
        with db.engine.connect() as connection:
            connection.exec_driver_sql(undo)
        db.engine.dispose()


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite gets no page more than it has: SQLITE_FULL, as from a disk without room."""
    with db.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with _told_on_each_use(f"PRAGMA max_page_count = {pages}", "PRAGMA max_page_count = 1073741823"):
        yield


@contextmanager
def read_only_disk() -> Iterator[None]:
    """Nothing can be written at all, as on a disk that the system took back after an error."""
    with _told_on_each_use("PRAGMA query_only = ON", "PRAGMA query_only = OFF"):
        yield


def _orders() -> int:
    counted = session().execute(select(func.count()).select_from(Order)).scalar_one()
    end_read()
    return counted


def _free(variant_id: int) -> int:
    free = available_of([variant_id])[variant_id]
    end_read()
    return free


def _tells_of(client: SeparateClient, event_id: str) -> int:
    body = json.dumps({"id": event_id, "object": "event", "type": "x", "data": {"object": {"id": "cs"}}})
    signature = signature_header(body, secret=STANDIN_SECRET, timestamp=int(time.time()))
    return client.post("/stripe/webhook", data=body, headers={"Stripe-Signature": signature}).status_code


def test_buying_ends_in_a_moment_to_wait_and_goes_on_afterwards(
    shopper: Shopper, shelf: Shelf, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """Until then each order is whole: the invariants are looked at after this test, too."""
    receive_stock(variant_id=shelf.variants["TEE-M"], quantity=NO_MORE, reason="delivery", actor="robin")
    placed, free = 0, _free(shelf.variants["TEE-M"])
    with full_disk():
        while placed < NO_MORE and _newcomer(app).checks_out(note="x" * 400).at_payment:
            placed += 1
        refused = _newcomer(app).checks_out(note="x" * 400)
        assert shopper.looks_at("/shop/tee").page.status == 200, "looking goes on"
    assert 0 < placed < NO_MORE, "the disk was full before the shelf was empty"
    assert refused.page.status == 503
    assert "database or disk is full" in caplog.text, "whoever runs the store is told"
    assert (_orders(), _free(shelf.variants["TEE-M"])) == (placed, free - placed)
    assert refused.checks_out().at_payment


def _newcomer(app: Flask) -> Shopper:
    """Somebody with a tee in the cart, which needs no room on our disk."""
    client = app.test_client()
    assert isinstance(client, SeparateClient)
    return Shopper(FlaskBrowser(client)).puts("tee")


def test_while_nothing_can_be_written_pages_are_read_and_presses_wait(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("tee")
    before = (_orders(), _free(shelf.variants["TEE-M"]))
    with read_only_disk():
        refused = shopper.checks_out().page
        assert refused.status == 503
        assert int(refused.headers["retry-after"]) > 0
        assert "Traceback" not in refused.text
        for path in ("/", "/shop", "/shop/tee", "/cart", "/checkout", "/giving"):
            assert shopper.looks_at(path).page.status == 200, path
        assert "tee" in shopper.looks_at("/cart").page.text, "the cart is whole"
    assert (_orders(), _free(shelf.variants["TEE-M"])) == before
    assert shopper.checks_out().at_payment


def test_what_stripe_tells_meanwhile_is_not_said_to_be_kept(client: SeparateClient, shelf: Shelf) -> None:
    """It is told again for three days, until it is."""
    with read_only_disk():
        assert _tells_of(client, "evt_1") == 503
    assert session().execute(select(func.count()).select_from(StripeEvent)).scalar_one() == 0
    end_read()
    assert _tells_of(client, "evt_1") == 200
