"""Checks: does everything still add up?"""

from __future__ import annotations

from shop.admin.answers import page
from shop.admin.routes import Answer, shows
from shop.journeys import check_invariants
from shop.staff.rules.permissions import Permission


@shows("/checks", needs=Permission.RUN_CHECKS)
def checks() -> Answer:
    """Every invariant by name, with what breaks it."""
    return page("admin/checks.html", findings=check_invariants.findings())
