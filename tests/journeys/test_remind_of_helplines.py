"""Helplines that nobody has checked for long."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from shop.campaigns.operations import note_checked
from shop.core.database import transaction
from shop.journeys.remind_of_helplines import overdue, remind_of_helplines
from tests.support.held_clock import HeldClock
from tests.support.snapshots import demo_movement
from tests.support.till import Till


def test_staff_are_reminded_once_a_month_until_each_is_checked(app: Flask, held_clock: HeldClock) -> None:
    demo_movement()
    till = Till()
    held_clock.forward(timedelta(days=85))
    remind_of_helplines(till.services)
    held_clock.forward(timedelta(days=10))
    for _ in range(2):
        remind_of_helplines(till.services)
        till.works()
    assert till.post.subjects == ["Helplines to check"]
    assert "http://shop.test/admin/helplines" in str(till.post.letters[0])
    with transaction():
        for line in overdue():
            note_checked(line.key)
    held_clock.forward(timedelta(days=31))
    remind_of_helplines(till.services)
    till.works()
    assert len(till.post.letters) == 1
