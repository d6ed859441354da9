"""The board and what is pressed on it: packed, scanned, sent, held, changed, in batches and from files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from shop.admin.sheets import csv_answer
from shop.admin.words import address_lines
from shop.catalogue.rules import VariantInCart
from shop.core import clock
from shop.core.database import end_read
from shop.core.sheets import read_csv
from shop.journeys.ask_return import ask_return
from shop.journeys.decide_return import tell_of_delay
from shop.orders import queries as orders
from shop.parcels.queries import parcels_of
from tests.admin.desk import Desk, text_of, token_of, typed_in
from tests.admin.sales import Counter
from tests.web.counting import statements


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path / "mail")


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app, "fulfilment")


def sold(counter: Counter, tee: VariantInCart, units: int = 1, *, note: str = "") -> str:
    order_id = counter.sells(tee, units, note=note)
    counter.takes_money_for(order_id)
    return order_id


def number(order_id: str) -> str:
    found = orders.order(order_id).number
    end_read()
    return found


def test_orders_go_from_list_to_list_as_they_are_packed_and_sent(counter: Counter, desk: Desk) -> None:
    one, other = (sold(counter, counter.tees[at], note="Soon?" if at else "") for at in (0, 1))
    board = desk.reads("/admin/orders")
    assert "To pack 2" in board
    assert "Questions 1" in board
    done = desk.press("/admin/orders", f"/admin/orders/{one}/pack", next="/admin/orders?list=to_pack")
    assert done.location == "/admin/orders?list=to_pack"
    packed = desk.reads("/admin/orders?list=packed")
    assert number(one) in packed
    assert number(other) not in packed
    (parcel,) = parcels_of(one)
    desk.press("/admin/orders?list=packed", f"/admin/parcels/{parcel.id}/send", carrier="UPS")
    assert "Packed, to send 0" in desk.reads("/admin/orders")
    assert orders.order(one).state == "fulfilled"
    end_read()
    desk.press(f"/admin/orders/{other}", f"/admin/orders/{other}/note-read")
    assert "Questions 0" in desk.reads("/admin/orders")


def test_packers_see_no_money_and_managers_do(app: Flask, counter: Counter, desk: Desk) -> None:
    order_id = sold(counter, counter.tees[0])
    for path in ("/admin/orders", f"/admin/orders/{order_id}", f"/admin/orders/{order_id}/scan", "/admin/"):
        assert "$" not in desk.reads(path), path
    assert "$" in Desk(app, "read_only", name="Bo").reads("/admin/orders")


def test_a_board_asks_a_constant_few_questions(counter: Counter, desk: Desk) -> None:
    order_ids = [sold(counter, counter.tees[0]) for _ in range(4)]
    for path in (
        "/admin/orders",
        f"/admin/orders/{order_ids[0]}",
        "/admin/orders/batch?order=" + "&order=".join(order_ids),
    ):
        desk.reads(path)
        with statements() as sent:
            desk.reads(path)
        assert len(sent) <= 15, (path, len(sent))


def test_a_wrong_tee_is_refused_kindly_and_the_right_ones_pack_the_order(counter: Counter, desk: Desk) -> None:
    tee, wrong = counter.tees[0], counter.tees[20]
    order_id = sold(counter, tee, 2)
    scan = f"/admin/orders/{order_id}/scan"
    refused = desk.press(scan, scan, code=wrong.sku)
    assert refused.status_code == 422
    assert "It does not belong to this order" in text_of(refused)
    assert "Nothing in the catalogue has the code 123" in text_of(desk.press(scan, scan, code="123"))
    first = desk.press(scan, scan, code=tee.sku.lower())
    assert f"Right: {tee.title}" in text_of(first)
    assert parcels_of(order_id) == []
    done = desk.press(scan, scan, code=tee.sku, scanned=str(tee.id))
    assert (done.status_code, len(parcels_of(order_id))) == (303, 1)
    assert done.location == f"/admin/orders/scan?packed={order_id}", "the next slip can be scanned at once"
    assert f"/admin/orders/labels.pdf?order={order_id}" in desk.get(done.location).text
    assert desk.client.post(scan, data={"code": tee.sku}).status_code == 400, "a page that was open for too long"
    led = desk.press("/admin/orders/scan", "/admin/orders/scan", code=number(order_id).lower())
    assert led.location == scan


def test_a_part_is_packed_and_nonsense_is_told(counter: Counter, desk: Desk) -> None:
    order_id = sold(counter, counter.tees[0], 3)
    page = f"/admin/orders/{order_id}"
    (line,) = orders.lines_of(order_id)
    end_read()
    too_many = desk.press(page, f"{page}/pack", **{f"units_{line.id}": "9"})
    assert too_many.status_code == 422
    assert "Pack from 0 to 3" in text_of(too_many)
    nonsense = desk.press(page, f"{page}/pack", **{f"units_{line.id}": "two"})
    assert (nonsense.status_code, typed_in(nonsense, f"units_{line.id}")) == (422, "two"), "packed is what was meant"
    desk.press(page, f"{page}/pack", **{f"units_{line.id}": "2"})
    shown = desk.reads(page)
    assert "2 packed, 0 sent" in shown
    (row,) = read_csv(desk.get(f"/admin/orders/postage.csv?order={order_id}").data)
    assert row["items"] == "2", "papers tell of the parcel that leaves next, not of what stays here"
    desk.press(page, f"/admin/parcels/{parcels_of(order_id)[0].id}/open")
    assert parcels_of(order_id) == []
    desk.press(page, f"{page}/pack", **{f"units_{line.id}": "1"})
    desk.press(page, f"/admin/parcels/{parcels_of(order_id)[0].id}/send", carrier="UPS", tracking="1Z 999 AA1")
    assert "Sent in part" in desk.reads(page)
    assert "Sent in part" in desk.reads("/admin/orders")
    buyers = desk.client.get(f"/orders/{orders.order(order_id).token}").get_data(as_text=True)
    assert "Partly on its way" in buyers
    assert 'href="https://www.ups.com/track?tracknum=1Z999AA1"' in buyers
    for typed in ("1z999aa1", "1Z 999 AA1"):
        assert orders.order(order_id).number in desk.reads(f"/admin/orders?q={typed}"), "found by its tracking number"


def test_hold_note_and_release_stand_on_the_timeline_and_not_with_the_buyer(counter: Counter, desk: Desk) -> None:
    order_id = sold(counter, counter.tees[0])
    page = f"/admin/orders/{order_id}"
    silent = desk.press(page, f"{page}/hold", kind="stock", reason=" ")
    assert silent.status_code == 422
    assert "Say why in a few words, 150" in text_of(silent)
    desk.press(page, f"{page}/hold", kind="stock", reason="The shelf was empty")
    assert "Waiting for stock 1" in desk.reads("/admin/orders")
    refused = desk.press("/admin/orders?list=stock", "/admin/orders/keys", keys="off")
    assert refused.status_code == 303
    desk.press(page, f"{page}/note", note="Asked the printer.")
    desk.press(page, f"{page}/release")
    shown = desk.reads(page)
    for words in ("The shelf was empty", "Asked the printer.", "Released."):
        assert words in shown
    buyers = desk.client.get(f"/orders/{orders.order(order_id).token}").get_data(as_text=True)
    assert "The shelf was empty" not in buyers
    assert "Asked the printer." not in buyers


def test_size_and_address_change_after_their_difference_was_shown(counter: Counter, desk: Desk) -> None:
    tee = counter.tees[0]
    other = next(one for one in counter.tees if one.product_id == tee.product_id and one.id != tee.id)
    order_id = sold(counter, tee)
    (line,) = orders.lines_of(order_id)
    end_read()
    swap, address = f"/admin/orders/{order_id}/swap/{line.id}", f"/admin/orders/{order_id}/address"
    shown = desk.press(swap, swap, variant=other.id, settle="waive")
    assert "The price is the same." in text_of(shown)
    name, token = token_of(shown, swap)
    wanted = {name: token, "variant": other.id, "settle": "waive", "seen": tee.id, "confirm": "1"}
    assert desk.client.post(swap, data=wanted).status_code == 303
    stale = desk.client.post(swap, data=wanted)
    assert stale.status_code == 422, "it is that size already"
    assert orders.lines_of(order_id)[0].sku == other.sku
    end_read()
    typed = {"name": "Robin Vale", "line1": "2 Other Street", "city": "Springfield"}
    shown = desk.press(address, address, **typed, confirm="")
    assert "1 Example Street" in text_of(shown)
    assert "2 Other Street" in text_of(shown)
    assert desk.press(address, address, **typed, confirm="yes").status_code == 303
    assert "2 Other Street" in desk.reads(f"/admin/orders/{order_id}")
    assert desk.press(address, address, **(typed | {"city": ""}), confirm="").status_code == 422


def test_a_batch_is_picked_in_the_order_of_the_shelf_packed_and_sent(counter: Counter, desk: Desk) -> None:
    near, far = counter.tees[40], counter.tees[0]
    ids = [sold(counter, near), sold(counter, far, 2)]
    page = "/admin/orders/batch?order=" + "&order=".join(ids)
    places = {f"place_{near.id}": "a-2", f"place_{far.id}": "a-10"}
    desk.press(page, "/admin/orders/batch/places", order=ids, **places)
    listed = desk.reads(page)
    assert listed.index(near.sku) < listed.index(far.sku)
    assert (
        desk.press(page, "/admin/orders/batch/places", order=ids, **{f"place_{near.id}": "x" * 30}).status_code == 422
    )
    desk.press(page, "/admin/orders/batch/pack", order=ids)
    desk.press(page, "/admin/orders/batch/send", order=ids, carrier="USPS")
    assert {orders.order(one).state for one in ids} == {"fulfilled"}
    assert "None of the chosen orders" in desk.reads(page)


def test_papers_and_postage_say_what_they_should_and_no_mail_or_money(counter: Counter, desk: Desk) -> None:
    order_id = sold(counter, counter.tees[0], 2)
    for name in ("slips", "labels"):
        answer = desk.get(f"/admin/orders/{name}.pdf?order={order_id}")
        assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert desk.get("/admin/orders/slips.pdf").status_code == 404
    (row,) = read_csv(desk.get(f"/admin/orders/postage.csv?order={order_id}").data)
    assert (row["order_number"], row["name"], row["items"]) == (number(order_id), "Robin Vale", "2")
    assert "@" not in str(row)
    assert "$" not in str(row)


def test_a_packer_is_told_which_address_no_paper_can_print(counter: Counter, desk: Desk) -> None:
    order_id = sold(counter, counter.tees[0])
    page = f"/admin/orders/batch?order={order_id}"
    assert "Papers cannot print" not in desk.reads(page)
    address = f"/admin/orders/{order_id}/address"
    typed = {"name": "བསྟན་འཛིན་", "line1": "1 Street", "city": "Springfield"}
    desk.press(address, address, **typed, confirm="yes")
    told = desk.reads(page)
    assert "Papers cannot print every letter of this address" in told
    assert "བསྟན་འཛིན་" in told
    assert desk.get(f"/admin/orders/slips.pdf?order={order_id}").data[:5] == b"%PDF-"


def test_tracking_numbers_come_in_after_a_dry_run(counter: Counter, desk: Desk) -> None:
    whole, held, gone = (sold(counter, counter.tees[at]) for at in range(3))
    desk.press(f"/admin/orders/{held}", f"/admin/orders/{held}/hold", kind="address", reason="No number")
    rows = [f"{number(one)},9400 1000,USPS" for one in (whole, held)]
    text = "\n".join(["Order Number,Tracking-Number,Carrier", *rows, "NOPE,1,", f"{number(gone)},,"])
    page = "/admin/orders/tracking"
    plan = desk.press(page, page, text=text)
    for words in ("Packs and sends the whole order", "On hold: No number", "There is no such order", "no tracking"):
        assert words in text_of(plan), words
    assert orders.order(whole).state == "paid", "looking changes nothing"
    end_read()
    desk.press(page, page, text=text, confirm="yes")
    assert orders.order(whole).state == "fulfilled"
    assert orders.order(held).state == "paid"
    end_read()
    assert "It was sent before" in text_of(desk.press(page, page, text=text))
    bad = desk.press(page, page, text="a,b\n1,2")
    assert (bad.status_code, "The file needs a column" in text_of(bad)) == (422, True)


def test_what_buyers_send_back_and_what_is_late_stands_on_the_board(counter: Counter, desk: Desk) -> None:
    gone, waiting = (sold(counter, counter.tees[at]) for at in (0, 1))
    desk.press(f"/admin/orders/{gone}", f"/admin/orders/{gone}/send")
    (line,) = orders.lines_of(gone)
    token = orders.order(gone).token
    end_read()
    ask_return(token, units={line.id: 1}, reasons={line.id: "too_small"}, words="")
    assert number(gone) in desk.reads("/admin/orders?list=returns")
    assert "Late 0" in desk.reads("/admin/orders")
    with clock.held_at(clock.now() + timedelta(days=4)):
        later = Desk(desk.client.application, "fulfilment", name="Bo")
        assert number(waiting) in later.reads("/admin/orders?list=late")
        by = clock.now().date() + timedelta(days=5)
        tell_of_delay(order_id=waiting, leaves_by=by, reason="The press broke", actor="Bo")
        assert "Late 0" in later.reads("/admin/orders")


def test_views_and_keys_are_ones_own(app: Flask, counter: Counter, desk: Desk) -> None:
    sold(counter, counter.tees[0])
    page = "/admin/orders?list=late&q=robin"
    desk.press(page, "/admin/orders/views", name="Robin late", asked="list=late&q=robin")
    assert 'href="/admin/orders?list=late&amp;q=robin"' in desk.get("/admin/orders").get_data(as_text=True)
    assert "Robin late" not in Desk(app, "owner", name="Bo").reads("/admin/orders")
    twice = desk.press(page, "/admin/orders/views", name="Robin late")
    assert "You have a view of that name." in text_of(desk.client.get(twice.location))
    assert "data-keys" in desk.get("/admin/orders").get_data(as_text=True)
    desk.press("/admin/orders", "/admin/orders/keys", keys="off")
    assert "data-keys" not in desk.get("/admin/orders").get_data(as_text=True)


def test_labels_bear_what_managers_say(app: Flask, counter: Counter) -> None:
    desk = Desk(app, "manager", name="Mo")
    page = "/admin/orders/sender"
    assert desk.press(page, page, name="", plain_name="P", address="Road 1").status_code == 422
    desk.press(page, page, name="Open Door", plain_name="Dispatch", address="Road 1\nTown")
    assert "Dispatch" in desk.get(page).get_data(as_text=True)


def test_a_file_of_our_own_comes_back_as_it_was_and_semicolons_are_read() -> None:
    answer = csv_answer("a.csv", ("a",), [["=1+1"], ["+1 (555) 01"], ["plain"], ["+1+cmd|' /C calc'!A0"]])
    assert b"'=1+1\r\n+1 (555) 01\r\nplain\r\n'+1+cmd" in answer.get_data(), "a telephone number stays one"
    assert [row["a"] for row in read_csv(answer.get_data())][:3] == ["=1+1", "+1 (555) 01", "plain"]
    assert b"'=1+1" in answer.get_data()
    assert read_csv("\ufeffOrder Number;x\nA;1\n;\n".encode()) == [{"order_number": "A", "x": "1"}]


def test_the_line_of_a_town_is_in_the_order_of_its_country() -> None:
    address = {"city": "Springfield", "state": "IL", "postal_code": "62701", "country": "US"}
    assert address_lines({"name": "Robin", "address": address})[1:] == ["Springfield IL 62701", "United States"]
    address |= {"city": "Bonn", "state": "", "postal_code": "53111", "country": "DE"}
    assert address_lines({"address": address}) == ["53111 Bonn", "Germany"]
    assert address_lines({"address": {"country": "XQ"}}) == ["XQ"]
