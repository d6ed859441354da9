"""Writes of claims, helplines and pages. All assume an open transaction."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import delete, update

from shop.campaigns.models import Claim, Helpline, Page
from shop.campaigns.operations.common import add, check_address, check_body, check_slug, count
from shop.campaigns.rules.views import ClaimView, HelplineView, PageDetail
from shop.core import clock
from shop.core.database import rows_changed, session
from shop.core.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim(ClaimView):
    """A claim with what only staff read of it."""

    staff_notes: str = ""


def add_claim(new: NewClaim) -> int:
    """Add a claim; returns its id. Raises Invalid where its source cannot be opened or is dated after it was read."""
    check_slug(new.key, field="key")
    check_address(new.source_url, field="source_url")
    if not new.source_title.strip() or not new.claimant.strip():
        raise Invalid("A claim says who claims it, and names its source.", field="source_title")
    if not new.source_date <= new.checked_on < new.next_review:
        raise Invalid("A source is read after it appeared, and read again after that.", field="next_review")
    return add(Claim, asdict(new), "key")


def add_helpline(new: HelplineView) -> int:
    """Add a helpline after those there are; returns its id. Raises Invalid without a number or with a bad address."""
    _check_helpline(new)
    return add(Helpline, asdict(new) | {"position": count(Helpline)}, "key")


def change_helpline(new: HelplineView) -> bool:
    """What is known of a helpline now, by its key; False where there is none. Raises as `add_helpline` does."""
    _check_helpline(new)
    row = update(Helpline).where(Helpline.key == new.key)
    return rows_changed(session().execute(row.values(**asdict(new)))) == 1


def note_checked(key: str) -> bool:
    """Somebody called or opened a helpline today; False where there is none."""
    row = update(Helpline).where(Helpline.key == key)
    return rows_changed(session().execute(row.values(last_checked=clock.now().date()))) == 1


def remove_helpline(key: str) -> bool:
    """A helpline that is no more; False where there was none."""
    return rows_changed(session().execute(delete(Helpline).where(Helpline.key == key))) == 1


def _check_helpline(new: HelplineView) -> None:
    check_slug(new.key, field="key")
    if not any(sign.isdigit() for sign in new.phone):
        raise Invalid("Enter the number that people can call.", field="phone")
    for field in ("chat_url", "report_url", "source_url"):
        if (address := getattr(new, field)) is not None:
            check_address(address, field=field)


def add_page(new: PageDetail) -> int:
    """Add a page after those there are; returns its id. Raises as `add_campaign` does."""
    check_slug(new.slug)
    check_body(new.body)
    return add(Page, asdict(new) | {"position": count(Page)}, "slug")
