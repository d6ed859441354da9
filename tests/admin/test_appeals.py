"""Staff say what a campaign asks for, and look after who signed."""

from __future__ import annotations

from flask import Flask

from shop.actions.queries import appeal_of
from shop.actions.rules import Counts
from shop.journeys.take_part import sign_appeal
from tests.admin.desk import Desk, text_of
from tests.support.movement import SLUG, counts, open_campaign


def test_an_appeal_is_written_and_its_mistakes_are_told(app: Flask) -> None:
    campaign = open_campaign()
    desk, here = Desk(app), f"/admin/appeals/{campaign}"
    answer = desk.press(here, here, ask="I will pass it on.", goal="50", open="y")
    assert answer.status_code == 303
    appeal = appeal_of(campaign)
    assert appeal is not None
    assert (appeal.ask, appeal.goal, appeal.open) == ("I will pass it on.", 50, True)
    assert "I will pass it on." in desk.reads("/admin/appeals")
    refused = desk.press(here, here, ask="x" * 201, goal="-1")
    assert refused.status_code == 422
    assert "200 characters at most" in text_of(refused)


def test_false_signatures_are_taken_out_with_a_reason_and_put_back(app: Flask) -> None:
    campaign = open_campaign()
    for number in range(3):
        sign_appeal(SLUG, email=f"bot{number}@spam.test", address="198.51.100.9")
    desk, here = Desk(app), f"/admin/appeals/{campaign}"
    assert "198.51.100.0/24" in desk.reads(here)
    assert "spam.test" in desk.reads(here)
    desk.press(here, f"{here}/invalidate", value="spam.test", reason="")
    assert counts(campaign) == Counts(pending=3)
    desk.press(here, f"{here}/invalidate", value="198.51.100.0/24", reason="Three in a second")
    assert counts(campaign) == Counts(invalidated=3)
    desk.press(here, f"{here}/reinstate", value="spam.test")
    assert counts(campaign) == Counts(pending=3)
