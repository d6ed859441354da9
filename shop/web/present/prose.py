"""A page of prose: its words, and helplines in the place that its author gave them."""

from __future__ import annotations

from collections.abc import Sequence

from shop.campaigns.rules.kinds import HelplinesBlock
from shop.campaigns.rules.markdown import Prose
from shop.campaigns.rules.views import HelplineView, PageDetail
from shop.core.formats import date_text
from shop.core.languages import _
from shop.core.wordings import like
from shop.web.present.helplines import helplines
from shop.web.view_models.parts import Meta
from shop.web.view_models.stories import ProsePage


def prose_page(page: PageDetail, meta: Meta, lines: Sequence[HelplineView]) -> ProsePage:
    """Prose before the helplines, the helplines if the page asks for them, and the prose after."""
    blocks = page.blocks
    at = next((place for place, one in enumerate(blocks) if isinstance(one, HelplinesBlock)), None)
    before, after = blocks if at is None else blocks[:at], () if at is None else blocks[at:]
    return ProsePage(
        meta=meta,
        heading=page.title,
        standfirst=page.summary,
        body_html=like(page.body, "".join(one.html for one in before if isinstance(one, Prose))),
        helplines=() if at is None else helplines(lines),
        more_html=like(page.body, "".join(one.html for one in after if isinstance(one, Prose))),
        updated=_("Last changed %(date)s.", date=date_text(page.updated_on)),
    )
