"""Writes of plain pages. All assume an open transaction."""

from __future__ import annotations

from msgspec.structs import asdict
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from shop.campaigns.models import Page
from shop.campaigns.operations.common import Taken, add, check_slug
from shop.campaigns.queries.pages import page_kept
from shop.campaigns.rules.pages import PageText, check_text
from shop.core import clock
from shop.core.database import rows_changed, session
from shop.core.editions import next_edition
from shop.core.wordings import ChangedMeanwhile


def write_page(text: PageText, *, actor: str) -> int:
    """A new page; its id. Raises Invalid and Taken."""
    check_slug(text.slug)
    check_text(text)
    more = {"updated_on": clock.now().date(), "revision": 1, "changed_by": actor}
    page_id = add(Page, asdict(text) | more, "slug")
    next_edition()
    return page_id


def rewrite_page(page_id: int, text: PageText, *, seen: int, actor: str) -> None:
    """Other words in place of revision `seen`. Raises Invalid, NotFound, Taken and ChangedMeanwhile."""
    check_slug(text.slug)
    check_text(text)
    now = page_kept(page_id)
    if session().execute(select(Page.id).where(Page.slug == text.slug, Page.id != page_id)).first():
        raise Taken(f"“{text.slug}” is taken already.", field="slug")
    there = update(Page).where(Page.id == page_id, Page.revision == seen)
    more = {"updated_on": clock.now().date(), "revision": seen + 1, "changed_by": actor}
    try:
        done = rows_changed(session().execute(there.values(**asdict(text), **more)))
    except IntegrityError as error:  # somebody took the address between the look and the write
        raise Taken(f"“{text.slug}” is taken already.", field="slug") from error
    if not done:
        raise ChangedMeanwhile(now.changed_by or "Somebody", f"{now.updated_on:%d %B}")
    next_edition()


def remove_page(page_id: int) -> None:
    """It is no more."""
    session().execute(delete(Page).where(Page.id == page_id))
    next_edition()
