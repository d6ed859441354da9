"""A campaign for tests of taking part: its story, and what it asks for."""

from __future__ import annotations

from shop.actions.operations import set_appeal
from shop.actions.queries import appeal_of, counts_of
from shop.actions.rules import Counts
from shop.brand import operations as branding
from shop.campaigns.operations import add_campaign, publish
from shop.campaigns.rules.content import Content
from shop.core.database import end_read, transaction
from tests.support.factories import BRAND

SLUG = "look-closer"


def open_campaign(*, slug: str = SLUG, sensitive: bool = True, goal: int | None = 200) -> int:
    """A published campaign that asks for something, in a store that has a brand; its id."""
    new = Content(
        slug=slug,
        title="Look Closer",
        standfirst="What to look for.",
        summary="What to look for.",
        body="A story.",
        artwork="look-closer",
        sensitive=sensitive,
    )
    with transaction():
        branding.found(BRAND)
        campaign_id = add_campaign(new)
        publish(campaign_id)
        set_appeal(campaign_id=campaign_id, ask="I will learn the signs.", goal=goal, open=True)
    return campaign_id


def counts(campaign_id: int) -> Counts:
    """Signatures of a campaign, as they are now."""
    appeal = appeal_of(campaign_id)
    assert appeal is not None
    found = counts_of([appeal.id])[appeal.id]
    end_read()
    return found
