"""The stock room by keyboard and scanner, as somebody does it who packs tees at a kitchen table."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.signed_in import signed_in
from tests.browser.test_pages import RULES
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
NUMBERS = count(1)
KEY = 110  # milliseconds between two keys: about 100 words a minute, a quick human
LOOK = 0.4  # seconds that a person looks at the list before typing the next number


@pytest.fixture
def desk(browser: Browser, shop: RunningStore) -> Iterator[Page]:
    """Somebody who packs, new for each test."""
    with signed_in(browser, shop, role="fulfilment", name=f"Packer{next(NUMBERS)}") as page:
        yield page


def _opens(page: Page, title: str) -> None:
    page.goto("/admin/stock")
    link = page.get_by_role("link", name=title, exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(page.locator(":focus")).to_have_attribute("name", re.compile(":on_hand:"))


def _saves(page: Page, why: str) -> None:
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type(why, delay=KEY)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_twenty_skus_are_adjusted_by_keyboard_within_a_minute(desk: Page) -> None:
    began = time.monotonic()
    _opens(desk, "Common Thread Tee")
    cells = desk.locator('tr[data-part="on_hand"] input')
    before = [int(cell.input_value()) for cell in cells.all()]
    assert len(before) >= 20
    for number in range(20):
        time.sleep(LOOK)
        desk.keyboard.type(str(before[number] + 2) if number % 2 else "+2", delay=KEY)
        desk.keyboard.press("Tab")
        if desk.locator(":focus").get_attribute("data-why") is not None:
            desk.keyboard.press("Tab")
    _saves(desk, "Counted by hand")
    took = time.monotonic() - began
    assert [int(cell.input_value()) for cell in cells.all()][:20] == [number + 2 for number in before[:20]]
    assert took < 60, f"{took:.1f} s"
    desk.get_by_role("button", name="Undo it").click()
    expect(desk.get_by_text("Taken back.")).to_be_visible()
    assert [int(cell.input_value()) for cell in cells.all()] == before
    print(f"\n20 SKUs in {took:.1f} s")  # noqa: T201


def test_it_answers_keys_as_a_sheet_does(desk: Page) -> None:
    _opens(desk, "Many Hands Tee")
    cells, rows = desk.locator('tr[data-part="on_hand"] input'), desk.locator("tr.cells--on_hand")
    width = rows.first.locator("input").count()
    first, below = cells.nth(0), cells.nth(width)
    desk.keyboard.type("12")
    desk.keyboard.press("Enter")
    expect(below).to_be_focused()
    desk.keyboard.press("Control+d")
    expect(below).to_have_value("12")
    desk.keyboard.press("Escape")
    assert below.input_value() == str(below.get_attribute("name")).rsplit(":", 1)[1]
    desk.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    desk.keyboard.press("Shift+ArrowDown")
    assert desk.locator("[data-chosen]").count() == 2
    first.focus()
    first.evaluate(
        """(cell) => { const data = new DataTransfer(); data.setData("text/plain", "7\\t8\\r\\n9\\t10\\r\\n");
        cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    assert [cells.nth(place).input_value() for place in (0, 1, width, width + 1)] == ["7", "8", "9", "10"]
    expect(desk.get_by_text("4 numbers typed, not saved yet.")).to_be_visible()
    desk.keyboard.press("Control+z")
    expect(desk.locator("[data-said]")).to_have_text("1 number typed, not saved yet.")
    desk.reload()
    desk.get_by_role("button", name="Restore what you typed").click()
    expect(desk.locator("[data-said]")).to_have_text("1 number typed, not saved yet.")
    desk.locator("[data-why]").first.click()
    expect(desk.locator(".cells__history")).to_contain_text("Why it is")
    desk.keyboard.press("Escape")
    expect(desk.locator(".cells__history")).to_have_count(0)
    desk.on("dialog", lambda dialog: dialog.accept())


def test_a_delivery_is_received_with_a_shortage(desk: Page) -> None:
    desk.goto("/admin/stock?q=Open+Door&open=all")
    name = desk.locator('tr[data-part="on_hand"] input').first
    before, label = int(name.input_value()), str(name.get_attribute("aria-label"))
    desk.goto(str(desk.locator("[data-why]").first.get_attribute("href")))
    code = desk.locator(".head__facts .muted").inner_text()
    desk.goto("/admin/deliveries/new")
    desk.get_by_label("Supplier").fill("Cotton Mill")
    desk.get_by_label("What was ordered").fill(f"{code}\t12")
    desk.get_by_role("button", name="Note the order").click()
    desk.get_by_role("link", name="Fill in everything that is to come").click()
    good = desk.get_by_role("textbox", name="Good now")
    expect(good).to_have_value("12")
    good.fill("9")
    desk.get_by_role("textbox", name="Damaged now").fill("1")
    desk.get_by_label("Nothing more will come").check()
    desk.get_by_role("button", name="Put on hand").click()
    expect(desk.get_by_text("The delivery is closed.")).to_be_visible()
    expect(desk.get_by_role("cell", name="2 short")).to_be_visible()
    desk.goto("/admin/stock?q=Open+Door&open=all")
    assert int(desk.get_by_label(label, exact=True).input_value()) == before + 10


def test_a_shelf_is_counted_by_scanner(desk: Page) -> None:
    """A USB scanner is a keyboard that ends each code with Enter, faster than pages load."""
    desk.goto("/admin/stock?q=Lantern&open=all")
    found = [str(link.get_attribute("href")) for link in desk.locator("[data-why]").all()[:2]]
    codes = []
    for address in found:
        desk.goto(address)
        codes.append(desk.locator(".head__facts .muted").inner_text())
    desk.goto("/admin/counts")
    desk.get_by_label("What you count").fill("Shelf 3")
    desk.get_by_role("button", name="Begin").click()
    expect(desk.locator("#code")).to_be_focused()
    for code in [codes[0]] * 5 + [codes[1]] * 3:
        desk.keyboard.type(code)
        desk.keyboard.press("Enter")
    expect(desk.get_by_text("8 units of 2 sizes so far")).to_be_visible()
    desk.keyboard.type(codes[1])
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("9 units of 2 sizes so far")).to_be_visible()
    desk.get_by_role("link", name="Compare").click()
    desk.get_by_role("button", name="Post the differences").click()
    expect(desk.get_by_text("Posted.")).to_be_visible()
    desk.goto(found[0])
    expect(desk.locator("#why")).to_have_text("Why it is 5")


