"""What Stripe tells us is believed only when it is signed, by one of our secrets, and lately."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

import pytest

from shop.core.config import STANDIN_KEY, STANDIN_SECRET
from shop.payments.gateway import (
    ForgedEvent,
)
from shop.payments.stripe_gateway import StripeGateway

EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "data": {"object": {"id": "cs_1", "object": "checkout.session", "currency_conversion": {"fx_rate": "1.25"}}},
}
BODY = json.dumps(EVENT).encode()


def signature(body: bytes = BODY, *, secret: str = STANDIN_SECRET, age: int = 0) -> str:
    """As Stripe signs: https://docs.stripe.com/webhooks#verify-manually."""
    moment = int(time.time()) - age
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


@pytest.mark.parametrize("secret", [STANDIN_SECRET, "whsec_next"])
def test_an_event_with_either_signature_is_read_while_secrets_are_changed(secret: str) -> None:
    event = reader().read_event(BODY, signature(secret=secret))
    assert (event.id, event.kind, event.object_id) == ("evt_1", "checkout.session.completed", "cs_1")


def test_an_event_is_kept_to_the_letter_and_fits_into_json() -> None:
    event = reader().read_event(BODY, signature())
    assert json.loads(json.dumps(event.payload)) == EVENT


@pytest.mark.parametrize(
    ("body", "signed"),
    [
        (BODY, ""),
        (BODY, "nonsense"),
        (BODY, signature(secret="whsec_else")),
        (BODY, signature(age=302)),
        (BODY.replace(b"cs_1", b"cs_2"), signature()),
        (BODY[:-1], signature()),
        (b"", signature(b"")),
        (b"not json", signature(b"not json")),
        (b"\xff\xfe", signature(b"\xff\xfe")),
        (b"[]", signature(b"[]")),
        (b"7", signature(b"7")),
        (b"{}", signature(b"{}")),
        (b'{"id": "evt_1"}', signature(b'{"id": "evt_1"}')),
    ],
    ids=[
        "none",
        "nonsense",
        "stranger",
        "stale",
        "changed",
        "cut",
        "empty",
        "text",
        "bytes",
        "list",
        "7",
        "{}",
        "bare",
    ],
)
def test_anything_else_is_forged(body: bytes, signed: str) -> None:
    with pytest.raises(ForgedEvent):
        reader().read_event(body, signed)


def reader() -> StripeGateway:
    return StripeGateway(key=STANDIN_KEY, secrets=[STANDIN_SECRET, "whsec_next"], api_base="http://127.0.0.1:9")
