"""Payouts at the desk, in public, and on the page of whoever's share they carried."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shop.core.database import end_read
from shop.orders import queries as orders
from shop.payouts.queries import PayoutFacts, payouts
from tests.admin.desk import Desk, browser, text_of, token_of, typed_in
from tests.admin.sales import Counter

PROOF = b"%PDF-1.7 a transfer"
NEW = "/admin/payouts/new"


@pytest.fixture
def sold(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A paid order with a pledge in it; its id. The desk's password is right."""
    monkeypatch.setattr("shop.admin.payouts.check_password", lambda _email, _password: None)
    counter = Counter(tmp_path / "mail")
    order_id = counter.sells(counter.tees[0], 2)
    counter.takes_money_for(order_id)
    return order_id


def entered() -> list[PayoutFacts]:
    found = payouts()
    end_read()
    return found


def enter(desk: Desk, order_id: str, proof: bytes = PROOF, **changed: Any) -> TestResponse:
    (line,) = orders.lines_of(order_id)
    end_read()
    shown = desk.get(NEW)
    name, token = token_of(shown, NEW)
    typed: dict[str, Any] = {
        "key": typed_in(shown, "key"),
        "account": f"{line.partner_slug}:pledges",
        "amount": "1.00",
        "fee": "",
        "paid_on": "2026-11-19",
        "reference": "Transfer 7",
        "password": "right",
        "proof": (BytesIO(proof), "proof.pdf"),
    }
    return desk.client.post(NEW, data={name: token, **typed, **changed})


def test_a_transfer_is_entered_with_its_proof_and_everybody_sees_it(app: Flask, sold: str) -> None:
    assert enter(Desk(app), sold).status_code == 303
    (made,) = entered()
    visitor = browser(app)
    public = text_of(visitor.get("/giving"))
    assert "Transfer 7" in public
    assert "Not confirmed yet" in public
    proof = visitor.get(f"/giving/proofs/{made.document}")
    assert (proof.data, proof.mimetype) == (PROOF, "application/pdf")
    assert visitor.get(f"/giving/proofs/{'0' * 64}").status_code == 404
    own = text_of(visitor.get(f"/orders/{orders.order(sold).token}"))
    assert "$1.00 of it reached a payout to" in own
    assert "Read the proof" in own


def test_the_partner_confirms_by_the_button_and_no_name_is_shown(app: Flask, sold: str) -> None:
    enter(Desk(app), sold)
    (made,) = entered()
    visitor, address = browser(app), f"/giving/confirm/{made.token}"
    for _ in range(2):
        assert "The money has arrived" in text_of(visitor.get(address))
    for _ in range(2):
        assert "Thank you" in text_of(visitor.post(address, data={"name": "Sam Secret"}))
    public = text_of(visitor.get("/giving"))
    assert "Confirmed by the partner on" in public
    assert "Sam" not in public
    assert visitor.get("/giving/confirm/none").status_code == 404


def test_bad_input_is_told_and_nothing_is_paid(app: Flask, sold: str) -> None:
    desk = Desk(app)
    for changed, words in (
        ({"amount": "1000000"}, "is owed now"),
        ({"amount": "lots"}, "Enter an amount"),
        ({"account": "nobody:pledges"}, "Choose who was paid"),
        ({"paid_on": "2999-01-01"}, "cannot lie ahead"),
        ({"proof": b"GIF89a"}, "PDF, PNG or JPEG file"),
    ):
        answer = enter(desk, sold, **changed)
        assert (answer.status_code, words in text_of(answer)) == (422, True), changed
    assert entered() == []


def test_the_final_account_counts_units_and_a_mistake_can_be_voided(app: Flask, sold: str) -> None:
    desk = Desk(app)
    enter(desk, sold)
    sheet = desk.get("/admin/payouts/final-accounting.csv")
    assert sheet.mimetype == "text/csv"
    assert ",2,0,2," in sheet.get_data(as_text=True)
    (made,) = entered()
    desk.press("/admin/payouts", f"/admin/payouts/{made.id}/void", reason="Typed twice")
    assert "Voided" in desk.reads("/admin/payouts")
    assert "Transfer 7" not in text_of(browser(app).get("/giving"))
