"""Calling off, sending back and withdrawing at the door."""

from __future__ import annotations

import re

from flask import Flask

from shop.journeys.fulfil_order import fulfil_order
from shop.orders.queries import lines_of, order
from tests.admin.desk import Desk
from tests.support.shopper import Shopper
from tests.support.till import Till


def bought(shopper: Shopper, till: Till) -> tuple[str, str]:
    """A paid order with a gift: its id, and the address of its page."""
    shopper.puts("tee").gives(500).checks_out()
    page = next(reversed(till.processor.pages.values()))
    till.processor.pays(page.id)
    own = shopper.browser.get(f"/checkout/return?session={page.id}").location
    till.works()
    return page.request.order_id, own


def test_an_order_is_cancelled_on_its_page_and_the_gift_is_asked_about(shopper: Shopper, till: Till) -> None:
    order_id, own = bought(shopper, till)
    assert f"{own}/cancel" in shopper.looks_at(own).page.text
    look = shopper.looks_at(f"{own}/cancel").page
    assert "Your gift of $5.00" in look.text
    assert "checked" not in look.text[look.text.index("<main") :]
    assert shopper.browser.post(f"{own}/cancel", {"gift": "keep"}).status == 303
    assert shopper.browser.post(f"{own}/cancel", {"gift": "back"}).status == 303
    assert order(order_id).state == "cancelled"
    assert order(order_id).returned.gift.minor == 0
    page = shopper.looks_at(own).page.text
    assert f"{own}/cancel" not in page


def test_what_left_is_sent_back_by_lines_and_nothing_typed_is_lost(shopper: Shopper, till: Till) -> None:
    order_id, own = bought(shopper, till)
    fulfil_order(order_id=order_id, actor="kim")
    assert shopper.browser.post(f"{own}/cancel", {}).status == 409
    (line,) = lines_of(order_id)
    wrong = shopper.browser.post(f"{own}/return", {f"units_{line.id}": "9", "words": "It <pinches>"})
    assert wrong.status == 422
    assert f'id="units_{line.id}-error"' in wrong.text
    assert "It &lt;pinches&gt;" in wrong.text
    right = {f"units_{line.id}": "1", f"reason_{line.id}": "too_small"}
    assert shopper.browser.post(f"{own}/return", right).status == 303
    assert shopper.browser.post(f"{own}/return", right).status == 409
    assert "You asked to send part of it back" in shopper.looks_at(own).page.text


def test_staff_answer_and_give_back_by_the_lines_that_were_asked(app: Flask, shopper: Shopper, till: Till) -> None:
    order_id, own = bought(shopper, till)
    fulfil_order(order_id=order_id, actor="kim")
    (line,) = lines_of(order_id)
    shopper.browser.post(f"{own}/return", {f"units_{line.id}": "1", f"reason_{line.id}": "too_small"})
    desk = Desk(app)
    page = desk.reads("/admin/returns")
    assert "It is too small" in page
    action = re.search(r'action="(/admin/returns/[^"]+/answer)"', desk.get("/admin/returns").get_data(as_text=True))
    assert action is not None
    refusal = desk.press("/admin/returns", action[1], verdict="refuse", answer="")
    assert refusal.status_code == 422
    assert desk.press("/admin/returns", action[1], verdict="approve", answer="Gladly.").status_code == 303
    return_id = action[1].split("/")[3]
    dialog = desk.get(f"/admin/orders/{order_id}/refund?return={return_id}").get_data(as_text=True)
    assert re.search(rf'id="units_{line.id}"[^>]*value="1"', dialog, re.DOTALL)
    assert desk.press("/admin/returns", f"/admin/returns/{return_id}/close").status_code == 303
    assert "They are here" not in desk.reads("/admin/returns")


def test_a_withdrawal_takes_two_steps_and_no_account(shopper: Shopper, till: Till) -> None:
    order_id, _own = bought(shopper, till)
    assert 'href="/withdraw"' in shopper.looks_at("/").page.text
    form = {"name": "Robin Vale", "number": order(order_id).number, "email": "robin@example.org", "what": "all"}
    wrong = shopper.browser.post("/withdraw", form | {"email": "x"})
    assert wrong.status == 422
    assert 'id="email-error"' in wrong.text
    look = shopper.browser.post("/withdraw", form)
    assert "Nothing was stated yet" in look.text
    assert order(order_id).state == "paid"
    back = shopper.browser.post("/withdraw", form | {"back": "1"})
    assert 'value="Robin Vale"' in back.text
    done = shopper.browser.post("/withdraw/confirm", form)
    assert done.status == 200
    assert "We received your withdrawal" in done.text
    till.works()
    assert order(order_id).state == "cancelled"
    assert "We received your withdrawal" in till.post.subjects


def test_a_buyer_in_the_union_finds_it_on_the_order_s_page(shopper: Shopper, till: Till) -> None:
    _order_id, own = bought(shopper, till)
    assert "Withdraw from contract here" not in shopper.looks_at(own).page.text
    token = own.rpartition("/")[2]
    page = shopper.looks_at(f"/withdraw?order={token}").page
    assert "Give my gift of $5.00 back too" in page.text
    assert shopper.looks_at("/withdraw?order=none").page.status == 200


def test_a_late_order_is_told_at_the_desk_and_on_its_page(app: Flask, shopper: Shopper, till: Till) -> None:
    order_id, own = bought(shopper, till)
    desk, address = Desk(app), f"/admin/orders/{order_id}/delay"
    assert desk.press(address, address, leaves_by="2020-01-01", reason="Late cloth").status_code == 422
    assert desk.press(address, address, leaves_by="2031-01-01", reason="The cloth is late.").status_code == 303
    assert "The cloth is late." in shopper.looks_at(own).page.text


def test_a_buyer_who_reads_spanish_is_told_what_happened_and_gets_the_receipt_in_it(
    shopper: Shopper, till: Till
) -> None:
    order_id, own = bought(shopper, till)
    page = shopper.looks_at(f"/es{own}").page.text
    assert "Llegó el pago." in page
    assert "Paid:" not in page
    assert "Se emitió un recibo." in page
    receipt = shopper.looks_at(f"/es{own}/receipt").page.text
    assert "Recibo de una donación" in receipt
    assert "Una camiseta no es una donación" in receipt
    assert "Paid: $" in shopper.looks_at(own).page.text
    assert order(order_id).language == "en"
