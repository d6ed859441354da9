"""A receipt for each gift that is kept: numbered without a gap, true after every refund, voided and never changed."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid
from shop.journeys.refund_order import refund_order
from shop.journeys.settle_payment import settle_payment
from shop.journeys.true_receipts import ask_for_statement, reissue_receipt, true_receipt
from shop.orders.queries import order
from shop.receipts.operations import issue, void
from shop.receipts.queries import receipts_of
from shop.receipts.rules import ReceiptFacts
from tests.journeys.test_gifts import arrives, gives
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, usd
from tests.support.till import Till


def receipts(order_id: str) -> list[ReceiptFacts]:
    found = receipts_of(order_id)
    end_read()
    return found


def test_a_gift_has_a_receipt_and_a_tee_has_none(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    given = arrives(till, gives(till))
    assert receipts(shopper.order_id) == []
    (receipt,) = receipts(given.id)
    assert (receipt.name, receipt.state) == ("G-2026-000001", "issued")
    assert receipt.content.gift == usd(1_000)
    assert receipt.content.goods == usd(0)


def test_a_gift_beside_goods_is_split_from_them(shopper: Shopper) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    (receipt,) = receipts(shopper.order_id)
    said = receipt.content
    assert (said.goods, said.gift, said.pledge) == (usd(5_500), usd(700), usd(1_000))
    assert said.funds == [("Open Fund", 700)]


def test_settling_again_issues_nothing_more(till: Till, shelf: Shelf) -> None:
    given = arrives(till, gives(till))
    till.sweeps()
    with transaction():
        assert not true_receipt(given.id, reason="again", actor="robin")
    assert len(receipts(given.id)) == 1


def test_a_refund_voids_the_receipt_and_the_next_one_tells_what_is_left(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin", gift=False)
    new, old = receipts(shopper.order_id)
    assert (old.name, old.state, new.name, new.state) == ("G-2026-000001", "void", "G-2026-000002", "issued")
    assert (new.content.goods, new.content.gift, new.content.pledge) == (usd(0), usd(700), usd(0))
    assert old.content.goods == usd(5_500)


def test_a_gift_that_went_back_leaves_a_void_receipt(till: Till, shelf: Shelf) -> None:
    given = arrives(till, gives(till))
    assert refund_order(order_id=given.id, reason="Asked", actor="robin")
    (receipt,) = receipts(given.id)
    assert (receipt.state, receipt.void_reason) == ("void", "$10.00 goes back.")
    assert order(given.id).state == "cancelled"


def test_staff_issue_anew_with_a_reason(till: Till, shelf: Shelf) -> None:
    given = arrives(till, gives(till))
    with pytest.raises(Invalid):
        reissue_receipt(order_id=given.id, reason=" ", actor="robin")
    reissue_receipt(order_id=given.id, reason="Lost in the post", actor="robin")
    new, old = receipts(given.id)
    assert (new.name, old.void_reason) == ("G-2026-000002", "Lost in the post")


def test_there_is_nothing_to_issue_anew_without_a_gift(shopper: Shopper) -> None:
    shopper.buys()
    with pytest.raises(Conflict):
        reissue_receipt(order_id=shopper.order_id, reason="Asked", actor="robin")


def test_numbers_have_no_gap_however_many_come_at_once(app: Flask, till: Till, shelf: Shelf) -> None:
    started = [gives(till) for _ in range(4)]
    pages = [till.processor.page_of(one.order_id).id for one in started]
    for page in pages:
        till.processor.pays(page)

    def settles(number: int) -> None:
        settle_payment(pages[number], till.services)

    at_once(app, 4, settles)
    till.catches_up()
    assert sorted(one.name[-1] for begun in started for one in receipts(begun.order_id)) == ["1", "2", "3", "4"]


def test_a_number_that_was_rolled_back_is_given_again(till: Till, shelf: Shelf) -> None:
    """The control of the gap: a counter outside the transaction would have lost this number."""
    given = arrives(till, gives(till))
    with pytest.raises(ZeroDivisionError), transaction():
        void(receipts_of(given.id)[0].id, reason="test")
        issue(given.id, receipts_of(given.id)[0].content)
        raise ZeroDivisionError
    reissue_receipt(order_id=given.id, reason="Asked", actor="robin")
    assert [one.name[-1] for one in receipts(given.id)] == ["2", "1"]


def test_a_year_of_gifts_goes_to_the_address_on_record(till: Till, shelf: Shelf) -> None:
    first = arrives(till, gives(till))
    arrives(till, gives(till))
    ask_for_statement(first.token, year=2026)
    ask_for_statement(first.token, year=2026)
    till.works()
    letter = till.post.letters[-1]
    assert till.post.subjects.count("What you gave in 2026") == 1
    assert letter["To"] == "robin@example.org"
    text = letter.get_body(("plain",))
    assert text is not None
    assert "Together: $20.00" in text.get_content()
