"""The first page: what needs doing."""

from __future__ import annotations

from flask import current_app, request

from shop.admin.access import allowed
from shop.admin.answers import page
from shop.admin.periods import COMPARED, LENGTHS, period_of
from shop.admin.reads import summary
from shop.admin.reads import today as read
from shop.admin.reads.first_steps import first_steps
from shop.admin.reads.trials import trials_left
from shop.admin.routes import Answer, shows
from shop.core import clock
from shop.core.mode import shown_live
from shop.staff.rules.permissions import Permission


@shows("/", needs=Permission.SEE_TODAY)
def today() -> Answer:
    """What waits for somebody first; then how the store does, for those who may see that."""
    period = period_of(request.args, clock.now().date())
    figures = summary.figures(period) if allowed(Permission.SEE_REPORTS) else None
    return page(
        "admin/today.html",
        today=read.today(),
        figures=figures,
        live=shown_live(),
        trials=trials_left() if shown_live() and allowed(Permission.GIVE_MONEY_BACK) else 0,
        to_do=_to_set_up(figures),
        period=period,
        lengths=LENGTHS,
        compared=COMPARED,
    )


def _to_set_up(figures: summary.Figures | None) -> int:
    """How many of the first steps are left, for whoever may take them; not asked once the store sells."""
    sells = figures is not None and any(tile.now for tile in figures.tiles)
    if sells or not allowed(Permission.SET_UP):
        return 0
    return sum(not step.done for step in first_steps(current_app.extensions["settings"]))
