"""An appeal in words: what is asked, how many answered, and how that is counted."""

from __future__ import annotations

from shop.actions.rules import AppealFacts, Counts
from shop.core.languages import _, ngettext
from shop.web.present import addresses
from shop.web.view_models.taking import WithUs


def with_us(appeal: AppealFacts, counts: Counts, slug: str) -> WithUs:
    """The block on a story's page."""
    return WithUs(
        ask=appeal.ask,
        count=_confirmed(counts.confirmed),
        pending=_pending(counts.pending),
        form_url=addresses.with_us(slug) if appeal.open else "",
        confirmed=counts.confirmed,
        goal=appeal.goal or 0,
        goal_words=_("%(count)s of %(goal)s hoped for", count=counts.confirmed, goal=appeal.goal)
        if appeal.goal
        else "",
    )


def _confirmed(count: int) -> str:
    if not count:
        return _("Nobody has confirmed yet.")
    return ngettext("%(num)s person is with us.", "%(num)s people are with us.", count)


def _pending(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(num)s signature waits to be confirmed; only confirmed ones count.",
        "%(num)s signatures wait to be confirmed; only confirmed ones count.",
        count,
    )
