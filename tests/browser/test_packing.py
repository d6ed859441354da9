"""Three orders are packed in twelve keys, and sent in twelve more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from shop.core import codes
from tests.admin.sales import Counter
from tests.browser.signed_in import signed_in
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
    with signed_in(browser, shop, role="fulfilment", name=codes.new_code()) as page:
        yield page


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
        if before > done:
            expect(page.locator("[data-row] [data-open]").first).to_be_focused()
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


@pytest.mark.parametrize("then", [("THE-NEXT-SLIP\n", ""), ("THE-NE", "XT-SLIP")], ids=["a whole code", "half a code"])
def test_a_scanner_faster_than_pages_loses_no_code(desk: Page, then: tuple[str, str]) -> None:
    """The answer comes after the next code, or in the middle of it."""
    desk.goto("/admin/orders")
    with desk.expect_navigation():
        desk.locator("[data-open]").first.click()
    desk.get_by_role("link", name="Pack by scanning").click()
    expect(desk.locator("#code")).to_be_focused()
    sku = desk.locator("tbody td").first.inner_text()
    held: list[Route] = []
    desk.route("**/scan", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with desk.expect_request("**/scan"):
        desk.keyboard.type(f"{sku}\n{then[0]}")
    held[0].continue_()
    expect(desk.get_by_text("every tee was right")).to_be_visible()
    field = desk.get_by_label("Number on the slip")
    expect(field).to_be_focused()
    desk.keyboard.type(then[1])
    expect(field).to_have_value("THE-NEXT-SLIP")


def test_search_opens_over_any_page_and_leads_on(desk: Page) -> None:
    desk.goto("/admin/stock")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("look clos")
    hit = desk.locator("[data-results] a").first
    expect(hit).to_have_text("Look Closer Tee")
    hit.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Look Closer Tee")
    desk.keyboard.press("Control+k")
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-search]")).to_be_hidden()
