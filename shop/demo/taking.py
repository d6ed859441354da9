"""What the demo's campaigns ask for."""

from __future__ import annotations

from shop.actions.operations import set_appeal
from shop.campaigns.queries import campaign_named
from shop.demo.content.appeals import APPEALS


def add_appeals() -> int:
    """How many there are; nobody has signed."""
    for slug, (ask, goal) in APPEALS.items():
        set_appeal(campaign_id=campaign_named(slug).card.id, ask=ask, goal=goal, open=True)
    return len(APPEALS)
