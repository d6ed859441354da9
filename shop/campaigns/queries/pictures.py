"""Which stories show a picture of the library, as readers have them or as they are being written."""

from __future__ import annotations

import re

from sqlalchemy import Text, cast, select

from shop.campaigns.models import Campaign, Draft
from shop.core.database import session


def stories_with_picture(key: str) -> list[tuple[int, str]]:
    """Id and title of stories whose text, or whose working copy, shows the picture with this key."""
    begun = f"[[picture {key}"
    there = re.compile(rf"\[\[picture {re.escape(key)}\s*[:\]]")
    copies = select(Draft.campaign_id).where(cast(Draft.content, Text).contains(begun, autoescape=True))
    wanted = select(Campaign.id, Campaign.title, Campaign.body, Draft.content).outerjoin(
        Draft, Draft.campaign_id == Campaign.id
    )
    rows = session().execute(
        wanted.where(Campaign.body.contains(begun, autoescape=True) | Campaign.id.in_(copies)).order_by(Campaign.id)
    )
    return [(one, title) for one, title, body, copy in rows if there.search(f"{body}\n{(copy or {}).get('body', '')}")]
