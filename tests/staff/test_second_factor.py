"""TOTP and recovery codes: each code opens the door once."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask

from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.staff import queries
from shop.staff.operations import second_factor, sign_ins
from tests.staff.people import added
from tests.support.held_clock import HeldClock


def _set_up(clock: HeldClock) -> tuple[int, str, list[str]]:
    """A member with the second factor on: id, seed, recovery codes; the code of that moment is used up."""
    member = added()
    with transaction():
        second_factor.prepare(member.id)
        token = sign_ins.begin(member_id=member.id, second_factor=False, user_agent="")
    seed = queries.seed_to_scan(member.id)
    signed = queries.signed_in(token)
    assert seed is not None
    assert signed is not None
    with transaction():
        code = pyotp.TOTP(seed).at(clock.now)
        codes = second_factor.switch_on(member_id=member.id, code=code, sign_in_id=signed.sign_in_id)
    return member.id, seed, codes


def _use(member_id: int, code: str) -> str | None:
    with transaction():
        return second_factor.use_code(member_id=member_id, code=code)


def test_a_code_of_the_app_opens_once(app: Flask, held_clock: HeldClock) -> None:
    member_id, seed, _ = _set_up(held_clock)
    assert _use(member_id, pyotp.TOTP(seed).at(held_clock.now)) is None  # it switched the factor on
    held_clock.forward(seconds=30)
    code = pyotp.TOTP(seed).at(held_clock.now)
    assert _use(member_id, code) == "app"
    assert _use(member_id, code) is None


def test_an_earlier_step_is_refused_once_a_later_one_was_used(app: Flask, held_clock: HeldClock) -> None:
    member_id, seed, _ = _set_up(held_clock)
    held_clock.forward(seconds=60)
    earlier, later = (pyotp.TOTP(seed).at(held_clock.now, counter_offset=away) for away in (-1, 0))
    assert _use(member_id, later) == "app"
    assert _use(member_id, earlier) is None


def test_ten_recovery_codes_open_once_each(app: Flask, held_clock: HeldClock) -> None:
    member_id, _, codes = _set_up(held_clock)
    assert len(set(codes)) == 10
    assert queries.recovery_codes_left(member_id) == 10
    assert _use(member_id, codes[3].lower()) == "recovery code"
    assert _use(member_id, codes[3]) is None
    assert queries.recovery_codes_left(member_id) == 9


def test_one_s_codes_open_nobody_else_s_account(app: Flask, held_clock: HeldClock) -> None:
    _, seed, codes = _set_up(held_clock)
    other = added(email="ben@example.org", name="Ben")
    held_clock.forward(seconds=30)
    assert _use(other.id, codes[0]) is None
    assert _use(other.id, pyotp.TOTP(seed).at(held_clock.now)) is None


def test_new_recovery_codes_take_the_place_of_the_old(app: Flask, held_clock: HeldClock) -> None:
    member_id, _, old = _set_up(held_clock)
    with transaction():
        new = second_factor.renew_recovery_codes(member_id)
    assert _use(member_id, old[0]) is None
    assert _use(member_id, new[0]) == "recovery code"


def test_a_wrong_first_code_switches_nothing_on(app: Flask, held_clock: HeldClock) -> None:
    member = added()
    with transaction():
        second_factor.prepare(member.id)
    with pytest.raises(Invalid) as problem, transaction():
        second_factor.switch_on(member_id=member.id, code="000000", sign_in_id=1)
    assert problem.value.field == "code"
    assert queries.recovery_codes_left(member.id) == 0


def test_the_seed_is_shown_until_it_is_on_and_not_drawn_again(app: Flask, held_clock: HeldClock) -> None:
    member_id, _, _ = _set_up(held_clock)
    assert queries.seed_to_scan(member_id) is None
    with pytest.raises(Conflict), transaction():
        second_factor.prepare(member_id)


def test_switching_it_on_ends_every_other_sign_in(app: Flask, held_clock: HeldClock) -> None:
    member = added()
    with transaction():
        elsewhere = sign_ins.begin(member_id=member.id, second_factor=False, user_agent="")
        here = sign_ins.begin(member_id=member.id, second_factor=False, user_agent="")
        second_factor.prepare(member.id)
    seed, signed = queries.seed_to_scan(member.id), queries.signed_in(here)
    assert seed is not None
    assert signed is not None
    with transaction():
        code = pyotp.TOTP(seed).at(held_clock.now)
        second_factor.switch_on(member_id=member.id, code=code, sign_in_id=signed.sign_in_id)
    assert queries.signed_in(elsewhere) is None
    after = queries.signed_in(here)
    assert after is not None
    assert not after.half_way


def test_switched_off_nothing_of_it_is_left(app: Flask, held_clock: HeldClock) -> None:
    member_id, seed, codes = _set_up(held_clock)
    with transaction():
        second_factor.switch_off(member_id)
    held_clock.forward(seconds=30)
    assert _use(member_id, pyotp.TOTP(seed).at(held_clock.now)) is None
    assert _use(member_id, codes[0]) is None
    assert queries.recovery_codes_left(member_id) == 0
