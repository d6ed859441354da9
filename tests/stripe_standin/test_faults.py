"""Faults on demand behave as their names say, and the official library sees them."""

import http.client
import json
import random
import time
import urllib.request
from urllib.parse import urlencode, urlsplit

import pytest
import stripe
from werkzeug.test import Client
from werkzeug.wrappers import Request

from shop.stripe_standin.parameters import checkout
from shop.stripe_standin.routing import ENDPOINTS
from shop.stripe_standin.testing import RunningStandIn, running_standin
from shop.stripe_standin.wsgi import dispatch
from tests.stripe_standin.conftest import client_of, gift


def made(client: stripe.StripeClient) -> int:
    return len(client.v1.checkout.sessions.list().data)


def test_a_500_before_does_nothing_and_a_retry_heals_it(standin: RunningStandIn) -> None:
    standin.hook("faults", kind="error_before", method="POST", path="/v1/checkout/sessions")
    client = client_of(standin, max_network_retries=2)
    assert client.v1.checkout.sessions.create(gift()).status == "open"
    assert made(client) == 1


def test_a_429_is_told_as_such(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    standin.hook("faults", kind="rate_limit", count=2)
    for _ in range(2):
        with pytest.raises(stripe.RateLimitError):
            client.v1.checkout.sessions.create(gift())
    assert made(client) == 0


def test_a_timeout_after_success_is_healed_by_the_same_key(standin: RunningStandIn) -> None:
    standin.hook("faults", kind="timeout_after", method="POST", delay=5)
    patient = client_of(standin, http_client=stripe.RequestsClient(timeout=0.5), max_network_retries=1)
    assert patient.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"}).status == "open"
    assert made(patient) == 1


@pytest.mark.parametrize(("kind", "count"), [("reset_before", 0), ("reset_after", 1)])
def test_a_dropped_connection_looks_like_one(
    standin: RunningStandIn, client: stripe.StripeClient, kind: str, count: int
) -> None:
    standin.hook("faults", kind=kind, method="POST")
    with pytest.raises(stripe.APIConnectionError):
        client.v1.checkout.sessions.create(gift())
    assert made(client) == count


def test_faults_meet_only_what_they_were_set_for(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    standin.hook("faults", kind="error_before", method="POST", path="/v1/refunds")
    assert client.v1.checkout.sessions.create(gift()).status == "open"
    assert standin.hook("faults/clear") == {"waiting": 0}


def test_requests_are_remembered_with_their_parameters(standin: RunningStandIn, client: stripe.StripeClient) -> None:
    client.v1.checkout.sessions.create(gift(), {"idempotency_key": "order-1"})
    seen = standin.requests()[-1]
    assert (seen["method"], seen["path"], seen["idempotency_key"]) == ("POST", "/v1/checkout/sessions", "order-1")
    assert seen["params"]["line_items"][0]["price_data"]["unit_amount"] == "2000"
    assert seen["stripe_version"] == "2026-10-28.endive"


def test_hooks_are_absent_unless_asked_for() -> None:
    with running_standin(test_hooks=False) as standin, pytest.raises(OSError, match="404"):
        standin.hook("clock", advance=1)


@pytest.mark.parametrize(
    ("path", "body"),
    [("faults", '{"kind": "fire"}'), ("clock", '{"advance": -1}'), ("clock", "{}"), ("webhooks", "[]"), ("x", "{}"),
     ("faults", "nonsense"), ("sessions/none/pay", "{}"), ("sessions/none/expire", "{}")],
)  # fmt: skip
def test_an_impossible_hook_is_refused_in_words(standin: RunningStandIn, path: str, body: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(standin.base_url).netloc, timeout=10)
    connection.request("POST", f"/_test/{path}", body)
    answer = connection.getresponse()
    assert (answer.status, list(json.load(answer))) == (400, ["error"])
    connection.close()


@pytest.mark.parametrize(
    "body", ["a[=1", "a=1&a=2", "a[b]=1&a=2", "a=1&a[b]=2", "a[b][c][d][e][f][g][h][i][j]=1", "=1", "%ff=%fe", "a" * 9]
)
def test_malformed_forms_are_refused_and_never_break_it(standin: RunningStandIn, body: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(standin.base_url).netloc, timeout=10)
    for method in ("POST", "GET"):
        headers = {"Authorization": "Bearer sk_test_x", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, "/v1/checkout/sessions", body, headers)
        answer = connection.getresponse()
        assert (answer.status, "error" in json.load(answer)) == (400, True)
    connection.close()


def test_one_connection_serves_many_requests_quickly(standin: RunningStandIn) -> None:
    connection = http.client.HTTPConnection(urlsplit(standin.base_url).netloc, timeout=10)
    started = time.perf_counter()
    for _ in range(50):
        connection.request("GET", "/v1/balance", headers={"Authorization": "Bearer sk_test_x"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        assert not answer.will_close
    connection.close()
    assert time.perf_counter() - started < 2


JUNK = (
    "",
    " ",
    "\x00",
    "-1",
    "1e9",
    "9" * 30,
    "true",
    "null",
    "é→",
    "a" * 600,
    "http://[",
    "http://a;b",
    "{}",
    "[]",
    "'",
)


def test_two_thousand_odd_requests_never_break_it(standin: RunningStandIn) -> None:
    chance = random.Random(2)  # a repeatable choice
    names = [*checkout.CREATE_SESSION.kinds, "line_items[0][price_data][unit_amount]", "line_items[0][quantity]",
             "line_items[0][price_data][product_data][name]", "shipping_options[0][shipping_rate_data]", "metadata[x]",
             "expand[]", "created[gte]", "limit", "starting_after", "types[]", "amount", "charge"]  # fmt: skip
    paths = [end.path.replace("<id>", "x") for end in ENDPOINTS]
    client = Client(lambda environ, start: dispatch(standin.world, Request(environ))(environ, start))
    statuses = set()
    for _ in range(2_000):
        form = {chance.choice(names) + chance.choice(("", "", "[0]", "[x]")): chance.choice(JUNK) for _ in range(4)}
        answer = client.open(
            chance.choice(paths),
            method=chance.choice(("GET", "POST")),
            query_string=urlencode(form) if chance.random() < 0.3 else "",
            data=urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers={"Authorization": "Bearer sk_test_x"},
        )
        statuses.add(answer.status_code)
    assert statuses <= {200, 400, 404}


def test_addresses_in_other_scripts_survive_the_page(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(gift(success_url="http://bücher.test/danke→{CHECKOUT_SESSION_ID}"))
    assert session.url is not None
    with urllib.request.urlopen(session.url, timeout=10) as page:
        assert "form-action 'self' http://xn--bcher-kva.test" in page.headers["Content-Security-Policy"]
