"""Sign-ins as rows: begun, seen, ended, lapsed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.core.database import session, transaction
from shop.staff import queries
from shop.staff.models import SignIn, StaffMember
from shop.staff.operations import MemberAdded, sign_ins
from shop.staff.queries import Signed
from tests.staff.people import added
from tests.support.held_clock import HeldClock


def _begin(member: MemberAdded, *, second_factor: bool = False) -> str:
    with transaction():
        return sign_ins.begin(member_id=member.id, second_factor=second_factor, user_agent="Firefox/140.0 Linux")


def _signed(token: str) -> Signed:
    signed = queries.signed_in(token)
    assert signed is not None
    return signed


def test_the_cookie_opens_its_sign_in_and_the_database_cannot(app: Flask) -> None:
    token = _begin(added())
    assert _signed(token).name == "Ada"
    kept = session().execute(select(SignIn.token_hash)).scalar_one()
    assert len(token) == 32
    assert token not in kept
    assert queries.signed_in(kept) is None
    assert queries.signed_in("") is None


def test_half_an_hour_without_use_ends_it(app: Flask, held_clock: HeldClock) -> None:
    token = _begin(added())
    held_clock.forward(minutes=29)
    signed = _signed(token)
    assert signed.due_to_be_seen
    with transaction():
        sign_ins.see(signed.sign_in_id)
    held_clock.forward(minutes=29)
    assert not _signed(token).half_way
    held_clock.forward(minutes=1)
    assert queries.signed_in(token) is None


def test_twelve_hours_end_it_however_busy_it_was(app: Flask, held_clock: HeldClock) -> None:
    token = _begin(added())
    for _ in range(35):
        held_clock.forward(minutes=20)
        with transaction():
            sign_ins.see(_signed(token).sign_in_id)
    held_clock.forward(minutes=20)
    assert queries.signed_in(token) is None


def test_being_seen_is_written_once_a_minute(app: Flask, held_clock: HeldClock) -> None:
    token = _begin(added())
    held_clock.forward(seconds=59)
    assert not _signed(token).due_to_be_seen
    held_clock.forward(seconds=1)
    assert _signed(token).due_to_be_seen


def test_each_ends_their_own_and_nobody_else_s(app: Flask) -> None:
    ada, ben = added(), added(email="ben@example.org", name="Ben")
    here, there, bens = _begin(ada), _begin(ada), _begin(ben)
    with transaction():
        assert not sign_ins.end(_signed(bens).sign_in_id, member_id=ada.id)
        assert sign_ins.end_others(member_id=ada.id, but=_signed(here).sign_in_id) == 1
    assert queries.signed_in(there) is None
    assert [row.id for row in queries.sign_ins_of(ada.id)] == [_signed(here).sign_in_id]
    with transaction():
        assert sign_ins.end(_signed(here).sign_in_id, member_id=ada.id)
        assert queries.signed_in(here) is None
    assert _signed(bens).name == "Ben"


@pytest.mark.parametrize("proved", [True, False])
def test_with_a_second_factor_on_a_sign_in_without_it_is_half_way(app: Flask, proved: bool) -> None:
    member = added()
    with transaction() as current:
        current.execute(update(StaffMember).values(totp_on_at=StaffMember.added_at))
    token = _begin(member, second_factor=proved)
    assert _signed(token).half_way is not proved
    assert len(queries.sign_ins_of(member.id)) == (1 if proved else 0)


def test_half_way_lasts_ten_minutes(app: Flask, held_clock: HeldClock) -> None:
    member = added()
    with transaction() as current:
        current.execute(update(StaffMember).values(totp_on_at=StaffMember.added_at))
    token = _begin(member)
    held_clock.forward(minutes=10)
    assert queries.signed_in(token) is None


def test_disabling_a_member_ends_every_sign_in_at_once(app: Flask) -> None:
    token = _begin(added())
    with transaction() as current:
        current.execute(update(StaffMember).values(disabled_at=StaffMember.added_at))
    assert queries.signed_in(token) is None
