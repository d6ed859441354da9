"""Orders: found, read, sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from shop.orders import queries as orders
from shop.stock import queries as stock
from tests.admin.desk import Desk, text_of, token_of
from tests.admin.sales import Counter
from tests.support.audit_log import recent_audit


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


def _number(order_id: str) -> str:
    return orders.order(order_id).number


def test_orders_are_listed_newest_first_and_by_state(app: Flask, counter: Counter) -> None:
    waiting, paid, lapsed = (counter.sells(counter.tees[at]) for at in range(3))
    counter.takes_money_for(paid)
    counter.lets_lapse(lapsed)
    desk = Desk(app, "read_only")
    page = desk.reads("/admin/orders?list=all")
    assert [page.find(_number(one)) for one in (lapsed, paid, waiting)] == sorted(
        page.find(_number(one)) for one in (lapsed, paid, waiting)
    )
    only = desk.reads("/admin/orders?list=paid")
    assert _number(paid) in only
    assert _number(waiting) not in only
    assert "To pack 1" in only
    assert _number(paid) in desk.reads("/admin/orders?list=nonsense")


def test_an_order_is_found_by_number_e_mail_sku_and_name(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    one, other = counter.sells(tee), counter.sells(counter.tees[9])
    counter.takes_money_for(one, email="Robin@example.org")
    desk = Desk(app)
    spoken = _number(one).replace("-", " ").lower()
    for words in (_number(one), spoken, "robin@EXAMPLE.org", tee.sku, tee.sku.lower(), "robin va"):
        page = desk.reads(f"/admin/orders?q={words.replace('@', '%40')}")
        assert _number(one) in page, words
        assert _number(other) not in page, words
    assert "No order matches" in desk.reads("/admin/orders?q=nothing")


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=99999999999999999999", "page=٣", "q=%00%ff", "q=%25", "q=" + "x" * 5_000],
)
def test_odd_questions_are_answered_kindly(app: Flask, query: str) -> None:
    assert Desk(app).get(f"/admin/orders?{query}").status_code == 200


def test_an_order_tells_all_that_belongs_to_it(app: Flask, counter: Counter) -> None:
    tee = next(one for one in counter.tees if one.slug == "north-star-tee")
    sold = counter.sells(tee, 2, note="Please no plastic.")
    counter.takes_money_for(sold)
    page = Desk(app).reads(f"/admin/orders/{sold}")
    for words in (
        _number(sold),
        tee.title,
        tee.sku,
        "Please no plastic.",
        "Robin Vale",
        "1 Example Street",
        f"pi_{sold}",
        "$1.23",
    ):
        assert words in page, words
    for event in orders.events_of(sold):
        assert event.sentence in page


def test_an_unknown_order_is_not_found(app: Flask) -> None:
    desk = Desk(app)
    for order_id in ("nothing", "%00", "A", "1'--"):
        assert desk.get(f"/admin/orders/{order_id}").status_code == 404


def test_sending_takes_it_off_the_shelf_and_says_who_and_how(app: Flask, counter: Counter) -> None:
    tee = counter.tees[0]
    sold = counter.sells(tee, 2)
    counter.takes_money_for(sold)
    before = stock.levels([tee.id])[tee.id]
    desk = Desk(app, "fulfilment")
    page = f"/admin/orders/{sold}"
    answer = desk.press(page, f"{page}/send", carrier="USPS", tracking=" 9400  1000 ")
    assert (answer.status_code, answer.location) == (303, page)
    after = stock.levels([tee.id])[tee.id]
    assert (after.on_hand, after.committed) == (before.on_hand - 2, before.committed - 2)
    shown = desk.reads(page)
    assert "Marked as packed and sent." in shown
    assert "USPS" in shown
    assert "9400 1000" in shown
    assert orders.events_of(sold)[-1].actor == "Ada"
    assert recent_audit(limit=1)[0].action == "order.sent"
    assert f"{page}/send" not in desk.get(page).get_data(as_text=True)


def test_what_is_not_paid_cannot_be_sent(app: Flask, counter: Counter) -> None:
    unpaid, paid = counter.sells(counter.tees[0]), counter.sells(counter.tees[1])
    counter.takes_money_for(paid)
    desk = Desk(app)
    page = f"/admin/orders/{paid}"
    name, token = token_of(desk.get(page), f"{page}/send")
    answer = desk.client.post(f"/admin/orders/{unpaid}/send", data={name: token, "carrier": "USPS"})
    assert answer.status_code == 409
    assert "Only a paid order can be sent." in text_of(answer)
    assert orders.order(unpaid).state == "awaiting_payment"


def test_a_tracking_number_that_is_too_long_is_told_and_kept(app: Flask, counter: Counter) -> None:
    sold = counter.sells(counter.tees[0])
    counter.takes_money_for(sold)
    page = f"/admin/orders/{sold}"
    answer = Desk(app).press(page, f"{page}/send", tracking="9" * 81)
    assert answer.status_code == 422
    assert "9" * 81 in answer.get_data(as_text=True)
    assert orders.order(sold).state == "paid"


def test_today_tells_what_waits(app: Flask, counter: Counter) -> None:
    sold = counter.sells(counter.tees[0])
    counter.takes_money_for(sold)
    page = Desk(app).reads("/admin/")
    assert "1 to pack" in page
    assert _number(sold) in page
    assert "to answer" not in page
    assert _number(sold) not in Desk(app, "content", name="Cora").reads("/admin/"), "writers see no buyers"
