"""Letters are written once and sent until the post took them; lost orders are found by mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shop.core import outbox
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.core.languages import SPANISH, speaking
from shop.journeys.find_orders import find_orders
from shop.journeys.payment_page import page_request
from shop.mail.operations import note_sent
from shop.mail.queries import letters_of
from shop.orders.operations import note_customer
from tests.support.factories import Shopper
from tests.support.held_clock import HeldClock
from tests.support.till import Till


@pytest.mark.parametrize("fault", ["before", "after"])
def test_a_letter_that_may_be_lost_is_sent_again_with_the_same_name(
    shopper: Shopper, till: Till, held_clock: HeldClock, fault: str
) -> None:
    till.post.faults.append(fault)
    shopper.buys()
    held_clock.forward(minutes=1)
    till.works()
    names = [letter["Message-ID"] for letter in till.post.letters]
    assert len(names) == (2 if fault == "after" else 1)
    assert len(set(names)) == 1
    assert [letter.state for letter in letters_of(shopper.order_id)] == ["sent"]


def test_a_crash_between_sending_and_noting_it_sends_the_same_letter_again(
    shopper: Shopper, till: Till, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(_letter_id: int) -> None:
        raise PowerCut

    monkeypatch.setattr("shop.journeys.post_letter.note_sent", cut)
    with pytest.raises(PowerCut):
        shopper.buys()
    monkeypatch.setattr("shop.journeys.post_letter.note_sent", note_sent)
    held_clock.forward(minutes=3)
    till.works()
    assert len(till.post.letters) == 2
    assert len({letter["Message-ID"] for letter in till.post.letters}) == 1


def test_a_letter_says_what_was_bought_and_where_its_page_is(shopper: Shopper, till: Till) -> None:
    shopper.gives(500).buys("TEE-M", 2)
    body = till.post.letters[0].get_body(("plain",))
    assert body is not None
    text = body.get_content()
    for said in ("$50.00", "$5.00", "$60.00", "Polaris", "Open Fund", f"http://shop.test/orders/{shopper.order.token}"):
        assert said in text


# Lost orders


def ask(till: Till, email: str) -> list[str]:
    """Ask for one's orders; the subjects of all mails so far."""
    find_orders(email)
    till.works()
    return till.post.subjects


def test_a_lost_order_is_mailed_to_whoever_bought_it(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    assert ask(till, " ROBIN@example.org ")[1:] == ["Your order pages"]
    body = till.post.letters[-1].get_body(("plain",))
    assert body is not None
    assert f"http://shop.test/orders/{shopper.order.token}" in body.get_content()


def test_somebody_without_orders_gets_no_mail(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    assert ask(till, "nobody@example.org")[1:] == []


def test_a_hit_and_a_miss_do_the_same_at_once(shopper: Shopper, till: Till) -> None:
    """Nobody can tell them apart: both only write a promise."""
    shopper.buys()
    for email in ("robin@example.org", "nobody@example.org"):
        find_orders(email)
    assert outbox.waiting_and_dead() == (2, 0)
    end_read()
    till.works()


def test_asking_again_and_again_sends_one_mail_in_ten_minutes(
    shopper: Shopper, till: Till, held_clock: HeldClock
) -> None:
    shopper.buys()
    for _ in range(5):
        ask(till, "robin@example.org")
    assert len(till.post.letters) == 2
    held_clock.forward(timedelta(minutes=10))
    assert len(ask(till, "robin@example.org")) == 3


def test_the_mail_goes_to_the_address_on_record(shopper: Shopper, till: Till) -> None:
    """A sign that only looks like a k when made small must not send somebody else's orders elsewhere."""
    shopper.buys()
    with transaction():
        note_customer(shopper.order_id, email="kim@example.org", ship_to=None)
    ask(till, "\u212aim@example.org")
    assert {str(letter["To"]) for letter in till.post.letters} <= {"robin@example.org", "kim@example.org"}


def test_what_is_no_address_is_told(shopper: Shopper) -> None:
    with pytest.raises(Invalid) as refused:
        find_orders("robin@example.org\nBcc: all@example.org")
    assert refused.value.field == "email"


# Languages


def test_an_order_remembers_the_language_of_its_buyer(shopper: Shopper, till: Till) -> None:
    with speaking(SPANISH):
        shopper.puts("TEE-M").checks_out()
    page = page_request(shopper.order_id, till.services)
    assert page.language == "es"
    assert page.success_url.startswith("http://shop.test/es/checkout/return")
    shopper.pays()
    till.catches_up()
    assert till.post.subjects == [f"Su pedido {shopper.order.number}"]
    body = till.post.letters[0].get_body(("plain",))
    assert body is not None
    assert f"http://shop.test/es/orders/{shopper.order.token}" in body.get_content()
    assert "Qué sigue ahora" in body.get_content()


def test_a_lost_order_is_mailed_in_the_language_it_was_asked_for_in(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    with speaking(SPANISH):
        find_orders("robin@example.org")
    till.works()
    assert till.post.subjects[1:] == ["Las páginas de sus pedidos"]
