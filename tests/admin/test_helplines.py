"""Staff keep the helplines right."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from shop.campaigns.queries import helplines
from shop.core.database import end_read
from tests.admin.desk import Desk, text_of
from tests.support.held_clock import HeldClock

LINE = {
    "key": "uk-line",
    "country": "GB",
    "name": "A helpline",
    "serves": "Anyone.",
    "phone": "08000 000 000",
    "hours": "Always",
    "source_url": "https://example.org/line",
}


def test_a_helpline_is_added_checked_changed_and_removed(app: Flask, held_clock: HeldClock) -> None:
    desk, here = Desk(app), "/admin/helplines"
    refused = desk.press(f"{here}/new", f"{here}/new", **LINE | {"country": "Britain", "source_url": "nowhere"})
    assert refused.status_code == 422
    assert "Two capital letters" in text_of(refused)
    assert desk.press(f"{here}/new", f"{here}/new", **LINE | {"phone": "none"}).status_code == 422
    assert desk.press(f"{here}/new", f"{here}/new", **LINE).status_code == 303
    held_clock.forward(timedelta(minutes=20))
    desk.press(f"{here}/uk-line", f"{here}/uk-line", **LINE | {"phone": "08000 121 700"})
    (line,) = helplines()
    assert (line.phone, line.last_checked) == ("08000 121 700", held_clock.now.date())
    end_read()
    desk.press(here, f"{here}/uk-line/checked")
    desk.press(here, f"{here}/uk-line/remove")
    assert helplines() == []
    assert desk.get(f"{here}/uk-line").status_code == 404
