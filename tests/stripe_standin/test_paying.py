"""What paying leaves behind: intents, charges, fees, events; cards, refusals and delayed money."""

import pytest
import stripe

from shop.stripe_standin.money import processing_fee
from shop.stripe_standin.testing import RunningStandIn, running_standin
from tests.stripe_standin.conftest import client_of, gift, metadata_of, tee

EVERYTHING = {"expand": ["payment_intent.latest_charge.balance_transaction", "customer"]}


def paid_for(client: stripe.StripeClient, session_id: str) -> tuple[stripe.PaymentIntent, stripe.Charge]:
    session = client.v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent.latest_charge"]})
    assert isinstance(session.payment_intent, stripe.PaymentIntent)
    assert isinstance(session.payment_intent.latest_charge, stripe.Charge)
    return session.payment_intent, session.payment_intent.latest_charge


def event_types(client: stripe.StripeClient) -> list[str]:
    """Oldest first."""
    return [str(event.type) for event in client.v1.events.list({"limit": 100}).data][::-1]


def test_paying_records_the_charge_and_its_fee(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    data = {"metadata": {"order": "1"}, "description": "Order 1", "transfer_group": "g"}
    session = client.v1.checkout.sessions.create(tee(payment_intent_data=data, customer_creation="always"))
    standin.pay(session.id, email="reader@example.org", name="A Reader")
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": EVERYTHING["expand"]})
    assert (found.status, found.payment_status, found.url) == ("complete", "paid", None)
    assert found.customer_details is not None
    assert (found.customer_details.email, found.customer_details.name) == ("reader@example.org", "A Reader")
    assert found.collected_information is not None
    assert found.collected_information.shipping_details is not None
    assert found.collected_information.shipping_details.address.country == "US"
    assert isinstance(found.customer, stripe.Customer)
    assert found.customer.email == "reader@example.org"
    intent = found.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert (intent.status, intent.amount_received, intent.transfer_group) == ("succeeded", 3_700, "g")
    assert metadata_of(intent) == {"order": "1"}
    assert isinstance(intent.latest_charge, stripe.Charge)
    moved = intent.latest_charge.balance_transaction
    assert isinstance(moved, stripe.BalanceTransaction)
    assert (moved.amount, moved.fee, moved.net, moved.type) == (3_700, 137, 3_563, "charge")


@pytest.mark.parametrize(("amount", "fee"), [(50, 31), (1_000, 59), (3_200, 123), (5_000, 175), (3_700, 137)])
def test_the_fee_is_2_9_percent_and_30_cents(amount: int, fee: int) -> None:
    assert processing_fee(amount) == fee


def test_paying_tells_what_happened_in_order(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    standin.pay(client.v1.checkout.sessions.create(gift()).id)
    assert event_types(client) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    event = client.v1.events.list({"type": "checkout.session.completed"}).data[0]
    assert event.api_version == "2026-10-28.endive"
    assert event.data.object["payment_status"] == "paid"


def test_a_declined_card_leaves_the_session_open(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift())
    standin.pay(session.id, way="decline")
    intent, charge = paid_for(client, session.id)
    assert (intent.status, charge.status, charge.paid) == ("requires_payment_method", "failed", False)
    assert intent.last_payment_error is not None
    assert intent.last_payment_error.code == "card_declined"
    assert event_types(client)[-1] == "payment_intent.payment_failed"
    assert standin.pay(session.id)["payment_intent"] == intent.id
    assert paid_for(client, session.id)[0].status == "succeeded"
    assert [one.paid for one in client.v1.charges.list({"payment_intent": intent.id}).data] == [True, False]


def test_delayed_money_arrives_later(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift())
    assert standin.pay(session.id, way="delayed_arrives")["payment_status"] == "unpaid"
    assert paid_for(client, session.id)[0].status == "processing"
    standin.hook("clock", advance=6)
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert (found.status, found.payment_status) == ("complete", "paid")
    assert paid_for(client, session.id)[1].balance_transaction is not None
    assert event_types(client)[-1] == "checkout.session.async_payment_succeeded"


def test_delayed_money_can_fail_to_arrive(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift())
    standin.pay(session.id, way="delayed_fails")
    standin.hook(f"sessions/{session.id}/settle")
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert (found.status, found.payment_status) == ("complete", "unpaid")
    assert paid_for(client, session.id)[1].status == "failed"
    assert event_types(client)[-1] == "checkout.session.async_payment_failed"
    assert client.v1.balance_transactions.list().data == []


def test_a_second_payment_changes_nothing(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift())
    standin.pay(session.id)
    with pytest.raises(OSError, match="400"):
        standin.pay(session.id)
    assert len(client.v1.charges.list().data) == 1


def test_an_order_of_nothing_needs_no_payment(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift(0))
    after = standin.pay(session.id)
    assert (after["payment_status"], after["payment_intent"]) == ("no_payment_required", None)


def test_the_balance_is_pending_for_two_days(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    standin.pay(client.v1.checkout.sessions.create(gift(2_000)).id)
    assert client.v1.balance.retrieve().pending[0].amount == 2_000 - processing_fee(2_000)
    standin.hook("clock", advance=2 * 24 * 60 * 60 + 1)
    balance = client.v1.balance.retrieve()
    assert (balance.pending[0].amount, balance.available[0].amount) == (0, 2_000 - processing_fee(2_000))


def test_balance_transactions_are_found_by_what_moved_them(
    standin: RunningStandIn, client: stripe.StripeClient
) -> None:
    sessions = [client.v1.checkout.sessions.create(gift()).id for _ in range(2)]
    for session_id in sessions:
        standin.pay(session_id)
    charge = paid_for(client, sessions[0])[1]
    found = client.v1.balance_transactions.list({"source": charge.id}).data
    assert [one.id for one in found] == [charge.balance_transaction]
    assert len(client.v1.balance_transactions.list({"type": "charge"}).data) == 2
    assert client.v1.balance_transactions.list({"type": "refund"}).data == []


def test_a_restart_keeps_everything(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = tmp_path_factory.mktemp("standin") / "state.sqlite3"
    with running_standin(database=database) as standin:
        session = client_of(standin).v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
        standin.hook("clock", advance=60)
    with running_standin(database=database) as standin:
        client = client_of(standin)
        again = client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
        assert again.id == session.id
        assert standin.world.clock.offset == 60
        standin.pay(session.id)
    with running_standin(database=database) as standin:
        client = client_of(standin)
        assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
        assert event_types(client)[-1] == "checkout.session.completed"
