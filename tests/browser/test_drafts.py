"""What staff type into a long form is there again after the tab went, and gone once it is saved or they sign out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.signed_in import signed_in
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
NEW = "/admin/pages/new"


@pytest.fixture
def desk(browser: Browser, shop: RunningStore) -> Iterator[Page]:
    with signed_in(browser, shop, role="content", name="Dee") as page:
        yield page


def _kept(page: Page) -> int:
    number: int = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length")
    return number


def test_what_was_typed_is_restored_thrown_away_saved_and_gone_at_sign_out(desk: Page) -> None:
    desk.goto(NEW)
    desk.fill("#title", "Why we do this")
    desk.fill("#body", "Because somebody must.")
    desk.goto("/admin/pages")
    desk.goto(NEW)
    expect(desk.locator("#title")).to_have_value("")
    desk.get_by_role("button", name="Restore what you typed").click()
    expect(desk.locator("#title")).to_have_value("Why we do this")
    expect(desk.locator("#body")).to_have_value("Because somebody must.")
    desk.goto(NEW)
    desk.get_by_role("button", name="Throw it away").click()
    assert _kept(desk) == 0
    desk.fill("#title", "Why we do this")
    desk.fill("#slug", "why-we-do-this")
    desk.fill("#body", "Because somebody must.")
    desk.get_by_role("button", name="Keep the page").click()
    expect(desk.locator(".notice--success")).to_be_visible()
    assert _kept(desk) == 0
    desk.fill("#body", "Because somebody must, and we can.")
    desk.goto("/admin/pages")
    assert _kept(desk) == 1
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
    assert _kept(desk) == 0
