"""Staff write the plain pages, in English and in other languages; each change says who."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import asdict

from shop.campaigns.operations import pages as stories
from shop.campaigns.queries.pages import PAGE, page_kept
from shop.campaigns.rules.pages import PageText, check_prose
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.core.languages import KNOWN
from shop.core.wordings import drop_wordings, keep_wording, kept_wording
from shop.frame.queries import menus
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended


@again
def make_page(text: PageText, *, actor: str) -> int:
    """A new page, shown at once; its id. Raises Invalid, and Conflict for an address that is taken."""
    with transaction():
        page_id = stories.write_page(text, actor=actor)
        audit(actor=actor, action="page.made", subject=f"page {page_id}", details=begun(asdict(text)))
    return page_id


@again
def keep_page(page_id: int, text: PageText, *, seen: int, actor: str) -> None:
    """Other words, in place of revision `seen`. Raises Invalid, NotFound, Conflict and ChangedMeanwhile."""
    with transaction():
        before = page_kept(page_id).text
        stories.rewrite_page(page_id, text, seen=seen, actor=actor)
        told = differences(asdict(before), asdict(text)) | {"revision": seen + 1}
        audit(actor=actor, action="page.kept", subject=f"page {page_id}", details=told)


@again
def keep_page_wording(page_id: int, language: str, texts: Mapping[str, str], *, seen: int, actor: str) -> None:
    """What a page says in another language. Raises Invalid, NotFound and ChangedMeanwhile."""
    if language not in KNOWN:
        raise Invalid("The store does not speak that language.")
    if texts.get("body", "").strip():
        check_prose(texts["body"])
    with transaction():
        there = page_kept(page_id)
        before = kept_wording(PAGE, page_id, language).texts
        keep_wording(PAGE, page_id, language, texts, of_revision=there.revision, seen=seen, actor=actor)
        told = differences(before, texts) | {"language": language}
        audit(actor=actor, action="page.worded", subject=f"page {page_id}", details=told)


@again
def remove_page(page_id: int, *, actor: str) -> None:
    """Take a page away. Raises NotFound, and Conflict while a menu leads to it."""
    with transaction():
        there = page_kept(page_id)
        url = f"/pages/{there.text.slug}"
        if any(link.url == url for menu in menus() for link in menu or ()):
            raise Conflict("A menu leads to this page. Take it out there first.")
        stories.remove_page(page_id)
        drop_wordings(PAGE, page_id)
        audit(actor=actor, action="page.removed", subject=f"page {page_id}", details=ended(asdict(there.text)))
