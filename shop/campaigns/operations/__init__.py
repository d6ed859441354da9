"""Writes of campaigns, by noun. All assume an open transaction."""

from shop.campaigns.operations.common import Taken, UnknownClaim
from shop.campaigns.operations.editing import (
    MovedOn,
    SavedByAnother,
    ask_two_people,
    end_previews,
    hold_draft,
    keep_draft,
    open_preview,
    save_draft,
    step,
)
from shop.campaigns.operations.facts import (
    NewClaim,
    add_claim,
    add_helpline,
    add_page,
    change_helpline,
    note_checked,
    remove_helpline,
)
from shop.campaigns.operations.stories import (
    add_campaign,
    add_update,
    archive,
    link_partners,
    link_products,
    link_related,
    publish,
    remove_update,
    rewrite,
)

__all__ = [
    "MovedOn",
    "NewClaim",
    "SavedByAnother",
    "Taken",
    "UnknownClaim",
    "add_campaign",
    "add_claim",
    "add_helpline",
    "add_page",
    "add_update",
    "archive",
    "ask_two_people",
    "change_helpline",
    "end_previews",
    "hold_draft",
    "keep_draft",
    "link_partners",
    "link_products",
    "link_related",
    "note_checked",
    "open_preview",
    "publish",
    "remove_helpline",
    "remove_update",
    "rewrite",
    "save_draft",
    "step",
]
