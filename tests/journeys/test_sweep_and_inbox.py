"""The inbox that hears everything once in effect, and the sweep that heals what was never heard."""

from __future__ import annotations

import pytest

from shop.core import outbox
from shop.core.database import end_read, session, transaction
from shop.journeys.close_order import close_order
from shop.journeys.receive_event import take_in
from shop.journeys.refund_order import refund_order
from shop.mail.queries import newest
from shop.payments.gateway import ProcessorDown
from shop.payments.queries import event_payload, open_sessions, payment_of, refunds_of
from shop.stock.queries import available_of
from tests.support.factories import Shelf, Shopper
from tests.support.held_clock import HeldClock
from tests.support.processor import event_about
from tests.support.till import Till


def available(shelf: Shelf) -> int:
    found = available_of([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]]
    end_read()
    return found


# The inbox


def test_an_event_heard_twice_is_acted_on_once(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    (told,) = till.processor.told()
    assert [take_in(told), take_in(told)] == [True, False]
    assert till.works() == 2  # the event and the letter
    assert take_in(told) is False
    assert till.works() == 0
    assert till.processor.asked("read_session") == [shopper.session_id]


def test_the_same_news_as_another_event_changes_nothing(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.hears(event_about(shopper.session_id, "checkout.session.completed", "evt_other"))
    till.works()
    assert len(till.post.letters) == 1


def test_an_event_is_noted_as_handled_once_it_was_acted_on(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    (told,) = till.processor.told()
    till.hears(told)
    assert event_payload(told.id) == told.payload
    end_read()
    till.works()
    assert event_payload(told.id) is None


def test_an_event_is_kept_until_the_processor_answers(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.fails("read_session", "before", times=2)
    till.catches_up()
    assert shopper.order.state == "awaiting_payment"
    for _ in range(3):
        held_clock.forward(minutes=1)
        till.works()
    assert shopper.order.state == "paid"


def test_events_about_other_things_are_kept_and_change_nothing(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out()
    till.hears(event_about("tr_1", "transfer.created", "evt_transfer"))
    assert till.works() == 1
    assert (till.processor.asked("read_session"), outbox.waiting_and_dead()) == ([], (0, 0))


def test_what_an_event_says_is_never_believed(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out()
    till.hears(event_about(shopper.session_id, "checkout.session.completed", "evt_lie"))
    till.works()
    assert shopper.order.state == "awaiting_payment"


# The sweep


def test_the_sweep_finds_a_payment_that_nobody_told_of(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    report = till.sweeps()
    assert (shopper.order.state, report.pages, report.troubles) == ("paid", 1, [])


def test_the_sweep_finds_a_page_that_ended(shopper: Shopper, shelf: Shelf, till: Till, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M").checks_out()
    held_clock.forward(minutes=41)
    till.sweeps()
    assert (shopper.order.state, available(shelf)) == ("cancelled", 10)


def test_the_sweep_finds_slow_money_that_arrived(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly().comes_back()
    held_clock.forward(days=2)
    till.processor.slow_money_arrives(shopper.session_id)
    till.sweeps()
    assert shopper.order.state == "paid"


def test_the_sweep_lets_go_of_an_order_whose_page_was_never_opened(
    shopper: Shopper, shelf: Shelf, till: Till, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(moment: str) -> None:
        raise PowerCut(moment)

    till.processor.watch = cut
    with pytest.raises(PowerCut):
        shopper.puts("TEE-M").checks_out()
    till.processor.watch = lambda _moment: None
    till.sweeps()
    assert available(shelf) == 9  # it may still be opening
    held_clock.forward(minutes=3)
    report = till.sweeps()
    assert (available(shelf), report.lost_pages) == (10, 1)


def test_the_sweep_makes_refunds_whose_job_died(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    with transaction():
        session().execute(outbox.Job.__table__.delete().where(outbox.Job.kind == "refund"))  # type: ignore[attr-defined]  # a table
    till.sweeps()
    assert refunds_of(shopper.order_id)[0].state == "made"


def test_the_sweep_learns_fees(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.books_fee(shopper.session_id, booked=False)
    shopper.comes_back()
    till.processor.books_fee(shopper.session_id)
    assert till.sweeps().fees == 1
    payment = payment_of(shopper.order_id)
    assert payment is not None
    assert payment.fee is not None
    assert till.sweeps().fees == 0


def test_one_trouble_stops_nothing_else_is_told_and_found_by_what_moved(shopper: Shopper, till: Till) -> None:
    other = Shopper(till).puts("TEE-L").checks_out().pays()
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.fails("read_session", "before")
    report = till.sweeps()
    assert len(report.troubles) == 1
    assert {other.order.state, shopper.order.state} == {"paid"}


def test_even_a_fault_of_ours_with_one_stops_nothing_else(shopper: Shopper, till: Till) -> None:
    other = Shopper(till).puts("TEE-L").checks_out().pays()
    shopper.puts("TEE-M").checks_out().pays()
    broken = till.processor.page_of(other.order_id)
    broken.amount = None
    broken.request = None  # type: ignore[assignment]  # so that reading it raises what nobody expects
    report = till.sweeps()
    assert [trouble.split(":")[0] for trouble in report.troubles] == [broken.id]
    assert shopper.order.state == "paid"


def test_a_sweep_of_a_quiet_shop_only_asks_what_was_not_told_and_what_moved(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.sweeps()
    before = len(till.processor.calls)
    report = till.sweeps()
    assert (report.pages, report.lost_pages, report.fees, report.refunds) == (0, 0, 0, 0)
    assert [call.name for call in till.processor.calls[before:]] == ["lost_events", "moves_since"]


# Letting go


def test_closing_an_order_closes_its_page_first(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.puts("TEE-M").checks_out()
    close_order(shopper.order_id, reason="customer", services=till.services)
    assert (till.processor.page_of(shopper.order_id).state, available(shelf)) == ("expired", 10)
    assert (shopper.order.cancel_reason, open_sessions()) == ("customer", [])


def test_closing_an_order_that_was_paid_settles_it(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    close_order(shopper.order_id, reason="customer", services=till.services)
    assert shopper.order.state == "paid"


@pytest.mark.parametrize("fault", ["before", "after"])
def test_while_the_processor_does_not_answer_the_hold_stays(
    shopper: Shopper, shelf: Shelf, till: Till, fault: str
) -> None:
    shopper.puts("TEE-M").checks_out()
    till.processor.fails("expire_session", fault)  # type: ignore[arg-type]  # one of the words
    with pytest.raises(ProcessorDown):
        close_order(shopper.order_id, reason="customer", services=till.services)
    assert available(shelf) == 9
    till.sweeps()
    assert available(shelf) == (10 if fault == "after" else 9)


def test_closing_an_order_twice_closes_it_once(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out()
    for _ in range(2):
        close_order(shopper.order_id, reason="customer", services=till.services)
    assert shopper.order.state == "cancelled"
    assert newest() == []
