"""The proof chain: a debt, the payout that pays it, the document, the partner's word, and the way back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from shop.books.queries import balances, party_balances
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid, NotFound
from shop.journeys.pay_partner import confirm_payout, obligations, pay_partner, void_payout
from shop.journeys.refund_order import refund_order
from shop.payouts.operations import keep_document
from shop.payouts.queries import document, payout, payout_with_token, shares_of_order
from shop.payouts.rules import Obligation, ageing, allocate
from tests.support.at_once import at_once
from tests.support.factories import Shopper, usd
from tests.support.held_clock import START, HeldClock
from tests.support.partners import a_payout, pay_polaris
from tests.support.till import Till


def carried(shopper: Shopper) -> list[int]:
    found = [one.amount.minor for one in shares_of_order(shopper.order_id)]
    end_read()
    return found


def owed() -> int:
    found = next(one.owed.minor for one in party_balances() if one.kind == "pledges")
    end_read()
    return found


def test_a_payout_pays_the_oldest_debts_first(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    second = Shopper(till).buys("TEE-L")
    pay_polaris(1200)
    assert (carried(shopper), carried(second), owed()) == ([1000], [200], 300)
    assert (balances()["bank", "", "USD"], balances()["bank_fees", "", "USD"]) == (-1225, 25)
    end_read()
    pay_polaris(300)
    assert (carried(second), owed()) == ([200, 300], 0)


def test_what_comes_back_after_it_was_paid_is_taken_off_the_next_payout(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    pay_polaris(1000)
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    assert owed() == -1000
    later = Shopper(till).buys("TEE-L", 3)
    assert owed() == 500
    pay_polaris(500)
    assert (carried(shopper), carried(later), owed()) == ([1000, -1000], [1500], 0)


def test_no_more_than_is_owed_is_paid(shopper: Shopper) -> None:
    shopper.buys()
    for amount in (501, 0):
        with pytest.raises(Invalid) as refused:
            pay_polaris(amount)
        assert refused.value.field == "amount"
    assert owed() == 500


def test_two_of_the_staff_at_once_pay_a_debt_once(app: Flask, shopper: Shopper) -> None:
    shopper.buys()
    answers = at_once(app, 2, lambda _number: pay_polaris(500))
    assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "str"]
    assert owed() == 0


def test_a_second_press_enters_nothing(app: Flask, shopper: Shopper) -> None:
    shopper.buys("TEE-M", 2)
    new, other = a_payout(500), a_payout(100)
    assert [pay_partner(new), pay_partner(new)] == [True, False]
    assert sorted(map(str, at_once(app, 2, lambda _number: pay_partner(other)))) == ["False", "True"]
    assert owed() == 400


def test_a_mistake_is_voided_once_and_its_debts_are_open_again(shopper: Shopper) -> None:
    shopper.buys()
    payout_id = pay_polaris(500)
    assert [void_payout(payout_id=payout_id, reason="Typed twice", actor="robin") for _ in range(2)] == [True, False]
    assert (carried(shopper), owed(), balances()["bank", "", "USD"]) == ([], 500, 0)
    end_read()
    pay_polaris(500)


def test_the_partner_is_written_to_and_confirms_once(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    payout_id = pay_polaris(500, contact="desk@polaris.example")
    till.works()
    known = payout(payout_id)
    assert known is not None
    end_read()
    text = till.post.letters[-1].get_body(("plain",))
    assert text is not None
    assert f"http://shop.test/giving/confirm/{known.token}" in text.get_content()
    assert [confirm_payout(token=known.token, by="Sam") for _ in range(2)] == [True, False]
    assert [one.confirmed_at is not None for one in shares_of_order(shopper.order_id)] == [True]
    end_read()
    with pytest.raises(NotFound):
        payout_with_token("nothing")


def test_a_proof_is_named_by_its_content_and_shown_only_with_its_payout(shopper: Shopper) -> None:
    shopper.buys()
    content = b"%PDF-1.7 a transfer"
    with transaction():
        (name,) = {keep_document(content, actor="robin") for _ in range(2)}
    with pytest.raises(NotFound):
        document(name)
    end_read()
    pay_polaris(500, document=name)
    assert (document(name).content, document(name).media_type) == (content, "application/pdf")
    end_read()
    with pytest.raises(Invalid), transaction():
        keep_document(b"<svg onload=alert(1)>", actor="robin")


@pytest.mark.parametrize(
    ("field", "changed"),
    [("party", {"party": "nobody"}), ("reference", {"reference": " "}), ("paid_on", {"paid_on": date(2026, 12, 1)})],
)
def test_bad_input_is_told_beside_its_field(shopper: Shopper, field: str, changed: dict[str, Any]) -> None:
    shopper.buys()
    with pytest.raises(Invalid) as refused:
        pay_partner(a_payout(**changed))
    assert refused.value.field == field


def test_debts_grow_old(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    shopper.buys()
    then = START
    held_clock.forward(days=45)
    Shopper(till).buys("TEE-L", 2)
    debts = obligations(party="polaris", kind="pledges", currency="USD")
    end_read()
    assert min(debt.since for debt in debts) == then
    now = max(debt.since for debt in debts)
    assert ageing(debts, now=now, currency="USD") == {"up to 30 days": usd(1000), "31 to 60 days": usd(500)}


@given(
    owed_sums=some.lists(some.integers(-500, 900).filter(bool), min_size=1, max_size=8),
    percent=some.integers(1, 100),
)
def test_shares_add_up_and_never_overpay_a_debt(owed_sums: list[int], percent: int) -> None:
    debts = [Obligation(f"o{number}", usd(minor), START) for number, minor in enumerate(owed_sums)]
    amount = sum(owed_sums) * percent // 100
    if amount <= 0:
        return
    shares = allocate(usd(amount), debts)
    assert sum(shares.values()) == amount
    assert all(0 < abs(shares[one.order_id]) <= abs(one.left.minor) for one in debts if one.order_id in shares)
