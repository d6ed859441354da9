"""Refunds are bounded by what remains, and the fee is not given back."""

import threading

import pytest
import stripe

from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.conftest import client_of, gift, metadata_of


@pytest.fixture
def intent(standin: RunningStandIn, client: stripe.StripeClient) -> str:
    """The paid intent of a gift of 20.00."""
    intent_id: str = standin.pay(client.v1.checkout.sessions.create(gift(2_000)).id)["payment_intent"]
    return intent_id


def test_a_part_and_then_the_rest_can_be_refunded(client: stripe.StripeClient, intent: str) -> None:
    part = client.v1.refunds.create(
        {"payment_intent": intent, "amount": 500, "reason": "requested_by_customer", "metadata": {"line": "1"}}
    )
    assert (part.status, part.amount, metadata_of(part)) == ("succeeded", 500, {"line": "1"})
    rest = client.v1.refunds.create({"payment_intent": intent})
    assert rest.amount == 1_500
    charge = client.v1.charges.list({"payment_intent": intent}).data[0]
    assert (charge.amount_refunded, charge.refunded) == (2_000, True)
    assert [one.id for one in client.v1.refunds.list({"charge": charge.id}).data] == [rest.id, part.id]
    moved = client.v1.balance_transactions.list({"type": "refund"}).data
    assert [(one.amount, one.fee, one.net) for one in moved] == [(-1_500, 0, -1_500), (-500, 0, -500)]
    types = [event.type for event in client.v1.events.list({"limit": 6}).data][::-1]
    assert types == ["refund.created", "charge.refunded", "refund.updated"] * 2


def test_no_more_than_what_remains_is_refunded(client: stripe.StripeClient, intent: str) -> None:
    client.v1.refunds.create({"payment_intent": intent, "amount": 1_500})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent, "amount": 501})
    assert getattr(caught.value, "param", None) == "amount"
    client.v1.refunds.create({"payment_intent": intent, "amount": 500})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_already_refunded"


def test_ten_refunds_at_once_cannot_give_back_more_than_was_paid(standin: RunningStandIn, intent: str) -> None:
    given: list[int] = []

    def refund() -> None:
        try:
            given.append(client_of(standin).v1.refunds.create({"payment_intent": intent, "amount": 300}).amount)
        except stripe.InvalidRequestError:
            given.append(0)

    threads = [threading.Thread(target=refund) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(given) == 1_800


def test_unpaid_and_unknown_payments_cannot_be_refunded(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift())
    declined = standin.pay(session.id, way="decline")["payment_intent"]
    for asked in ({"payment_intent": declined}, {"payment_intent": "pi_none"}, {"charge": "ch_none"}, {}):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.refunds.create(asked)  # type: ignore[arg-type] # one of them is wrong on purpose
        assert caught.value.http_status == 400


def test_refunds_are_expanded_on_their_charge(client: stripe.StripeClient, intent: str) -> None:
    refund = client.v1.refunds.create({"payment_intent": intent, "expand": ["balance_transaction", "charge.refunds"]})
    assert isinstance(refund.balance_transaction, stripe.BalanceTransaction)
    assert isinstance(refund.charge, stripe.Charge)
    assert refund.charge.refunds is not None
    assert refund.charge.refunds.data[0].id == refund.id


def test_a_refunds_metadata_can_change(client: stripe.StripeClient, intent: str) -> None:
    refund = client.v1.refunds.create({"payment_intent": intent})
    assert metadata_of(client.v1.refunds.update(refund.id, {"metadata": {"note": "kind"}})) == {"note": "kind"}
    assert metadata_of(client.v1.refunds.retrieve(refund.id)) == {"note": "kind"}
