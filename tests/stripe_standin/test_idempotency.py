"""One key, one effect: replays, conflicts, refusals and two requests at once."""

import threading
from typing import Any

import pytest
import stripe

from shop.stripe_standin.testing import RunningStandIn
from tests.stripe_standin.conftest import client_of, gift


def sessions_made(client: stripe.StripeClient) -> int:
    return len(client.v1.checkout.sessions.list({"limit": 100}).data)


def test_a_replay_returns_the_first_answer_and_does_nothing(client: stripe.StripeClient) -> None:
    first = client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
    again = client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
    assert again.id == first.id
    assert again.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert sessions_made(client) == 1


def test_other_parameters_under_the_same_key_are_refused(client: stripe.StripeClient) -> None:
    client.v1.checkout.sessions.create(gift(2_000), {"idempotency_key": "order-1"})
    with pytest.raises(stripe.IdempotencyError) as caught:
        client.v1.checkout.sessions.create(gift(2_001), {"idempotency_key": "order-1"})
    assert caught.value.http_status == 400
    assert sessions_made(client) == 1


def test_a_refused_request_leaves_its_key_free(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(gift(1), {"idempotency_key": "order-1"})
    assert client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"}).status == "open"


def test_even_a_500_is_replayed(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    standin.hook("faults", kind="error_after", method="POST")
    for _ in range(2):
        with pytest.raises(stripe.APIError) as caught:
            client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
        assert caught.value.http_status == 500
    assert sessions_made(client) == 1


def test_a_key_is_forgotten_after_a_day(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    first = client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
    standin.hook("clock", advance=24 * 60 * 60 + 1)
    assert client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"}).id != first.id


def test_two_requests_at_once_have_one_effect(standin: RunningStandIn) -> None:
    standin.hook("faults", kind="slow", method="POST", delay=0.5)
    answers: list[Any] = []

    def create() -> None:
        try:
            client = client_of(standin, max_network_retries=0)
            answers.append(client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"}).id)
        except stripe.APIError as error:
            body: Any = error.json_body
            answers.append((error.http_status, body["error"]["code"]))

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one for one in answers if isinstance(one, str)}) == 1
    assert answers.count((409, "idempotency_key_in_use")) == 3
    assert sessions_made(client_of(standin)) == 1
