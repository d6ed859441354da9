"""Somebody of the staff in a real browser, signed in without the pages of signing in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from shop.core import clock
from shop.core.database import transaction
from shop.staff.models import StaffMember
from shop.staff.operations import sign_ins
from tests.support import backstage
from tests.support.servers import RunningStore

PATIENCE = 60_000  # milliseconds


@contextmanager
def signed_in(browser: Browser, shop: RunningStore, *, role: str, name: str, url: str = "") -> Iterator[Page]:
    """Their page; whatever the console complains of fails the test."""
    context = browser.new_context(base_url=url or shop.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "staff", "value": _token(shop, role, name), "url": url or shop.url}])
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints, complaints


def _token(shop: RunningStore, role: str, name: str) -> str:
    with backstage.inside(shop), transaction() as current:
        member = StaffMember(
            email=f"{name.lower()}@example.org", name=name, role=role, password_hash="none", added_at=clock.now()
        )
        current.add(member)
        current.flush()
        return sign_ins.begin(member_id=member.id, second_factor=True, user_agent="Chromium")
