"""Every cent at Stripe explained: kept, posted, proven, and each gap named."""

from __future__ import annotations

from shop.books.operations import post
from shop.books.queries import balances
from shop.core.database import end_read, transaction
from shop.core.money import Money
from shop.journeys.refund_order import refund_order
from shop.journeys.stripe_account import Gap, explain_move, keep_account, prove
from shop.payments.queries.account import payouts, unexplained_moves
from tests.support.factories import Shopper, usd
from tests.support.till import Till


def gaps(till: Till) -> list[Gap]:
    found = [gap for proof in prove(till.services) for gap in proof.gaps]
    end_read()
    return found


def test_sale_refund_dispute_and_payout_are_explained_to_the_cent(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    other = Shopper(till).buys("TEE-L")
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    till.processor.is_disputed(other.session_id, 1000)
    third = Shopper(till).buys("TEE-S", 3)
    till.sweeps()
    till.processor.account.pays_out()
    till.sweeps()
    (proof,) = prove(till.services)
    assert (proof.gaps, proof.held, proof.books) == ([], usd(0), usd(0))
    (paid,) = payouts()
    assert (paid.adds_up, paid.lines, paid.status) == (True, 5, "paid")
    assert balances()["bank", "", "USD"] == paid.amount.minor
    end_read()
    assert third.order.state == "paid"


def test_keeping_twice_keeps_and_posts_once(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.account.move("stripe_fee", usd(-200), source="")
    assert [keep_account(till.services), keep_account(till.services)] == [2, 0]
    assert balances()["processor_fees", "", "USD"] == 117 + 200
    end_read()
    assert gaps(till) == []


def test_a_fee_that_is_not_known_yet_is_a_named_gap(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.books_fee(shopper.session_id, booked=False)
    shopper.comes_back()
    till.works()
    assert gaps(till) == [Gap(f"order {shopper.order.number}", usd(-3000))]
    till.processor.books_fee(shopper.session_id)
    till.sweeps()
    assert gaps(till) == []


def test_what_nothing_explains_is_named_until_somebody_says_why(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.account.move("adjustment", usd(-250), source="")
    till.sweeps()
    (gap,) = gaps(till)
    assert (gap.amount, "adjustment txn_" in gap.about) == (usd(-250), True)
    (move,) = unexplained_moves()
    end_read()
    given = {"account_name": "processor_fees", "party": "", "reason": "Sandbox correction", "actor": "robin"}
    with transaction():
        assert explain_move(transaction_id=move.id, **given)
    with transaction():
        assert not explain_move(transaction_id=move.id, **given)
    assert gaps(till) == []


def test_what_somebody_posts_without_a_transaction_is_named(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.sweeps()
    with transaction():
        amounts = {("processor_clearing", ""): 5, ("bank", ""): -5}
        post(amounts, currency="USD", memo="Found a nickel", actor="robin")
    (gap,) = gaps(till)
    assert (gap.amount, gap.about.startswith("journal entry ")) == (usd(-5), True)


def test_what_stripe_holds_and_we_have_not_kept_is_named(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.sweeps()
    till.processor.account.move("adjustment", Money(100, "USD"), source="")
    assert gaps(till) == [Gap("transactions that Stripe has and we have not kept yet", usd(100))]
