"""Every cent at Stripe explained: kept, posted, proven, and each gap named."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from shop.books.operations import post
from shop.books.queries import balances
from shop.core.database import end_read, transaction
from shop.core.money import Money
from shop.journeys.go_live import note_live
from shop.journeys.refund_order import refund_order
from shop.journeys.stripe_account import Gap, explain_move, keep_account, prove
from shop.payments.queries.account import moves_apart, payouts, unexplained_moves
from shop.payments.reports import Move
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


def test_a_payout_that_comes_back_after_it_was_paid_goes_out_again(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    till.sweeps()
    first = till.processor.account.pays_out()
    assert first is not None
    till.sweeps()
    assert payouts()[0].status == "paid"
    till.processor.account.sends_back(first)
    for _ in range(2):
        till.sweeps()
    (came_back,) = payouts()
    assert (came_back.came_back, came_back.failure) == (True, "The bank account has been closed.")
    assert (balances().get(("bank", "", "USD"), 0), gaps(till)) == (0, [])
    assert till.post.subjects.count("A payout did not reach our bank") == 1
    till.processor.account.pays_out()
    till.sweeps()
    again = next(one for one in payouts() if not one.came_back)
    assert (again.amount, again.adds_up, again.status) == (came_back.amount, True, "paid")
    assert (balances()["bank", "", "USD"], gaps(till)) == (again.amount.minor, [])


def test_what_moved_in_test_mode_is_apart_once_the_store_is_live(shopper: Shopper, till: Till) -> None:
    """Tests of before are in no sum, list or gap; what a test key reads afterwards is told as a test as well."""
    shopper.buys("TEE-M", 2)
    till.processor.account.move("adjustment", usd(-250), source="")
    till.sweeps()
    till.processor.account.pays_out()
    till.sweeps()
    assert (len(unexplained_moves()), len(payouts()), moves_apart()) == (1, 1, 0)
    real = Till()
    real.processor.account.moves.append(_old_move(real, "adjustment", usd(9_000)))
    live = replace(real.services, live=True)
    note_live(live=True)
    keep_account(live)
    (left,) = unexplained_moves()
    assert (left.net, payouts(), moves_apart()) == (usd(9_000), [], 3)
    (proof,) = prove(live)
    assert (proof.held, proof.kept, proof.books) == (usd(9_000), usd(9_000), usd(0))
    keep_account(till.services)
    till.processor.account.move("stripe_fee", usd(-200), source="")
    keep_account(till.services)
    assert (len(unexplained_moves()), moves_apart()) == (1, 4)
    assert [one.held for one in prove(till.services)] == [None], "a test key knows nothing of the real account"
    end_read()


def _old_move(till: Till, kind: str, amount: Money) -> Move:
    """As a real account may have, from long before it was connected to this store."""
    made = till.processor.account.move(kind, amount, source="")
    till.processor.account.moves.clear()
    return replace(made, id="txn_real", created_at=made.created_at - timedelta(days=400))
