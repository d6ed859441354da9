"""Writes of consents. All assume an open transaction."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import insert

from shop.consents.models import ConsentEntry
from shop.core import clock
from shop.core.database import session

Step = Literal["asked", "given", "withdrawn"]


def log_consent(*, subject: str, purpose: str, step: Step, wording: str, origin: str) -> None:
    """Append that the person behind a hash took this step, and the words that they saw."""
    session().execute(
        insert(ConsentEntry).values(
            subject=subject, purpose=purpose, step=step, wording=wording, origin=origin, happened_at=clock.now()
        )
    )
