"""Helplines that nobody has checked for long: staff are written to, once a month."""

from __future__ import annotations

from datetime import date, timedelta

from shop.campaigns.queries import helplines
from shop.campaigns.rules.views import HelplineView
from shop.core import clock
from shop.core.database import end_read
from shop.journeys.services import Services
from shop.journeys.write_to_us import alert_staff

CHECKED_WITHIN = timedelta(days=90)


def overdue() -> list[HelplineView]:
    """Those that were last checked longer ago than `CHECKED_WITHIN`."""
    return [line for line in helplines() if line.last_checked < unchecked_since()]


def unchecked_since() -> date:
    """Whatever was checked before this day is overdue."""
    return clock.now().date() - CHECKED_WITHIN


def remind_of_helplines(services: Services) -> None:
    """One letter a month while any is overdue. Safe to repeat."""
    stale = overdue()
    end_read()
    if stale:
        alert_staff(
            heading="Helplines to check",
            message="Call or open each of these, then say so in the back office. A wrong number harms.",
            facts=tuple((line.name, f"last checked {line.last_checked:%d %B %Y}") for line in stale),
            services=services,
            key=f"helplines {clock.now():%Y-%m}",
            action=("Helplines", f"{services.base_url}/admin/helplines"),
        )
