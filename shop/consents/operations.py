"""Writes of consents. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import insert, update

from shop.consents.models import ConsentEntry, RetentionPeriod
from shop.consents.rules import PERIODS, assert_within
from shop.core import clock
from shop.core.database import insert_once, session

Step = Literal["asked", "given", "withdrawn"]


def log_consent(*, subject: str, purpose: str, step: Step, wording: str, origin: str) -> None:
    """Append that the person behind a hash took this step, and the words that they saw."""
    session().execute(
        insert(ConsentEntry).values(
            subject=subject, purpose=purpose, step=step, wording=wording, origin=origin, happened_at=clock.now()
        )
    )


def set_periods(days: Mapping[str, int]) -> None:
    """How long each is kept from now on. Raises Invalid beside the field that is too short or too long."""
    assert_within(days)
    for one in PERIODS:
        wanted = days[one.key]
        if not insert_once(RetentionPeriod, {"key": one.key, "days": wanted}):
            session().execute(update(RetentionPeriod).where(RetentionPeriod.key == one.key).values(days=wanted))
