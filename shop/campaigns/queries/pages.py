"""Reads of plain pages: in the language spoken for readers, kept in memory until one changes; as they are for staff."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from shop.campaigns.models import Page
from shop.campaigns.rules.pages import KeptPage, PageText
from shop.campaigns.rules.views import PageCard, PageDetail
from shop.core.database import session
from shop.core.editions import kept_until_changed
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.wordings import worded

PAGE = "page"  # their kind among the wordings
_KEPT = (Page.slug, Page.title, Page.summary, Page.body, Page.position)


class _Numbered(Struct, frozen=True):
    """What readers see of a page, with the number under which its words are kept."""

    id: int
    slug: str
    title: str
    summary: str


@kept_until_changed
def page_named(slug: str) -> PageDetail:
    """A page by its slug, in the language spoken as far as it is; raises NotFound."""
    row = session().execute(select(Page.id, *_KEPT[:4], Page.updated_on).where(Page.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such page here."))
    page_id, *texts, updated_on = row
    plain = PageDetail(**dict(zip(("slug", "title", "summary", "body"), texts, strict=True)), updated_on=updated_on)
    return worded(PAGE, [plain], lambda _page: page_id, ("title", "summary", "body"))[0]


@kept_until_changed
def pages() -> tuple[PageCard, ...]:
    """All pages in the order staff gave them, in the language spoken."""
    rows = session().execute(select(Page.id, Page.slug, Page.title, Page.summary).order_by(Page.position, Page.id))
    found = worded(PAGE, [_Numbered(*row) for row in rows], lambda one: one.id, ("title", "summary"))
    return tuple(PageCard(slug=one.slug, title=one.title, summary=one.summary) for one in found)


def page_kept(page_id: int) -> KeptPage:
    """One page for staff; raises NotFound."""
    found = _kept(page_id)
    if not found:
        raise NotFound("There is no such page.")
    return found[0]


def pages_kept() -> list[KeptPage]:
    """All of them for staff, in their order."""
    return _kept()


def _kept(page_id: int | None = None) -> list[KeptPage]:
    wanted = select(*_KEPT, Page.id, Page.revision, Page.changed_by, Page.updated_on)
    if page_id is not None:
        wanted = wanted.where(Page.id == page_id)
    rows = session().execute(wanted.order_by(Page.position, Page.id))
    return [KeptPage(row[5], PageText(*row[:5]), *row[6:]) for row in rows]
