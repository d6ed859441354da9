"""Send this to a friend: seldom, in our words, and then forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core.database import end_read, session
from shop.core.errors import Invalid, NotFound
from shop.core.outbox import Job
from shop.core.rates import UsedUp
from shop.journeys.share_story import never_again, send_to_friend
from shop.journeys.tidy_up import tidy_up
from shop.mail.models import Letter
from shop.sharing.models import FriendLetterRow
from tests.support.at_once import at_once
from tests.support.held_clock import HeldClock
from tests.support.movement import SLUG, open_campaign
from tests.support.till import Till

FRIEND = "kim@example.org"


@pytest.fixture
def till(app: Flask) -> Till:
    open_campaign()
    return Till()


def _send(*, to: str = FRIEND, note: str = "", address: str = "203.0.113.7") -> None:
    send_to_friend(SLUG, email=to, note=note, address=address)


def _addresses() -> list[str | None]:
    found = list(session().execute(select(FriendLetterRow.recipient)).scalars())
    end_read()
    return found


def test_the_letter_tells_nothing_in_its_subject_and_is_forgotten_with_its_address(till: Till) -> None:
    _send(note="Thought of you. Robin")
    assert _addresses() == [FRIEND]
    till.works()
    (letter,) = till.post.letters
    told = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # every letter has a plain part
    assert letter["To"] == FRIEND
    assert "Look Closer" not in f"{letter['Subject']}{told}"
    assert "Thought of you. Robin" in told
    assert "http://shop.test/s/" in told
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert _addresses() == [None]
    assert session().execute(select(Letter.id)).all() == []
    assert FRIEND not in str(session().execute(select(Job.payload)).all())


def test_a_crash_before_it_is_forgotten_sends_the_very_same_letter_again(till: Till, held_clock: HeldClock) -> None:
    _send()
    till.post.faults = ["after"]
    till.works()
    held_clock.forward(minutes=1)
    till.works()
    first, second = till.post.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert _addresses() == [None]


def test_one_address_gets_one_in_thirty_days_whoever_asks(till: Till, held_clock: HeldClock) -> None:
    _send()
    _send(to=FRIEND.upper(), address="198.51.100.1")
    held_clock.forward(timedelta(days=29, hours=23))
    _send()
    till.works()
    assert len(till.post.letters) == 1
    held_clock.forward(hours=1)
    _send(address="198.51.100.1")
    till.works()
    assert len(till.post.letters) == 2


def test_many_at_once_to_one_address_send_one(app: Flask, till: Till) -> None:
    at_once(app, 6, lambda number: _send(address=f"10.0.{number}.1"))
    till.works()
    assert len(till.post.letters) == 1


def test_a_sender_has_three_a_day(till: Till) -> None:
    for number in range(3):
        _send(to=f"p{number}@example.org")
    with pytest.raises(UsedUp):
        _send(to="more@example.org", address="203.0.113.200")
    _send(to="more@example.org", address="198.51.100.1")


def test_never_again_is_kept_without_the_address(till: Till, held_clock: HeldClock) -> None:
    _send()
    till.works()
    token = session().execute(select(FriendLetterRow.token)).scalar_one()
    end_read()
    for _ in range(2):
        never_again(token)
    held_clock.forward(timedelta(days=400))
    _send()
    till.works()
    assert len(till.post.letters) == 1
    with pytest.raises(NotFound):
        never_again("nonsense")


def test_a_letter_that_cannot_leave_is_given_up_and_its_address_forgotten(till: Till, held_clock: HeldClock) -> None:
    _send()
    held_clock.forward(timedelta(days=2))
    tidy_up()
    assert _addresses() == [None]
    till.works()
    assert till.post.letters == []


def test_bad_addresses_and_notes_are_refused_before_anything_is_kept(till: Till) -> None:
    for to, note in (("nobody", ""), (FRIEND, "see www.spam.test")):
        with pytest.raises(Invalid):
            _send(to=to, note=note)
    assert _addresses() == []
