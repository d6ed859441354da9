"""What the database breaks off is run again: a true deadlock, and the limits of what may be repeated."""

from __future__ import annotations

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from shop.core.again import again
from shop.core.database import assert_no_transaction, db, transaction
from shop.core.outbox import promise
from shop.journeys.keep_orders import hold_order
from shop.journeys.keep_stock import receive_stock
from shop.orders.models import Order
from shop.parcels.queries import holds_on
from tests.support.audit_log import recent_audit
from tests.support.broken_off import Deadlock, each_broken_off_once
from tests.support.factories import Shopper, open_shop
from tests.support.till import Till

BROKEN = OperationalError("UPDATE", {}, Deadlock())


def test_nothing_is_repeated_once_something_stayed(app: Flask) -> None:
    """A second try would write the first part twice, or say it twice."""
    tried: list[str] = []

    def writes(key: str) -> None:
        with transaction():
            promise("test", key=key)

    @again
    def writes_and_is_broken_off() -> None:
        tried.append("wrote")
        writes("once")
        raise BROKEN

    @again
    def speaks_and_is_broken_off() -> None:
        tried.append("spoke")
        assert_no_transaction()
        raise BROKEN

    for act in (writes_and_is_broken_off, speaks_and_is_broken_off):
        with pytest.raises(OperationalError):
            act()
    assert tried == ["wrote", "spoke"]


def test_a_whole_sale_goes_well_with_each_of_its_units_broken_off_once(app: Flask, till: Till) -> None:
    open_shop(stock=4)
    with each_broken_off_once() as broken:
        shopper = Shopper(till).puts("TEE-M", 2).gives(700).checks_out().pays()
        till.catches_up()
        assert hold_order(order_id=shopper.order_id, kind="other", reason="Asked", actor="robin")
    assert (shopper.order.state, len(holds_on([shopper.order_id]))) == ("paid", 1)
    assert {"_place", "_keep_page", "take_in", "settle_report", "hold_order"} <= set(broken)


class _Other:
    """Somebody who has the end of the audit log, and wants the order once the journey waits for that."""

    def __init__(self, app: Flask, order_id: str) -> None:
        self._app, self._order_id = app, order_id
        self._has_it = threading.Event()
        self._thread = threading.Thread(target=self._act)

    def __enter__(self) -> None:
        self._thread.start()
        self._has_it.wait(timeout=5)

    def __exit__(self, *_problem: object) -> None:
        self._thread.join(timeout=10)

    def _act(self) -> None:
        with self._app.app_context(), db.engine.connect() as mine, db.engine.connect() as looking:
            mine.execute(text("SELECT * FROM audit_head FOR UPDATE"))
            self._has_it.set()
            waits = text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )  # of this test's database: others use the server as well
            until = time.monotonic() + 3
            while not looking.execute(waits).scalar() and time.monotonic() < until:
                looking.rollback()  # within one transaction it would see the same moment for ever
                time.sleep(0.01)
            mine.execute(select(Order.id).where(Order.id == self._order_id).with_for_update())
            mine.rollback()


@pytest.mark.soak
@pytest.mark.only_on("postgresql")
@pytest.mark.breaks_invariants("takes locks out of their order on purpose")
@pytest.mark.parametrize("repeated", [True, False], ids=["run again", "the control"])
def test_a_true_deadlock_is_got_over(app: Flask, till: Till, caplog: pytest.LogCaptureFixture, repeated: bool) -> None:
    """The order is on hold once and told once; without `again` the press of the button fails."""
    medium = open_shop().variants["TEE-M"]
    receive_stock(variant_id=medium, quantity=1, reason="Delivery", actor="robin")  # the audit log has an end now
    order_id = Shopper(till).buys("TEE-M").order_id
    act = hold_order if repeated else hold_order.__wrapped__  # type: ignore[attr-defined]  # what functools.wraps keeps
    with _Other(app, order_id):
        if repeated:
            assert act(order_id=order_id, kind="other", reason="Asked", actor="robin")
        else:
            with pytest.raises(OperationalError, match="deadlock detected"):
                act(order_id=order_id, kind="other", reason="Asked", actor="robin")
    assert [record.getMessage() for record in caplog.records] == [
        "hold_order was broken off by the database (attempt 1)"
    ] * int(repeated)
    assert len(holds_on([order_id])) == int(repeated)
    assert [one.action for one in recent_audit(limit=50)].count("order.held") == int(repeated)
