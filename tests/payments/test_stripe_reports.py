"""What a session's answer must tell, and what is made of an answer that tells no more than that."""

from __future__ import annotations

from typing import Any

from shop.core.columns import Json
from shop.core.money import Money
from shop.payments.reports import Captured
from shop.payments.stripe_reports import session_report


def answer(**told: Any) -> Json:
    plain = {"id": "cs_1", "status": "complete", "payment_status": "paid", "payment_intent": "pi_1"}
    return plain | {"amount_total": 3695, "currency": "usd", "client_reference_id": "order"} | told


def test_a_paid_page_whose_intent_is_told_by_its_id_alone_is_paid_by_its_total() -> None:
    report = session_report(answer())
    assert (report.settled, report.failed, report.live) == (True, False, False)
    assert report.captured == Captured("pi_1", None, Money(3695, "USD"), None)


def test_an_intent_that_is_told_whole_says_itself_what_was_taken() -> None:
    intent = {"id": "pi_1", "status": "succeeded", "currency": "usd", "amount_received": 3700, "latest_charge": "ch_1"}
    assert session_report(answer(payment_intent=intent)).captured == Captured("pi_1", "ch_1", Money(3700, "USD"), None)


def test_an_unpaid_page_took_nothing_whatever_its_intent_is_called() -> None:
    report = session_report(answer(payment_status="unpaid"))
    assert (report.settled, report.captured) == (False, None)


def test_a_page_that_is_still_open_has_no_intent_and_nothing_taken() -> None:
    report = session_report(answer(status="open", payment_status="unpaid", payment_intent=None))
    assert (report.state, report.settled, report.captured) == ("open", False, None)
