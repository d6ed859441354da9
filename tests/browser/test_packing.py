"""Three orders are packed in twelve keys, and sent in twelve more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shop.core import clock, codes
from shop.core.database import transaction
from shop.staff.models import StaffMember
from shop.staff.operations import sign_ins
from tests.admin.sales import Counter
from tests.browser.test_purchase import PATIENCE
from tests.support import backstage
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(browser: Browser, shop: RunningStore, tmp_path: Path) -> Iterator[Page]:
    """Somebody who packs, with three paid orders on the board; whatever the console complains of fails the test."""
    with backstage.inside(shop):
        counter = Counter(tmp_path, seeded=True)
        for tee in counter.tees[:3]:
            counter.takes_money_for(counter.sells(tee))
        with transaction() as current:
            name = codes.new_code()
            member = StaffMember(
                email=f"{name}@example.org", name=name, role="fulfilment", password_hash="none", added_at=clock.now()
            )
            current.add(member)
            current.flush()
            token = sign_ins.begin(member_id=member.id, second_factor=True, user_agent="Chromium")
    context = browser.new_context(base_url=shop.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "staff", "value": token, "url": shop.url}])
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def _count(page: Page, name: str) -> int:
    return int(page.locator(f'.board-lists a[href*="list={name}"] span').inner_text())


def _presses(page: Page, key: str, times: int, name: str) -> int:
    """Each press of the key takes one order off the list that is shown; how many keys that took."""
    before = _count(page, name)
    page.keyboard.press("j")
    for done in range(1, times + 1):
        with page.expect_navigation():
            page.keyboard.press(key)
        expect(page.locator(f'.board-lists a[href*="list={name}"] span')).to_have_text(str(before - done))
    return 1 + times


def test_three_orders_are_packed_and_sent_by_keys(desk: Page) -> None:
    desk.goto("/admin/orders")
    packed = _count(desk, "packed")
    keys = _presses(desk, "p", 3, "to_pack")
    assert keys <= 12
    assert _count(desk, "packed") == packed + 3
    desk.goto("/admin/orders?list=packed")
    assert keys + _presses(desk, "f", 3, "packed") <= 12, "four keys at most for each, with sending"


def test_keys_walk_choose_help_and_keep_quiet(desk: Page) -> None:
    desk.goto("/admin/orders?list=all")
    for key in ("j", "j", "k", "x"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-row]").first.locator("input")).to_be_checked()
    expect(desk.locator("[data-row] [data-open]").first).to_be_focused()
    desk.keyboard.press("?")
    expect(desk.locator(".keys")).to_be_visible()
    desk.get_by_role("button", name="Switch single keys off").click()
    expect(desk.locator("[data-keys]")).to_have_count(0)
    desk.keyboard.press("j")
    expect(desk.locator("[data-row] [data-open]").first).not_to_be_focused()
