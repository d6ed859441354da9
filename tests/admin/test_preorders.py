"""Pre-orders at the desk: opened with what deliveries bring proposed, refused beside the field, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from shop.core import clock
from shop.core.database import end_read
from shop.journeys.receive_delivery import order_delivery
from shop.purchasing.operations import Wanted
from shop.stock.preorders import Preorder, preorders_of
from tests.admin.desk import Desk, text_of, typed_in
from tests.support.audit_log import recent_audit
from tests.support.factories import Shelf, open_shop


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop(stock={"TEE-S": 4})


def standing(shelf: Shelf) -> Preorder | None:
    found = preorders_of(shelf.variants.values()).get(shelf.variants["TEE-M"])
    end_read()
    return found


def test_it_is_opened_with_what_deliveries_bring_changed_and_closed(app: Flask, shelf: Shelf) -> None:
    tee, today = shelf.variants["TEE-M"], clock.now().date()
    order_delivery(
        supplier="Cotton Mill",
        reference="",
        expected_on=today + timedelta(days=10),
        wanted=[Wanted(tee, shelf.product_id, 24)],
        actor="kim",
    )
    desk, page = Desk(app, "fulfilment"), f"/admin/products/{shelf.product_id}/preorder"
    shown, day = desk.get(page), today + timedelta(days=17)
    assert (typed_in(shown, "ships_by"), typed_in(shown, f"cap-{tee}")) == (day.isoformat(), "24")
    fields = {"ships_by": day.isoformat(), "reason": "The second run", f"cap-{tee}": "20"}
    assert desk.press(page, page, **fields).status_code == 303
    assert standing(shelf) == Preorder(20, 0, day, day)
    assert recent_audit(limit=1)[0].action == "preorder.opened"
    assert "pre-ordered 0 of 20" in desk.reads(f"/admin/products/{shelf.product_id}")
    assert "0 of 20" in desk.reads(f"/admin/stock?open={shelf.product_id}")
    closing = desk.press(page, f"{page}/close", **{"close-reason": "Enough"})
    assert closing.status_code == 303
    assert standing(shelf) is None


def test_of_two_at_once_the_second_is_told_and_pressing_twice_is_once(app: Flask, shelf: Shelf) -> None:
    tee, page = shelf.variants["TEE-M"], f"/admin/products/{shelf.product_id}/preorder"
    soon = (clock.now() + timedelta(days=9)).date().isoformat()
    fields = {"ships_by": soon, f"cap-{tee}": "3", "reason": "Run"}
    ada = Desk(app)
    stale = typed_in(ada.get(page), "seen")
    assert [ada.press(page, page, **fields, seen=stale).status_code for _ in range(2)] == [303, 303]
    answer = ada.press(page, page, **{**fields, f"cap-{tee}": "5"}, seen=stale)
    assert (answer.status_code, typed_in(answer, f"cap-{tee}")) == (409, "5")
    assert "changed since you opened this page" in text_of(answer)
    assert standing(shelf) is not None
    assert len([one for one in recent_audit(limit=9) if one.action == "preorder.opened"]) == 1


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(app: Flask, shelf: Shelf) -> None:
    tee, past = shelf.variants["TEE-M"], (clock.now() - timedelta(days=1)).date().isoformat()
    desk, page = Desk(app), f"/admin/products/{shelf.product_id}/preorder"
    soon = (clock.now() + timedelta(days=9)).date().isoformat()
    for fields, words, status in (
        ({"ships_by": past, f"cap-{tee}": "3", "reason": "Run"}, "still to come", 422),
        ({"ships_by": soon, f"cap-{tee}": "three", "reason": "Run"}, "whole number", 422),
        ({"ships_by": soon, f"cap-{tee}": "3", "reason": ""}, "Say why", 422),
        ({"ships_by": soon, f"cap-{tee}": "", "reason": "Run"}, "at least one size", 422),
    ):
        answer = desk.press(page, page, **fields)
        assert (answer.status_code, words in text_of(answer)) == (status, True), fields
        assert typed_in(answer, f"cap-{tee}") == fields[f"cap-{tee}"]
    assert standing(shelf) is None
    assert Desk(app, "content", name="Bo").get(page).status_code == 403
