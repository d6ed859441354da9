"""Refunds, disputes and warnings from Stripe's side: whatever is told, in any order and twice, it ends the same."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from shop.books.queries import party_balances, posted_for
from shop.core.database import end_read, session, transaction
from shop.journeys.refund_order import give_part_back, refund_order
from shop.journeys.refund_plan import Wish
from shop.journeys.settle_charge import settle_charge, take_warning
from shop.orders.queries import events_of, lines_of
from shop.payments.operations.disputes import note_dispute
from shop.payments.queries import refunds_of
from shop.payments.queries.disputes import disputes_of, open_warnings
from shop.receipts.queries import issued_for
from shop.stock.queries import levels
from tests.support.factories import Shelf, Shopper, usd
from tests.support.held_clock import START
from tests.support.processor import charge_of
from tests.support.till import Till

_COUNT = text("SELECT COUNT(*) FROM journal_entries")


def charge(till: Till, shopper: Shopper) -> str:
    return charge_of(till.processor.page_of(shopper.order_id))


def posted(shopper: Shopper) -> dict[str, int]:
    found = {account: minor for (account, _), minor in posted_for(shopper.order_id).items()}
    end_read()
    return found


def owed() -> dict[str, int]:
    found = {one.kind: one.owed.minor for one in party_balances()}
    end_read()
    return found


# Refunds made in the dashboard


def test_all_given_back_in_the_dashboard_is_as_if_staff_had_done_it(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    till.processor.gives_back(shopper.session_id, 6200)
    till.catches_up()
    (made,) = refunds_of(shopper.order_id)
    assert (made.state, made.origin, made.goods, made.gift) == ("made", "dashboard", 5000, 700)
    assert (shopper.order.state, owed()) == ("cancelled", {"gifts": 0, "pledges": 0})
    assert levels([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]].available == 10
    assert till.post.subjects[-1] == f"Money back for order {shopper.order.number}"


def test_several_given_back_there_before_we_hear_of_any_are_told_one_by_one(shopper: Shopper, till: Till) -> None:
    """Each in a write unit of its own: the second asks for stock and pledges, which come before the books."""
    shopper.gives(700).buys("TEE-M", 2)
    for minor in (1000, 700, 4500):
        till.processor.gives_back(shopper.session_id, minor)
    till.catches_up()
    assert [one.amount for one in refunds_of(shopper.order_id)] == [usd(1000), usd(700), usd(4500)]
    assert (shopper.order.state, owed()) == ("cancelled", {"gifts": 0, "pledges": 0})


def test_a_part_given_back_there_is_money_off_and_leaves_gift_and_pledge(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    till.processor.gives_back(shopper.session_id, 1000)
    till.catches_up()
    (made,) = refunds_of(shopper.order_id)
    assert {part: minor for part, minor in made.parts().items() if minor} == {"goods": 1000}
    assert shopper.order.state == "paid"
    assert owed() == {"gifts": 700, "pledges": 1000}


def test_news_of_our_own_refund_make_no_second_one(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.fails("refund", "after")
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    till.catches_up()
    (made,) = refunds_of(shopper.order_id)
    assert (made.state, made.stripe_id) == ("made", f"re_{shopper.order_id}-whole_1")


def test_what_the_dashboard_gave_back_pays_what_we_had_promised(shopper: Shopper, till: Till) -> None:
    """Staff and somebody in the dashboard at the same moment: the money left once, and the books say once."""
    shopper.buys("TEE-M", 2)
    (line,) = lines_of(shopper.order_id)
    end_read()
    wish = Wish(units={line.id: 1})
    give_part_back(order_id=shopper.order_id, wish=wish, key="a" * 26, reason="Torn", actor="robin")
    till.processor.gives_back(shopper.session_id, 5500)
    till.catches_up()
    till.hears(*till.processor.told())
    till.works()
    assert sorted((one.state, one.amount.minor) for one in refunds_of(shopper.order_id)) == [
        ("made", 2500),
        ("made", 3000),
    ]
    assert posted(shopper)["processor_clearing"] == -till.processor.account.moves[0].fee


def test_a_pending_refund_that_fails_is_owed_again(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.refunds_become = "pending"
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    assert refunds_of(shopper.order_id)[0].state == "pending"
    assert "customer_refunds_payable" not in posted(shopper)
    till.processor.bank_says(shopper.session_id, f"re_{shopper.order_id}-whole_1", "failed")
    till.catches_up()
    assert (refunds_of(shopper.order_id)[0].state, posted(shopper)["customer_refunds_payable"]) == ("failed", -3000)


# Disputes


def test_a_dispute_takes_money_and_fee_and_nothing_counts_as_raised_meanwhile(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    before = posted(shopper)["processor_clearing"]
    till.processor.is_disputed(shopper.session_id)
    till.catches_up()
    assert posted(shopper)["processor_clearing"] == before - 6200 - 1500
    assert (posted(shopper)["disputes"], owed()) == (5500, {"gifts": 0, "pledges": 0})
    (seen,) = disputes_of(shopper.order_id)
    assert (seen.status, seen.withdrawn, seen.fee) == ("needs_response", 6200, 1500)
    assert "disputed" in [event.kind for event in events_of(shopper.order_id)]


def _letters(till: Till, subject: str) -> list[str]:
    """The plain texts of those letters, line ends made spaces."""
    found = (one for one in till.post.letters if subject in str(one["Subject"]))
    return [" ".join(one.get_body(("plain",)).get_content().split()) for one in found]  # type: ignore[union-attr]


def test_staff_are_told_of_a_dispute_and_the_buyer_of_a_lost_one(shopper: Shopper, till: Till) -> None:
    """Each once, whatever is heard twice; with the deadline, the sums and what became of the receipt."""
    shopper.gives(700).buys("TEE-M", 2)
    receipt = issued_for(shopper.order_id)
    end_read()
    till.processor.is_disputed(shopper.session_id)
    till.catches_up()
    (opened,) = _letters(till, "A payment is contested")
    assert "contests $62.00." in opened
    assert "Stripe’s fee for it: $15.00" in opened
    assert "The order is on hold" in opened
    for _ in range(2):
        till.processor.decides(shopper.session_id, won=False)
        till.hears(*till.processor.told())
        till.sweeps()
    (lost,) = _letters(till, "The bank decided for the customer")
    assert "Its tees are still here" in lost
    (news,) = _letters(till, f"News of your order {shopper.order.number}")
    assert receipt is not None
    assert "Your bank decided that $62.00 of this payment goes back to you." in news
    assert f"Receipt {receipt.name} is void with it" in news


def test_a_dispute_that_is_won_brings_all_back_but_the_fee(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    before = posted(shopper)
    till.processor.is_disputed(shopper.session_id)
    till.catches_up()
    till.processor.decides(shopper.session_id, won=True)
    till.catches_up()
    after = posted(shopper)
    assert after == before | {
        "processor_clearing": before["processor_clearing"] - 1500,
        "processor_fees": before["processor_fees"] + 1500,
    }
    assert owed() == {"gifts": 700, "pledges": 1000}


@pytest.mark.parametrize(("minor", "given"), [(None, None), (5_600, 600), (3_000, 700)])
def test_a_lost_dispute_leaves_a_receipt_over_what_is_kept(
    shopper: Shopper, till: Till, minor: int | None, given: int | None
) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    till.processor.is_disputed(shopper.session_id, minor)
    till.catches_up()
    held = issued_for(shopper.order_id)
    assert held is not None
    assert held.content.gift == usd(700), "while nothing is decided"
    for _ in range(2):
        till.processor.decides(shopper.session_id, won=False)
        till.catches_up()
    held = issued_for(shopper.order_id)
    assert (held.content.gift.minor if held else None) == given


def test_a_bank_that_takes_a_part_takes_the_gift_last(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    till.processor.is_disputed(shopper.session_id, 5600)
    till.catches_up()
    assert (posted(shopper)["disputes"], owed()) == (5500, {"gifts": 600, "pledges": 0})


def test_older_news_of_a_dispute_do_not_undo_newer_ones(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.is_disputed(shopper.session_id)
    (older,) = till.processor.read_charge(charge(till, shopper)).disputes
    till.processor.decides(shopper.session_id, won=True)
    till.catches_up()
    with transaction():
        assert note_dispute(shopper.order_id, charge(till, shopper), older) is None
    assert disputes_of(shopper.order_id)[0].status == "won"


# In any order, lost, and of others


def test_a_charge_told_of_before_its_payment_settles_that_first(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.gives_back(shopper.session_id, 3000)
    assert settle_charge(charge(till, shopper), till.services) == shopper.order_id
    assert (shopper.order.state, refunds_of(shopper.order_id)[0].state) == ("cancelled", "made")
    end_read()
    till.works()


def test_lost_news_are_found_by_the_sweep(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    till.processor.gives_back(shopper.session_id, 1000)
    till.processor.told()
    till.sweeps()
    till.processor.is_disputed(shopper.session_id, 2000)
    till.processor.told()
    till.sweeps()
    till.processor.decides(shopper.session_id, won=False)
    till.processor.told()
    till.sweeps()
    assert [one.amount for one in refunds_of(shopper.order_id)] == [usd(1000)]
    assert [(one.status, one.closed) for one in disputes_of(shopper.order_id)] == [("lost", True)]


def test_told_twice_is_told_once(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    till.processor.gives_back(shopper.session_id, 1000)
    till.catches_up()
    before = session().execute(_COUNT).scalar_one()
    end_read()
    for _ in range(3):
        settle_charge(charge(till, shopper), till.services)
    assert session().execute(_COUNT).scalar_one() == before
    assert len(refunds_of(shopper.order_id)) == 1


@pytest.mark.breaks_invariants("the same refund is counted twice on purpose")
def test_the_control_with_no_eye_on_what_was_known_each_telling_gives_back_again(
    shopper: Shopper, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    shopper.buys("TEE-M", 2)
    till.processor.gives_back(shopper.session_id, 1000)
    till.catches_up()
    monkeypatch.setattr("shop.journeys.settle_charge.refunds_of", lambda _order_id: [])
    settle_charge(charge(till, shopper), till.services)
    assert shopper.order.returned.goods == usd(2000)


def test_a_fraud_warning_waits_for_a_decision(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    for _ in range(2):
        take_warning(
            warning_id="issfr_1",
            charge_id=charge(till, shopper),
            kind="misc",
            warned_at=START,
            services=till.services,
        )
    assert [one.order_id for one in open_warnings()] == [shopper.order_id]
