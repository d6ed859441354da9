"""Disputes and fraud warnings at the desk, and Stripe's account with its gaps."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from shop.books.queries import balances
from shop.core.database import transaction
from shop.core.money import Money
from shop.journeys.stripe_account import Gap, Proof
from shop.orders import queries as orders
from shop.payments.operations.account import keep_move, keep_payout
from shop.payments.operations.disputes import note_dispute, note_warning
from shop.payments.reports import DisputeSeen, Move, PayoutReport
from tests.admin.desk import Desk, text_of
from tests.admin.sales import Counter
from tests.support.audit_log import recent_audit

THEN = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def sold(app: Flask, tmp_path: Path) -> str:
    """A paid order; its id."""
    counter = Counter(tmp_path / "mail")
    order_id = counter.sells(counter.tees[0])
    counter.takes_money_for(order_id)
    return order_id


def moved(number: int, *, minor: int, kind: str = "adjustment", source: str = "") -> Move:
    return Move(f"txn_{number}", kind, kind, minor, 0, minor, "USD", source, None, "Correction", THEN, THEN)


@pytest.mark.breaks_invariants("a dispute without its postings, to be looked at only")
def test_what_must_be_answered_is_listed_with_its_deadline(app: Flask, sold: str) -> None:
    seen = DisputeSeen("du_1", Money(3200, "USD"), "fraudulent", "needs_response", THEN, THEN, 3200, 1500, 1)
    with transaction():
        note_dispute(sold, "ch", seen)
    page = Desk(app).reads("/admin/disputes")
    assert "1 open dispute" in page
    assert re.search(rf"{orders.order(sold).number} Needs response \S.*? Fraudulent", page)
    assert "$15.00" in page


def test_a_warning_is_settled_by_giving_everything_back_once(app: Flask, sold: str) -> None:
    with transaction():
        note_warning(warning_id="issfr_1", order_id=sold, kind="misc", warned_at=THEN)
    desk = Desk(app)
    assert "1 fraud warning to settle" in desk.reads("/admin/disputes")
    assert desk.press("/admin/disputes", "/admin/warnings/issfr_1/give-back").status_code == 303
    assert orders.order(sold).state == "cancelled"
    assert "0 fraud warnings to settle" in desk.reads("/admin/disputes")
    assert recent_audit(limit=1)[0].action == "fraud_warning.settled"
    assert desk.press("/admin/stock/1", "/admin/warnings/issfr_1/keep").status_code == 404


def test_a_gap_is_explained_with_a_reason_and_a_name(app: Flask, sold: str) -> None:
    with transaction():
        keep_move(moved(1, minor=-250), live=False)
    desk = Desk(app)
    page = desk.reads("/admin/stripe")
    assert "There are gaps" in page
    address = "/admin/stripe/explain/txn_1"
    empty = desk.press(address, address, account="", reason="")
    assert (empty.status_code, "Say why" in text_of(empty)) == (422, True)
    assert desk.press(address, address, account="nonsense", reason="x").status_code == 422
    done = desk.press(address, address, account="processor_fees", reason="Sandbox correction")
    assert done.status_code == 303
    assert balances()["processor_fees", "", "USD"] == 250 + 123
    assert recent_audit(limit=1)[0].details["reason"] == "Sandbox correction"
    assert "It is explained already." in desk.reads(address)


def test_what_stripe_moved_since_is_no_gap_and_is_read_on_a_press(
    app: Flask, sold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    behind = Proof("USD", Money(500, "USD"), Money(0, "USD"), Money(500, "USD"), [Gap("order X", Money(-500, "USD"))])
    monkeypatch.setattr("shop.admin.stripe_account.prove", lambda _services: [behind])

    def reads(_services: object) -> int:
        read.append(1)
        return 3

    monkeypatch.setattr("shop.admin.stripe_account.keep_account", reads)
    desk = Desk(app)
    page = desk.reads("/admin/stripe")
    assert "Being read" in page
    assert "There are gaps" not in page
    assert desk.press("/admin/stripe", "/admin/stripe/read").status_code == 303
    assert read == [1]
    assert "3 new transactions were read." in desk.reads("/admin/stripe")


@pytest.mark.breaks_invariants("a payout that was never posted, to be looked at only")
def test_a_payout_shows_its_lines_and_whether_they_add_up(app: Flask, sold: str) -> None:
    with transaction():
        for move in (moved(1, minor=700), moved(2, minor=-700, kind="payout", source="po_1")):
            keep_move(move, live=False)
        keep_payout(PayoutReport("po_1", Money(700, "USD"), "paid", THEN.date(), THEN, ["txn_1", "txn_2"]))
    desk = Desk(app)
    assert "po_1 Paid 2026-11-20 1 $7.00 $7.00" in desk.reads("/admin/stripe")
    assert "Adds up" in desk.reads("/admin/stripe/payouts/po_1")
    assert desk.get("/admin/stripe/payouts/po_none").status_code == 404
