"""Letters as values: whom they may go to, and the message as it leaves the house."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import select

from shop.core.database import end_read, session, transaction
from shop.core.errors import Invalid
from shop.mail.models import Letter
from shop.mail.operations import note_sent, write
from shop.mail.queries import letter, newest, written_to
from shop.mail.rules import Draft, LetterFacts, envelope, mail_address
from tests.support.held_clock import HeldClock

DRAFT = Draft("order_confirmation", "order-1", "robin@example.org", "Your order", "Thank you.\n", "<p>Thank you.</p>")
KEPT = LetterFacts(
    id=1,
    kind="order_confirmation",
    recipient="robin@example.org",
    subject="Your order: träume",
    text="Thank you — all of you.\n",
    html="<p>Thank you</p>",
    message_id="<01abc@shop.test>",
    state="written",
    written_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    sent_at=None,
)


@pytest.mark.parametrize(
    "address",
    [
        "robin@example.org",
        "  robin@example.org  ",
        "Robin.Vale+tees@mail.example.co.uk",
        "o_o@x-y.example",
        "a@1.example",
        "o'neill@example.org".replace("'", "-"),
        "a" * 64 + "@" + "b" * 60 + ".example.org",
    ],
)
def test_an_address_is_taken(address: str) -> None:
    assert mail_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "robin",
        "robin@",
        "@example.org",
        "robin@example",
        "robin@@example.org",
        "robin@example..org",
        "robin@.example.org",
        "robin vale@example.org",
        "robin@exa mple.org",
        "robin@example.org\nBcc: all@example.org",
        "robin@example.org\r\nBcc: all@example.org",
        "robin\r\n@example.org",
        "robin@example.org%0aBcc:all@example.org\n",
        "robin@example.org,other@example.org",
        "robin@example.org;other@example.org",
        "<robin@example.org>",
        "Robin <robin@example.org>",
        '"robin"@example.org',
        "robin@example.org\x00",
        "ro\x00bin@example.org",
        "robin@[127.0.0.1]",
        "robin@example.org>",
        "ro(comment)bin@example.org",
        "robin\u2028@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_anything_else_is_refused_beside_its_field(address: str) -> None:
    with pytest.raises(Invalid) as refused:
        mail_address(address)
    assert refused.value.field == "email"


@pytest.mark.parametrize("part", ["recipient", "subject", "message_id"])
@pytest.mark.parametrize("ending", ["\nBcc: all@example.org", "\r\nBcc: all@example.org", "\r\n\r\nother body"])
def test_no_header_can_be_smuggled_in(part: str, ending: str) -> None:
    hostile = replace(KEPT, **{part: getattr(KEPT, part) + ending})
    try:
        sent = message_from_bytes(envelope(hostile, sender_name="Shop", sender="hello@shop.test").as_bytes())
    except ValueError:
        return
    assert sent["Bcc"] is None
    assert sent.get_content_type() == "multipart/alternative"


def test_a_hostile_sender_name_stays_a_name() -> None:
    message = envelope(KEPT, sender_name='Shop" <evil@example.org>, "x', sender="hello@shop.test")
    assert [address.addr_spec for address in message["From"].addresses] == ["hello@shop.test"]


def test_the_envelope_says_everything_that_a_mail_program_asks() -> None:
    raw = envelope(KEPT, sender_name="Open Door", sender="hello@shop.test").as_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    assert {name: str(message[name]) for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Date")} == {
        "From": "Open Door <hello@shop.test>",
        "To": "robin@example.org",
        "Subject": "Your order: träume",
        "Message-ID": "<01abc@shop.test>",
        "Auto-Submitted": "auto-generated",
        "Date": "Fri, 20 Nov 2026 12:00:00 +0000",
    }


def test_a_letter_comes_as_text_and_as_html() -> None:
    parts = [part.get_content_type() for part in envelope(KEPT, sender_name="x", sender="a@b.test").iter_parts()]
    assert parts == ["text/plain", "text/html"]


def written(draft: Draft = DRAFT) -> bool:
    with transaction():
        return write(draft, host="shop.test")


def test_a_letter_is_written_once(app: Flask) -> None:
    assert (written(), written(replace(DRAFT, subject="Again"))) == (True, False)
    (only,) = newest()
    assert (only.subject, only.state) == ("Your order", "written")


def test_another_kind_or_key_is_another_letter(app: Flask) -> None:
    assert all(map(written, [DRAFT, replace(DRAFT, kind="order_sent"), replace(DRAFT, key="order-2")]))
    ids = session().scalars(select(Letter.message_id)).all()
    assert len(set(ids)) == 3
    assert all(one.endswith("@shop.test>") for one in ids)


def test_a_letter_is_noted_as_sent_once(app: Flask, held_clock: HeldClock) -> None:
    written()
    first = held_clock.now
    for _ in range(2):
        with transaction():
            note_sent(newest()[0].id)
        held_clock.forward(hours=1)
    sent = letter("order_confirmation", "order-1")
    assert sent is not None
    assert (sent.state, sent.sent_at) == ("sent", first)


def test_letters_to_one_address_are_counted_whatever_its_case(app: Flask, held_clock: HeldClock) -> None:
    written(replace(DRAFT, recipient="Robin@Example.org"))
    held_clock.forward(hours=1)
    written(replace(DRAFT, key="order-2"))
    assert written_to("ROBIN@example.org", kind=DRAFT.kind, since=held_clock.now) == 1
    end_read()


def test_no_letter_is_found_for_what_was_never_written(app: Flask) -> None:
    assert letter("order_confirmation", "nobody") is None
