"""Stripe's news at the door: what is signed is kept once, whatever else is refused and leaves no trace."""

from __future__ import annotations

import json
import time

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select

from shop.core.config import STANDIN_SECRET, Settings
from shop.core.database import end_read, session
from shop.core.outbox import Job
from shop.payments.models import StripeEvent
from shop.stripe_standin.signing import signature_header
from tests.support.client import SeparateClient, visitor_of
from tests.support.factories import Shelf

EVENT = json.dumps(
    {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    }
)


def _sent(
    client: SeparateClient,
    payload: str = EVENT,
    *,
    signature: str | None = None,
    secret: str = STANDIN_SECRET,
    age: int = 0,
) -> int:
    """The status of the answer to a webhook that was signed `age` seconds ago."""
    if signature is None:
        signature = signature_header(payload, secret=secret, timestamp=int(time.time()) - age)
    headers = {"Stripe-Signature": signature} if signature else {}
    return client.post("/stripe/webhook", data=payload, content_type="application/json", headers=headers).status_code


def _kept() -> tuple[int, int]:
    """Rows of the inbox, and promises to act on them."""
    events = session().execute(select(func.count()).select_from(StripeEvent)).scalar_one()
    jobs = session().execute(select(func.count()).select_from(Job).where(Job.kind == "event")).scalar_one()
    end_read()
    return events, jobs


def test_a_signed_event_is_kept_and_acting_on_it_promised(shelf: Shelf, client: SeparateClient) -> None:
    assert _sent(client) == 200
    assert _kept() == (1, 1)


def test_twice_is_kept_once(shelf: Shelf, client: SeparateClient) -> None:
    assert [_sent(client), _sent(client), _sent(client)] == [200, 200, 200]
    assert _kept() == (1, 1)


def test_it_needs_no_page_of_ours_to_come_from(shelf: Shelf, client: SeparateClient) -> None:
    signature = signature_header(EVENT, secret=STANDIN_SECRET, timestamp=int(time.time()))
    headers = {"Stripe-Signature": signature, "Sec-Fetch-Site": "cross-site", "Origin": "https://stripe.com"}
    assert client.post("/stripe/webhook", data=EVENT, headers=headers).status_code == 200


@pytest.mark.parametrize("age", [301, -302, 86_400, -86_400])
def test_a_stale_signature_is_refused(shelf: Shelf, client: SeparateClient, age: int) -> None:
    assert _sent(client, age=age) == 400
    assert _kept() == (0, 0)


@pytest.mark.parametrize("age", [0, 290, -290])
def test_a_fresh_one_is_taken(shelf: Shelf, client: SeparateClient, age: int) -> None:
    assert _sent(client, age=age) == 200


@pytest.mark.parametrize(
    "signature",
    ["", "x", "t=1,v1=", "v1=" + "0" * 64, "t=now,v1=right", "t=NOW,v1=" + "0" * 64, "t=,v0=1", "é"],
)
def test_a_forged_or_missing_signature_is_refused(shelf: Shelf, client: SeparateClient, signature: str) -> None:
    assert _sent(client, signature=signature) == 400
    assert _kept() == (0, 0)


def test_one_signed_with_another_secret_is_refused(shelf: Shelf, client: SeparateClient) -> None:
    assert _sent(client, secret="whsec_somebody_else") == 400
    assert _kept() == (0, 0)


@pytest.mark.parametrize("at", [0, 10, len(EVENT) // 2, len(EVENT) - 1])
def test_one_changed_byte_is_refused(shelf: Shelf, client: SeparateClient, at: int) -> None:
    signature = signature_header(EVENT, secret=STANDIN_SECRET, timestamp=int(time.time()))
    tampered = EVENT[:at] + ("x" if EVENT[at] != "x" else "y") + EVENT[at + 1 :]
    assert _sent(client, tampered, signature=signature) == 400
    assert _kept() == (0, 0)


@pytest.mark.parametrize("megabytes", [1, 4])
def test_a_huge_body_is_refused(shelf: Shelf, client: SeparateClient, megabytes: int) -> None:
    assert _sent(client, json.dumps({"id": "evt_1", "filling": "x" * megabytes * 1_000_000})) == 400
    assert _kept() == (0, 0)


@pytest.mark.parametrize(
    "payload",
    ["", "null", "[]", "{}", "5", '"text"', "{", '{"id": "evt_1"}', '{"id": 5, "object": "event", "type": "x"}',
     '{"id": "evt_1", "object": "event", "type": "x", "data": null}',
     '{"id": "evt_1", "object": "event", "type": "x", "data": {"object": null}}'],
)  # fmt: skip
def test_what_is_signed_but_is_no_event_is_refused_without_a_fault(
    shelf: Shelf, client: SeparateClient, payload: str
) -> None:
    assert _sent(client, payload) == 400
    assert _kept() == (0, 0)


@pytest.mark.parametrize("event_id", ["evt_1\x00", "e" * 500, "évt", ""])
def test_a_strange_id_is_no_fault(shelf: Shelf, client: SeparateClient, event_id: str) -> None:
    """It was signed, so it is Stripe's; an engine that cannot keep it says 400, and Stripe shows it to its owner."""
    event = {"id": event_id, "object": "event", "type": "x", "data": {"object": {"id": "cs"}}}
    assert _sent(client, json.dumps(event)) in (200, 400)


def test_an_event_of_another_kind_is_kept_and_hurts_nobody(shelf: Shelf, client: SeparateClient) -> None:
    other = {"id": "evt_2", "object": "event", "type": "payout.paid", "data": {"object": {"id": "po_1"}}}
    assert _sent(client, json.dumps(other)) == 200
    assert _kept() == (1, 1)


def test_while_a_secret_is_replaced_both_open(settings: Settings, shelf: Shelf, app: Flask) -> None:
    with visitor_of(replace(settings, stripe_webhook_secrets=("whsec_new", "whsec_old"))) as client:
        assert [_sent(client, secret=secret) for secret in ("whsec_old", "whsec_new", "whsec_older")] == [200, 200, 400]
    assert _kept() == (1, 1)


def test_only_post_is_heard(client: SeparateClient, shelf: Shelf) -> None:
    assert client.get("/stripe/webhook").status_code == 405
