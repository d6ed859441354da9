"""A newcomer on the staff writes and publishes a cited story, with a film, three tees and two partners, by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.signed_in import signed_in
from tests.browser.test_purchase import Keys
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
BLOCKS = (
    "[[claim ilo",
    "[[video interview",
    "[[tees north-star-tee",
    "[[tees look-closer-tee",
    "[[tees many-hands-tee",
    "[[partner polaris",
    "[[partner our-rescue",
    "[[helplines",
)
FILM = {
    "key": "interview",
    "title": "An interview",
    "source": "https://youtu.be/abcdefghijk",
    "publisher": "A broadcaster",
}


@pytest.fixture
def desk(browser: Browser, shop: RunningStore) -> Iterator[Page]:
    """Signed in as somebody who writes."""
    with signed_in(browser, shop, role="content", name="Kim") as page:
        yield page


def _enters(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _inserts(page: Page, start: str) -> None:
    """Ctrl I goes to the list, arrows choose, Enter inserts and goes back to the text."""
    page.keyboard.press("Control+i")
    what = page.locator("#insert-what")
    steps = what.evaluate("(list, start) => [...list.options].findIndex((one) => one.value.startsWith(start))", start)
    assert steps >= 0, start
    page.keyboard.press("Home")
    for _ in range(steps):
        page.keyboard.press("ArrowDown")
    assert what.input_value().startswith(start)
    page.keyboard.press("Enter")


def _goes_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Past a field for a time, whose inner parts draw their own focus, which `Keys` does not see."""
    for _ in range(200):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector}")


def test_a_cited_story_by_keyboard_alone(desk: Page, shop: RunningStore) -> None:
    keys = Keys(desk)
    desk.goto("/admin/videos/new")
    for name, words in FILM.items():
        keys.types(f'[name="{name}"]', words)
    keys.reaches('[name="captions"]')
    desk.keyboard.press("Space")
    keys.types('[name="transcript"]', "Ada asks what one can do. Bo says: look closer, and call.")
    keys.reaches('main button[type="submit"]')
    _enters(desk)

    desk.goto("/admin/campaigns")
    keys.reaches('a[href="/admin/campaigns/new"]')
    _enters(desk)
    keys.types('[name="title"]', "A second look")
    _enters(desk)
    keys.types('[name="standfirst"]', "What to see when you look twice.")
    keys.types('[name="body"]', "## What is known\n\nSome things are known.\n\n")
    for block in BLOCKS:
        _inserts(desk, block)
    keys.types('[name="summary"]', "A second look at what is known.")
    for partner in ("polaris", "our-rescue"):
        _goes_to(desk, f'[name="partners"][value="{partner}"]')
        desk.keyboard.press("Space")
    expect(desk.locator("[data-said]")).to_have_text("Saved as a draft.")
    expect(desk.locator("[data-preview-paper] .story-shelf")).to_have_count(3)
    _goes_to(desk, '[formaction$="/publish"]', key="Shift+Tab")
    _enters(desk)
    expect(desk.get_by_text("Readers have it now.")).to_be_visible()

    desk.goto("/campaigns/a-second-look")
    for part, count in ((".claim", 1), (".video__poster", 1), (".story-shelf", 3), (".partner-card", 2)):
        expect(desk.locator(part)).to_have_count(count)
    assert [frame.url for frame in desk.frames] == [desk.url], "nothing of a third party loads before it is pressed"
