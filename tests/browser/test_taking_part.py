"""Leaving at once, and being counted: in a real browser, by mouse and by keyboard."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from shop.web.site import EXIT
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
STORY = "/campaigns/look-closer"
PATIENCE = 20.0


def _away(page: Page) -> list[str]:
    """Answers for the everyday page, so that no test asks a stranger's server; keeps what was asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><p>Mild.")

    page.route(f"{EXIT}*", answer)
    return asked


def _reader(browser: Browser, shop: RunningStore, *, script: bool = True) -> Page:
    page = browser.new_context(base_url=shop.url, java_script_enabled=script).new_page()
    tee: dict[str, str | float | bool] = {"product": "north-star-tee", "colour": "navy", "size": "M", "quantity": "1"}
    assert page.request.post("/cart/lines", form=tee).ok
    return page


def _cookies(page: Page) -> set[str]:
    return {str(one["name"]) for one in page.context.cookies()}


def test_shift_three_times_leaves_covers_and_forgets(browser: Browser, shop: RunningStore) -> None:
    page = _reader(browser, shop)
    asked = _away(page)
    page.goto("/campaigns")
    page.goto(STORY)
    assert "cart" in _cookies(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{EXIT}*")
    assert page.title() == "Weather"
    assert asked == [""]
    page.wait_for_timeout(300)
    assert _cookies(page) == set()
    page.go_back()
    assert not page.url.endswith(STORY)
    page.context.close()


def test_escape_and_shift_with_letters_do_not_leave(browser: Browser, shop: RunningStore) -> None:
    page = browser.new_context(base_url=shop.url).new_page()
    _away(page)
    page.goto(STORY)
    for keys in ("Escape", "Escape", "Escape", "Shift+a", "Shift+b", "Shift+c"):
        page.keyboard.press(keys)
    assert page.url.endswith(STORY)
    page.context.close()


def test_the_second_stop_of_the_keyboard_is_the_way_out(browser: Browser, shop: RunningStore) -> None:
    page = browser.new_context(base_url=shop.url).new_page()
    _away(page)
    page.goto(STORY)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/leave"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{EXIT}*")
    page.context.close()


def test_without_a_script_the_button_is_a_link_that_forgets(browser: Browser, shop: RunningStore) -> None:
    page = _reader(browser, shop, script=False)
    asked = _away(page)
    page.goto(STORY)
    page.click(".exit__link")
    page.wait_for_url(f"{EXIT}*")
    assert (asked, _cookies(page)) == ([""], set())
    page.context.close()


def test_somebody_is_counted_by_keyboard_alone(browser: Browser, shop: RunningStore, mails: Path) -> None:
    page = browser.new_context(base_url=shop.url).new_page()
    page.goto(STORY)
    page.focus(".with-us input[type=email]")
    page.keyboard.type("robin@example.org")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Look in your mail")
    page.goto(_mailed(mails))
    page.focus("button:has-text('Count me in')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You are with us")
    page.goto(f"{STORY}/with-us")
    assert re.search(r"1 person is with us", page.inner_text("main"))
    page.context.close()


def _mailed(mails: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for one in mails.glob("*.eml") if mails.exists() else ():
            text = one.read_bytes().decode("ascii", "replace").replace("=\r\n", "").replace("=\n", "")
            if found := re.search(r"/with-us/[\w-]+", text):
                return found[0]
        time.sleep(0.1)
    raise AssertionError("no mail came")
