"""One variant: why its number is what it is, and changing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from shop.stock import queries as stock
from tests.admin.desk import Desk, text_of, typed_in
from tests.admin.sales import Counter
from tests.support.audit_log import recent_audit


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


def _on_hand(variant_id: int) -> int:
    return stock.levels([variant_id])[variant_id].on_hand


def test_a_delivery_is_received_with_its_reason(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    before, page = _on_hand(tee.id), f"/admin/stock/{tee.id}"
    desk = Desk(app, "fulfilment")
    answer = desk.press(page, f"{page}/receive", receive__quantity="24", receive__reason=" Delivery 118 ")
    assert (answer.status_code, answer.location) == (303, page)
    assert _on_hand(tee.id) == before + 24
    shown = desk.reads(page)
    assert "Delivery 118" in shown
    assert f"+24 {before + 24}" in shown
    entry = recent_audit(limit=1)[0]
    assert (entry.actor, entry.action) == ("Ada", "stock.received")


def test_a_number_is_adjusted_down_and_up(app: Flask, counter: Counter) -> None:
    tee = max(counter.tees, key=lambda one: _on_hand(one.id))
    before, page = _on_hand(tee.id), f"/admin/stock/{tee.id}"
    desk = Desk(app)
    desk.press(page, f"{page}/adjust", adjust__change="-2", adjust__reason="Misprints")
    desk.press(page, f"{page}/adjust", adjust__change="1", adjust__reason="One was fine")
    assert _on_hand(tee.id) == before - 1
    assert "−2" in desk.reads(page)


def test_units_promised_to_somebody_cannot_be_adjusted_away(app: Flask, counter: Counter) -> None:
    tee = max(counter.tees, key=lambda one: _on_hand(one.id))
    counter.sells(tee, 2)
    before, page = _on_hand(tee.id), f"/admin/stock/{tee.id}"
    answer = Desk(app).press(page, f"{page}/adjust", adjust__change=str(-before), adjust__reason="Lost")
    assert answer.status_code == 409
    assert "promised to orders" in text_of(answer)
    assert typed_in(answer, "adjust-reason") == "Lost"
    assert _on_hand(tee.id) == before


def test_a_count_that_is_still_fresh_is_kept(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    page = f"/admin/stock/{tee.id}"
    desk = Desk(app)
    fields = {"count__counted": "7", "count__reason": "Counted by hand"}
    assert desk.press(page, f"{page}/count", count__seen=_on_hand(tee.id), **fields).status_code == 303
    assert _on_hand(tee.id) == 7


def test_a_stale_count_shows_both_numbers_keeps_what_was_typed_and_can_be_sent_again(
    app: Flask, counter: Counter
) -> None:
    tee = counter.tees[0]
    seen, page = _on_hand(tee.id), f"/admin/stock/{tee.id}"
    desk = Desk(app)
    desk.press(page, f"{page}/receive", receive__quantity="5", receive__reason="Delivery")
    fields = {"count__counted": "7", "count__reason": "Counted by hand"}
    answer = desk.press(page, f"{page}/count", count__seen=seen, **fields)
    assert answer.status_code == 409
    assert f"You saw {seen} on hand, but it is {seen + 5} now." in text_of(answer)
    assert typed_in(answer, "count-seen") == str(seen + 5)
    assert typed_in(answer, "count-counted") == "7"
    assert typed_in(answer, "count-reason") == "Counted by hand"
    assert _on_hand(tee.id) == seen + 5
    assert desk.press(page, f"{page}/count", count__seen=seen + 5, **fields).status_code == 303
    assert _on_hand(tee.id) == 7


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("receive", {"receive-quantity": "0", "receive-reason": "why"}),
        ("receive", {"receive-quantity": "-3", "receive-reason": "why"}),
        ("receive", {"receive-quantity": "1.5", "receive-reason": "why"}),
        ("receive", {"receive-quantity": "9" * 30, "receive-reason": "why"}),
        ("receive", {"receive-quantity": "", "receive-reason": "why"}),
        ("receive", {"receive-quantity": "5", "receive-reason": ""}),
        ("receive", {"receive-quantity": "5", "receive-reason": "   "}),
        ("receive", {"receive-quantity": "5", "receive-reason": "x" * 201}),
        ("receive", {"receive-quantity": "5", "receive-reason": "a\x00b"}),
        ("adjust", {"adjust-change": "0", "adjust-reason": "why"}),
        ("adjust", {"adjust-change": "many", "adjust-reason": "why"}),
        ("count", {"count-counted": "-1", "count-seen": "6", "count-reason": "why"}),
        ("count", {"count-counted": "5", "count-seen": "six", "count-reason": "why"}),
        ("count", {"count-counted": "5", "count-reason": "why"}),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    app: Flask, counter: Counter, what: str, fields: dict[str, str]
) -> None:
    tee = counter.tees[0]
    before, page = _on_hand(tee.id), f"/admin/stock/{tee.id}"
    answer = Desk(app).press(page, f"{page}/{what}", **fields)
    assert answer.status_code == 422
    assert _on_hand(tee.id) == before


def test_without_its_token_a_form_changes_nothing(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    before = _on_hand(tee.id)
    fields = {"receive-quantity": "5", "receive-reason": "Delivery"}
    answer = Desk(app).client.post(f"/admin/stock/{tee.id}/receive", data=fields)
    assert answer.status_code == 400
    assert typed_in(answer, "receive-reason") == "Delivery"
    assert _on_hand(tee.id) == before


def test_readers_see_the_history_but_no_forms(app: Flask, counter: Counter) -> None:
    answer = Desk(app, "read_only").get(f"/admin/stock/{counter.tees[0].id}")
    assert "Why it is" in text_of(answer)
    assert "/receive" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("variant_id", ["0", "999999", "999999999999999", "99999999999999999999999", "x", "-1"])
def test_an_unknown_variant_is_not_found(app: Flask, variant_id: str) -> None:
    assert Desk(app).get(f"/admin/stock/{variant_id}").status_code == 404


def test_the_history_leads_to_the_order(app: Flask, counter: Counter) -> None:
    from shop.journeys.fulfil_order import fulfil_order

    tee = counter.tees[0]
    sold = counter.sells(tee, 1)
    counter.takes_money_for(sold)
    fulfil_order(order_id=sold, actor="Ada")
    page = Desk(app).get(f"/admin/stock/{tee.id}").get_data(as_text=True)
    assert f"/admin/orders/{sold}" in page
