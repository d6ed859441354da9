"""What is over is forgotten, what is not stays, and the books stay whole."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.consents.queries import periods
from shop.consents.rules import PERIODS
from shop.core.database import end_read, session
from shop.core.errors import Invalid
from shop.journeys.keep_retention import forget_what_is_over, set_retention
from shop.mail.models import Letter
from shop.orders.models import Order
from shop.payments.models import StripeEvent
from shop.receipts.models import Receipt
from shop.staff.models import SignIn
from tests.admin.desk import Desk
from tests.support import factories
from tests.support.audit_log import recent_audit
from tests.support.client import SeparateClient
from tests.support.held_clock import HeldClock
from tests.support.till import Till


def _count(column: object) -> int:
    found: int = session().execute(select(func.count()).select_from(column)).scalar_one()  # type: ignore[arg-type]  # a table
    end_read()
    return found


@pytest.fixture
def sold(app: Flask, held_clock: HeldClock) -> None:
    till = Till()
    factories.open_shop()
    factories.Shopper(till).puts("TEE-M").gives(500).checks_out().pays(email="robin@example.org").comes_back()
    till.catches_up()


def test_each_goes_when_its_own_time_is_over(app: Flask, sold: None, held_clock: HeldClock) -> None:
    Desk(app)
    letters, inbox = _count(Letter), _count(StripeEvent)
    assert letters
    assert not any(forget_what_is_over().values())
    held_clock.forward(minutes=91 * 24 * 60)
    assert forget_what_is_over() == {"orders": 0, "letters": 0, "events": 0, "sign_ins": 1}
    assert _count(SignIn) == 0
    assert recent_audit(limit=1)[0].action == "retention.kept"
    held_clock.forward(minutes=366 * 24 * 60)
    assert forget_what_is_over()["events"] == inbox
    assert set(session().execute(select(StripeEvent.id, StripeEvent.payload)).scalars().all()) != set()
    end_read()
    held_clock.forward(minutes=1_095 * 24 * 60)
    assert forget_what_is_over()["letters"] == letters
    assert session().execute(select(Order.email)).scalar_one() == "robin@example.org"
    end_read()
    held_clock.forward(minutes=3_650 * 24 * 60)
    assert forget_what_is_over()["orders"] >= 1
    order = session().execute(select(Order)).scalar_one()
    assert (order.email, order.ship_to, order.state) == (None, None, "paid")
    assert [one["email"] for one in session().execute(select(Receipt.content)).scalars()] in ([""], [])
    end_read()
    assert not any(forget_what_is_over().values())


def test_staff_say_how_long_within_bounds_and_visitors_read_it(app: Flask, client: SeparateClient) -> None:
    factories.open_shop()
    ada = Desk(app)
    assert "3 years" in client.get("/how-long").text
    wanted = {"orders": 2_555, "letters": 400, "events": 180, "sign_ins": 30}
    wrong = ada.press("/admin/retention", "/admin/retention", **(wanted | {"orders": 30}))
    assert wrong.status_code == 422
    assert "Between 2555 and 10950 days." in wrong.text
    sure = ",".join(str(wanted[one.key]) for one in PERIODS)
    assert ada.press("/admin/retention", "/admin/retention", **wanted, sure=sure).status_code == 303
    assert periods() == wanted
    assert recent_audit(limit=1)[0].details["before"]["letters"] == 1_095
    page = client.get("/how-long").text
    assert "400 days" in page
    assert "7 years" in page
    assert "400 días" in client.get("/es/how-long").text


def test_a_number_that_is_too_small_changes_nothing(app: Flask) -> None:
    before = periods()
    end_read()
    with pytest.raises(Invalid) as problem:
        set_retention({**before, "events": 1}, actor="Ada")
    assert problem.value.field == "events"
    assert periods() == before
