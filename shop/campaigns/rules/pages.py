"""Plain pages as staff write them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from shop.campaigns.rules.blocks import BadDirective, blocks_of
from shop.campaigns.rules.kinds import HelplinesBlock
from shop.campaigns.rules.markdown import Prose
from shop.core.errors import Invalid

LONGEST_TITLE = 120
LONGEST_SUMMARY = 300
LONGEST_BODY = 100_000


class PageText(Struct, frozen=True):
    """What staff type: `body` is Markdown, in which [[helplines]] may stand; `position` orders pages in menus."""

    slug: str
    title: str
    summary: str
    body: str
    position: int


class KeptPage(Struct, frozen=True):
    """A page with which revision it is and whose."""

    id: int
    text: PageText
    revision: int
    changed_by: str
    updated_on: date


def check_text(text: PageText) -> None:
    """Raises Invalid, naming the field."""
    if not 0 < len(text.title) <= LONGEST_TITLE:
        raise Invalid(f"Give it a title of {LONGEST_TITLE} characters at most.", field="title")
    if len(text.summary) > LONGEST_SUMMARY:
        raise Invalid(f"Keep the summary under {LONGEST_SUMMARY} characters.", field="summary")
    check_prose(text.body)


def check_prose(body: str) -> None:
    """Raises Invalid for what a plain page cannot show, with the line where it can be told."""
    if not 0 < len(body.strip()) <= LONGEST_BODY:
        raise Invalid("Write something, and no more than 100,000 characters.", field="body")
    if any(not isinstance(block, Prose | HelplinesBlock) for block in blocks_of(body)):
        raise BadDirective(1, "a plain page shows text, and [[helplines]]; the other directives belong into stories.")