OURS = (
    "/admin/stock",
    "/admin/stock?open=all&kept=1",
    "/admin/stock/1",
    "/admin/stock/changes",
    "/admin/stock/changes/1",
    "/admin/deliveries",
    "/admin/deliveries/new",
    "/admin/deliveries/1",
    "/admin/counts",
    "/admin/counts/1",
    "/admin/stock/moves",
    "/admin/stock/labels",
    "/admin/stock/files",
    "/admin/stock/alerts",
    "/admin/stock/gone",
)


def test_no_page_of_the_stock_room_has_barriers_or_scrolls_sideways(desk: Page) -> None:
    """After the tests above, which fill it; each at the width of a small phone."""
    desk.set_viewport_size({"width": 320, "height": 700})
    found: dict[str, object] = {}
    for path in OURS:
        desk.goto(path)
        barriers = [one["id"] for one in Axe().run(desk, options=RULES).response["violations"]]
        wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if barriers or wide > 0:
            found[path] = (barriers, wide)
    assert found == {}


def test_where_somebody_was_first_the_page_has_no_barriers_and_nothing_typed_is_lost(desk: Page) -> None:
    slow = desk.context.new_page()  # its console may speak of the 409
    slow.goto("/admin/stock?q=Tote&open=all")
    cell = slow.locator('tr[data-part="on_hand"] input').first
    before = int(cell.input_value())
    desk.goto("/admin/stock?q=Tote&open=all")
    desk.locator('tr[data-part="on_hand"] input').first.fill("+4")
    desk.locator("#reason").fill("Found")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Saved.")).to_be_visible()
    cell.fill("9")
    slow.locator("#reason").fill("Counted by hand")
    slow.get_by_role("button", name="Save").click()
    expect(slow.get_by_text(f"It is {before + 4} now. You saw {before} and typed 9.")).to_be_visible()
    expect(slow.locator('input[aria-invalid="true"]')).to_have_value("9")
    expect(slow.locator('input[aria-invalid="true"]')).to_be_focused()
    assert Axe().run(slow, options=RULES).response["violations"] == []
    slow.get_by_role("button", name="Save").click()
    expect(slow.get_by_text("Saved.")).to_be_visible()
    slow.get_by_role("button", name="Undo it").click()
    expect(slow.locator('tr[data-part="on_hand"] input').first).to_have_value(str(before + 4))
