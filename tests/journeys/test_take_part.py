"""Are you with us? One mailbox is counted once, however often and at once it signs; and only when its owner says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from shop.actions import operations as actions
from shop.actions.models import Signature
from shop.actions.queries import appeal_of, known_of
from shop.actions.rules import Counts
from shop.core.database import db, end_read, session, transaction
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.rates import UsedUp
from shop.journeys.take_part import (
    FREE_PER_NETWORK,
    confirm_signature,
    invalidate_signatures,
    reinstate_signatures,
    set_appeal,
    sign_appeal,
    withdraw_signature,
)
from shop.journeys.tidy_up import tidy_up
from tests.support.at_once import at_once
from tests.support.audit_log import recent_audit
from tests.support.held_clock import HeldClock
from tests.support.movement import SLUG, counts, open_campaign
from tests.support.till import Till

HOME = "203.0.113.7"


@pytest.fixture
def campaign(app: Flask) -> int:
    return open_campaign()


@pytest.fixture
def till(app: Flask) -> Till:
    return Till()


def _token(email: str) -> str:
    found = session().execute(select(Signature.token).where(Signature.email == email)).scalar_one()
    end_read()
    return found


def _signs(email: str, *, address: str = HOME) -> None:
    sign_appeal(SLUG, email=email, address=address)


def test_a_signature_counts_once_its_owner_pressed_the_button(campaign: int, till: Till) -> None:
    _signs("robin@example.org")
    till.works()
    assert counts(campaign) == Counts(pending=1)
    (letter,) = till.post.letters
    assert letter["To"] == "robin@example.org"
    assert "Look Closer" not in str(letter["Subject"])
    assert f"http://shop.test/with-us/{_token('robin@example.org')}" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # every letter has a plain part
    assert confirm_signature(_token("robin@example.org"))
    assert not confirm_signature(_token("robin@example.org"))
    assert counts(campaign) == Counts(confirmed=1)


def test_signing_again_counts_no_more_and_mails_no_more_than_every_ten_minutes(
    campaign: int, till: Till, held_clock: HeldClock
) -> None:
    for email in ("robin@example.org", "ROBIN@example.org", "robin+again@example.org"):
        _signs(email)
    till.works()
    assert len(till.post.letters) == 1
    confirm_signature(_token("robin@example.org"))
    held_clock.forward(minutes=10)
    _signs("robin@example.org")
    till.works()
    assert till.post.subjects == ["Please confirm your address", "You have confirmed already"]
    assert counts(campaign) == Counts(confirmed=1)


def test_what_is_taken_back_leaves_nothing(campaign: int, till: Till) -> None:
    _signs("robin@example.org")
    assert withdraw_signature(_token("robin@example.org"))
    assert counts(campaign) == Counts()
    assert known_of("robin@example.org") == []
    till.works()
    assert till.post.letters == []


def test_an_address_learns_what_is_kept_of_it_and_can_have_it_erased(campaign: int) -> None:
    _signs("robin@example.org")
    (kept,) = known_of("Robin@example.org")
    assert (kept["state"], kept["network"]) == ("pending", "203.0.113.0/24")
    with transaction():
        assert actions.erase("Robin@example.org") == 1
    assert known_of("robin@example.org") == []


def test_what_nobody_confirmed_in_a_week_is_gone(campaign: int, held_clock: HeldClock) -> None:
    _signs("early@example.org")
    _signs("kept@example.org")
    confirm_signature(_token("kept@example.org"))
    held_clock.forward(timedelta(days=7))
    assert not confirm_signature(_token("early@example.org"))
    tidy_up()
    assert counts(campaign) == Counts(confirmed=1)
    held_clock.forward(timedelta(days=30))
    tidy_up()
    assert known_of("kept@example.org")[0]["network"] is None


def test_one_network_signs_so_often_an_hour(campaign: int, held_clock: HeldClock) -> None:
    for number in range(FREE_PER_NETWORK):
        _signs(f"p{number}@example.org", address=f"203.0.113.{number}")
    with pytest.raises(UsedUp):
        _signs("more@example.org")
    _signs("more@example.org", address="198.51.100.1")
    assert counts(campaign) == Counts(pending=FREE_PER_NETWORK + 1)


def test_staff_take_false_ones_out_and_put_true_ones_back(campaign: int) -> None:
    for number in range(4):
        _signs(f"bot{number}@spam.test", address="198.51.100.9")
    _signs("robin@example.org")
    confirm_signature(_token("bot0@spam.test"))
    appeal = appeal_of(campaign)
    assert appeal is not None
    end_read()
    reason = "Four in a second"
    domain = "spam.test"
    false = invalidate_signatures(appeal_id=appeal.id, shared="domain", value=domain, reason=reason, actor="ada")
    assert false == 4
    assert counts(campaign) == Counts(pending=1, invalidated=4)
    told = recent_audit(limit=1)[0].details
    assert (told["domain"], told["reason"], told["signatures"]) == ("spam.test", reason, 4)
    assert told["after"] == {"signatures": "held to be false"}
    assert not confirm_signature(_token("bot1@spam.test"))
    assert not withdraw_signature(_token("bot1@spam.test"))
    network = "198.51.100.0/24"
    assert reinstate_signatures(appeal_id=appeal.id, shared="network", value=network, actor="ada") == 4
    assert counts(campaign) == Counts(confirmed=1, pending=4)


def test_what_cannot_be_signed_says_why(campaign: int) -> None:
    with pytest.raises(Invalid):
        _signs("nobody")
    set_appeal(campaign_id=campaign, ask="I will learn the signs.", goal=None, open=False, actor="ada")
    with pytest.raises(Conflict):
        _signs("robin@example.org")
    with pytest.raises(NotFound):
        sign_appeal("no-such-story", email="robin@example.org", address=HOME)


def _crowd(app: Flask, people: int, each: int) -> None:
    """`people` mailboxes sign and confirm, each `each` times, all at the same moment and from networks of their own."""

    def act(number: int) -> None:
        email = f"p{number % people}@example.org"
        sign_appeal(SLUG, email=email, address=f"10.{number // 250}.{number % 250}.1")
        confirm_signature(_token_of_first(email))

    answers = at_once(app, people * each, act)
    assert [one for one in answers if one is not None] == []


def _token_of_first(email: str) -> str:
    found = session().execute(select(Signature.token).where(Signature.email == email)).scalars().first()
    end_read()
    assert found is not None
    return found


def test_many_at_once_with_doubles_are_each_counted_once(app: Flask, campaign: int) -> None:
    _crowd(app, people=5, each=4)
    assert counts(campaign) == Counts(confirmed=5)


@pytest.mark.soak
def test_a_thousand_at_once_with_doubles_are_each_counted_once(
    app: Flask, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.journeys.take_part.FREE_PER_DOMAIN", 10_000)
    _crowd(app, people=500, each=2)
    assert counts(campaign) == Counts(confirmed=500)


def test_without_the_guard_the_count_is_wrong(app: Flask, campaign: int) -> None:
    """The negative control: with the unique index away the same crowd is counted several times."""
    with _no_unique_index():
        _crowd(app, people=2, each=4)
        found = counts(campaign)
    assert found.confirmed + found.pending > 2


@contextmanager
def _no_unique_index() -> Iterator[None]:
    name = "uq_signatures_appeal_id_address_key"
    _tell(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with transaction() as current:
            current.execute(delete(Signature))
        _tell(f"CREATE UNIQUE INDEX {name} ON signatures (appeal_id, address_key)")


def _tell(statement: str) -> None:
    end_read()
    with db.engine.begin() as connection:
        connection.execute(text(statement))
