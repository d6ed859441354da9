"""An appeal in words: what is asked, how many answered, and how that is counted."""

from __future__ import annotations

from shop.actions.rules import AppealFacts, Counts
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
        goal_words=f"{counts.confirmed:,} of {appeal.goal:,}" if appeal.goal else "",
    )


def _confirmed(count: int) -> str:
    if not count:
        return "Nobody has confirmed yet."
    return f"{count:,} {'person is' if count == 1 else 'people are'} with us."


def _pending(count: int) -> str:
    if not count:
        return ""
    return f"{count:,} more {'has' if count == 1 else 'have'} signed and not confirmed yet; they are not counted."
