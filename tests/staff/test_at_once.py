"""Many at the same moment: a code opens once, and guesses cannot slip through together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp
from flask import Flask

from shop.core.database import db, end_read, transaction
from shop.staff import queries
from shop.staff.operations import record, second_factor
from shop.staff.operations.throttle import TooManyTries, count_try
from shop.staff.rules.throttle import password_counters
from tests.staff.people import added
from tests.support.audit_log import recent_audit
from tests.support.held_clock import HeldClock

MANY = 12


def _at_once(app: Flask, attempt: Callable[[], bool]) -> int:
    """Run the attempt in `MANY` threads that start together; how many were let through."""
    start = Barrier(MANY)

    def run() -> bool:
        with app.app_context():
            start.wait()
            try:
                return attempt()
            finally:
                db.session.remove()

    end_read()
    with ThreadPoolExecutor(MANY) as pool:
        return sum(done.result() for done in [pool.submit(run) for _ in range(MANY)])


def test_one_code_sent_many_times_at_once_opens_once(app: Flask, held_clock: HeldClock) -> None:
    member = added()
    with transaction():
        second_factor.prepare(member.id)
    seed = queries.seed_to_scan(member.id)
    assert seed is not None
    code = pyotp.TOTP(seed).at(held_clock.now)

    def attempt() -> bool:
        with transaction():
            return second_factor.use_code(member_id=member.id, code=code) is not None

    assert _at_once(app, attempt) == 1


def test_one_recovery_code_sent_many_times_at_once_opens_once(app: Flask) -> None:
    member = added()
    with transaction():
        codes = second_factor.renew_recovery_codes(member.id)

    def attempt() -> bool:
        with transaction():
            return second_factor.use_code(member_id=member.id, code=codes[0]) is not None

    assert _at_once(app, attempt) == 1


def test_of_many_guesses_at_once_five_are_looked_at(app: Flask, held_clock: HeldClock) -> None:
    counters = password_counters(email="ada@example.org", address="192.0.2.1")

    def attempt() -> bool:
        try:
            with transaction():
                count_try(counters)
        except TooManyTries:
            return False
        return True

    assert _at_once(app, attempt) == 5


def test_entries_recorded_at_once_make_one_whole_chain(app: Flask) -> None:
    def attempt() -> bool:
        with transaction():
            record(actor="Ada", action="x", subject="y", details={})
        return True

    assert _at_once(app, attempt) == MANY
    assert queries.verify_chain() == []
    assert recent_audit(limit=1)[0].position == MANY
