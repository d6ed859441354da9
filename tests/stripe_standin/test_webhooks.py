"""Events reach the webhook: signed, again after a failure, held, dropped, doubled, in any order."""

import json
import time
from collections.abc import Iterator

import pytest
import stripe

from shop.stripe_standin.signing import signature_header
from shop.stripe_standin.testing import TEST_SECRET, RunningStandIn, running_standin
from shop.stripe_standin.webhooks import pause_after
from tests.stripe_standin.conftest import Receiver, client_of, gift


@pytest.fixture
def standin(receiver: Receiver) -> Iterator[RunningStandIn]:
    """A stand-in whose webhooks go to the receiver."""
    with running_standin(webhook_url=receiver.url) as running:
        yield running


def sell(standin: RunningStandIn) -> str:
    """A sale makes four events; answers the session's id."""
    session_id = client_of(standin).v1.checkout.sessions.create(gift()).id
    standin.pay(session_id)
    return session_id


def undelivered(standin: RunningStandIn) -> int:
    return len(client_of(standin).v1.events.list({"delivery_success": False, "limit": 100}).data)


def wait_until_delivered(standin: RunningStandIn) -> None:
    until = time.monotonic() + 10
    while undelivered(standin) and time.monotonic() < until:
        time.sleep(0.02)
    assert undelivered(standin) == 0


def wait_for_tries(standin: RunningStandIn, tries: int) -> None:
    """Until every delivery was tried so often and the outcome is on record."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        rows = standin.world.store.rows("SELECT 1 FROM delivery WHERE attempts < ? OR state = 'sending'", (tries,))
        if not rows:
            return
        time.sleep(0.02)
    raise AssertionError("a delivery was not tried")


def test_a_signed_event_is_accepted_by_stripes_own_check(standin: RunningStandIn, receiver: Receiver) -> None:
    session_id = sell(standin)
    events = [stripe.Webhook.construct_event(body, signature, TEST_SECRET) for body, signature in receiver.wait_for(4)]
    completed = next(event for event in events if event.type == "checkout.session.completed")
    assert completed.data.object["id"] == session_id
    assert completed.pending_webhooks == 1
    wait_until_delivered(standin)
    assert client_of(standin).v1.events.retrieve(completed.id).pending_webhooks == 0


def test_a_changed_body_or_another_secret_is_refused(standin: RunningStandIn, receiver: Receiver) -> None:
    sell(standin)
    body, signature = receiver.wait_for(1)[0]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", signature, TEST_SECRET)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, signature, "whsec_other")
    old = signature_header("{}", secret=TEST_SECRET, timestamp=int(time.time()) - 301)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(b"{}", old, TEST_SECRET)


def test_a_refused_event_comes_again(standin: RunningStandIn, receiver: Receiver) -> None:
    receiver.answers = [500, 302, 404, 500]
    sell(standin)
    receiver.wait_for(4)
    assert undelivered(standin) == 4
    standin.hook("clock", advance=2)
    receiver.wait_for(8)
    wait_until_delivered(standin)
    ids = [json.loads(body)["id"] for body, _ in receiver.taken]
    assert sorted(ids[:4]) == sorted(ids[4:])


def test_pauses_double_up_to_a_minute() -> None:
    assert [pause_after(tries) for tries in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_tries_end_after_three_days(standin: RunningStandIn, receiver: Receiver) -> None:
    receiver.answers = [500] * 8
    sell(standin)
    wait_for_tries(standin, 1)
    standin.hook("clock", advance=3 * 24 * 60 * 60 + 1)
    wait_for_tries(standin, 2)
    standin.hook("clock", advance=3_600)
    time.sleep(0.7)
    assert len(receiver.taken) == 8
    assert undelivered(standin) == 4


def test_held_events_wait_until_they_are_let_go(standin: RunningStandIn, receiver: Receiver) -> None:
    standin.hook("webhooks", mode="hold")
    sell(standin)
    assert (receiver.taken, undelivered(standin)) == ([], 4)
    results = standin.hook("webhooks/flush", order="reversed")["results"]
    assert [result["status"] for result in results] == [200] * 4
    first = json.loads(receiver.taken[0][0])
    assert first["type"] == "checkout.session.completed"
    assert undelivered(standin) == 0


def test_dropped_events_are_found_only_in_the_list(standin: RunningStandIn, receiver: Receiver) -> None:
    standin.hook("webhooks", mode="drop")
    sell(standin)
    assert standin.hook("webhooks/flush")["results"] == []
    lost = client_of(standin).v1.events.list({"delivery_success": False, "types": ["checkout.session.*"]}).data
    assert [event.type for event in lost] == ["checkout.session.completed"]
    assert receiver.taken == []


def test_an_event_can_come_twice_or_as_two_events(standin: RunningStandIn, receiver: Receiver) -> None:
    standin.hook("webhooks", mode="duplicate")
    sell(standin)
    ids = [json.loads(body)["id"] for body, _ in receiver.wait_for(8)]
    assert len(set(ids)) == 4
    standin.hook("webhooks", mode="twin")
    sell(standin)
    ids = [json.loads(body)["id"] for body, _ in receiver.wait_for(16)[8:]]
    assert len(set(ids)) == 8


def test_what_was_not_delivered_goes_out_after_a_restart(
    tmp_path_factory: pytest.TempPathFactory, receiver: Receiver
) -> None:
    database = tmp_path_factory.mktemp("standin") / "state.sqlite3"
    receiver.answers = [503] * 4
    with running_standin(database=database, webhook_url=receiver.url) as standin:
        sell(standin)
        receiver.wait_for(4)
    with running_standin(database=database, webhook_url=receiver.url) as standin:
        receiver.wait_for(8)
        wait_until_delivered(standin)
