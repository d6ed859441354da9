"""The audit log at the desk: found, read, taken along, and who looked at what."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from flask import Flask
from msgspec.structs import replace

from shop.catalogue import operations as catalogue
from shop.core.database import transaction
from shop.journeys.keep_products import say_of_product
from shop.staff.operations import record
from shop.staff.rules.audit import differences
from tests.admin.desk import Desk, typed_in
from tests.admin.sales import Counter
from tests.support.audit_log import recent_audit
from tests.support.factories import new_product, open_shop
from tests.support.held_clock import HeldClock


def _done(actor: str = "Bo", subject: str = "variant 7", **details: object) -> None:
    with transaction():
        record(actor=actor, action="stock.counted", subject=subject, details=dict(details))


def test_the_log_is_searched_by_words_and_days(app: Flask, held_clock: HeldClock) -> None:
    ada = Desk(app)
    _done(subject="variant 7")
    held_clock.forward(minutes=10)
    _done(subject="variant 8", **differences({"price": 1, "name": "Tee"}, {"price": 2, "name": "Tee"}))
    assert "price was 1 is 2" in ada.reads("/admin/audit?q=bo+VARIANT+8")
    assert "variant 7" not in ada.reads("/admin/audit?q=variant+8")
    assert "variant 7" in ada.reads("/admin/audit?since=2026-11-20&until=2026-11-20")
    assert "Nothing fits that." in ada.reads("/admin/audit?until=2026-11-19")
    assert "Nothing fits that." in ada.reads("/admin/audit?q=100%25")
    assert "variant 7" in ada.reads("/admin/audit?since=nonsense")


def test_an_entry_says_from_where_it_was_made_and_nothing_leaks_into_the_next(app: Flask) -> None:
    ada = Desk(app)
    ada.press("/admin/own", "/admin/own/end-others")
    assert recent_audit(limit=1)[0].origin == "127.0.0.0/24, A browser"
    _done()
    assert recent_audit(limit=1)[0].origin is None


def test_the_file_holds_hashes_and_no_formulas_and_taking_it_is_an_entry(app: Flask) -> None:
    _done(actor="=cmd()", subject="@SUM(A1)")
    answer = Desk(app).get("/admin/audit.csv")
    (_, first, *_) = csv.reader(StringIO(answer.text))
    assert (first[0], first[2], first[4]) == ("1", "'=cmd()", "'@SUM(A1)")
    assert len(first[7]) == 64
    assert recent_audit(limit=1)[0].action == "audit.exported"
    assert Desk(app, "manager", name="Mo").get("/admin/audit.csv").status_code == 403


def test_looks_and_changes_are_told_apart(app: Flask) -> None:
    ada = Desk(app)
    _done(**differences({"on hand": 4}, {"on hand": 6}))
    ada.get("/admin/letters/1")
    assert "Letter read" not in ada.reads("/admin/audit?kind=changes")
    assert "on hand was 4 is 6" not in ada.reads("/admin/audit?kind=looks")
    assert "Letter read" in ada.reads("/admin/audit?kind=looks")
    assert "on hand was 4 is 6" in ada.reads("/admin/audit?kind=nonsense")


def test_a_look_at_an_order_is_an_entry_once_a_day_for_each_person(
    app: Flask, tmp_path: Path, held_clock: HeldClock
) -> None:
    counter = Counter(tmp_path)
    order_id = counter.sells(counter.tees[0])
    counter.takes_money_for(order_id)
    ada, bo = Desk(app), Desk(app, "fulfilment", name="Bo")
    for desk in (ada, ada, bo, ada):
        desk.reads(f"/admin/orders/{order_id}")
    held_clock.forward(days=1)
    later = Desk(app, member_id=ada.member_id)
    later.reads(f"/admin/orders/{order_id}")
    looks = [one.actor for one in recent_audit(limit=50) if one.action == "order.viewed"]
    assert looks == ["Ada", "Bo", "Ada"]


def test_an_address_is_changed_without_either_one_in_the_log(app: Flask, tmp_path: Path) -> None:
    counter, ada = Counter(tmp_path), Desk(app)
    order_id = counter.sells(counter.tees[0])
    counter.takes_money_for(order_id)
    page = f"/admin/orders/{order_id}/address"
    new = {"name": "Robin Vale", "line1": "2 Other Street", "city": "Springfield", "postal_code": "00000"}
    answer = ada.press(page, page, **new, seen=typed_in(ada.get(page), "seen"), confirm="yes")
    assert answer.status_code == 303
    told = next(one for one in recent_audit(limit=5) if one.action == "order.readdressed")
    assert told.details == {"changed": ["line1"]}


def test_papers_with_addresses_are_entries_that_name_their_orders(app: Flask, tmp_path: Path) -> None:
    counter, ada = Counter(tmp_path), Desk(app)
    order_id = counter.sells(counter.tees[0])
    counter.takes_money_for(order_id)
    for _ in range(2):
        assert ada.get(f"/admin/orders/slips.pdf?order={order_id}").status_code == 200
    told = [one for one in recent_audit(limit=9) if one.action == "addresses.exported"]
    assert [one.details for one in told] == [{"orders": [order_id]}] * 2


def test_reading_a_letter_is_an_entry(app: Flask) -> None:
    ada = Desk(app)
    ada.get("/admin/letters/1")
    assert (recent_audit(limit=1)[0].action, recent_audit(limit=1)[0].subject) == ("letter.read", "/admin/letters/1")


def test_a_product_tells_what_it_was_and_what_it_is(app: Flask) -> None:
    shelf = open_shop()
    with transaction():
        before = catalogue.change_product(shelf.product_id, replace(new_product("tee"), title="Another tee"))
    assert before["title"] == "Tee"
    say_of_product(shelf.product_id, replace(new_product("tee"), title="A third tee"), actor="Ada")
    assert recent_audit(limit=1)[0].details == {"before": {"title": "Another tee"}, "after": {"title": "A third tee"}}
