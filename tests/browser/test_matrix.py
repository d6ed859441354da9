"""Pages in every mode that a visitor may come with: narrow to wide, dark, forced colours, right to left, no script.

Each page is loaded once a mode and looked at in several widths, which keeps the whole matrix to a minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import WIDTHS, _barriers, _put_in_the_cart
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
PAGES = ("/", "/shop", "/shop/north-star-tee", "/campaigns/look-closer", "/giving", "/cart", "/no-such-page")
MODES: Mapping[str, Mapping[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "no script": {"java_script_enabled": False},
    "Spanish": {},
    "right to left": {},
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TURNED = "document.documentElement.dir = 'rtl'"


def _wide(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate(TOO_WIDE)
        found += [f"{page.url} at {width}: {over}"] if over > 0 else []
    return found


@pytest.mark.parametrize("mode", MODES)
def test_pages_hold_in_every_mode(browser: Browser, shop: RunningStore, mode: str) -> None:
    """No sideways scroll at any width, nothing that axe or the console complains of.

    Where colours are forced the browser picks them, and axe would measure those that it does not show.
    """
    context = browser.new_context(base_url=shop.url, reduced_motion="reduce", **MODES[mode])
    context.set_default_timeout(60_000)
    page, said, found = context.new_page(), list[str](), list[str]()
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    if mode != "no script":
        _put_in_the_cart(page)
    for path in PAGES:
        page.goto(f"/es{path}".rstrip("/") if mode == "Spanish" else path, wait_until="load")
        if mode == "right to left":
            page.evaluate(TURNED)
        found += _wide(page)
        if mode != "no script":  # axe is a script
            found += [one for one in _barriers(page) if mode != "forced colours" or "color-contrast" not in one]
    context.close()
    assert found == []
    assert [one for one in said if "404" not in one] == []


def test_a_colour_is_a_link_without_a_script(browser: Browser, shop: RunningStore) -> None:
    context = browser.new_context(base_url=shop.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/shop/north-star-tee")
    before = page.locator(".product__views:not([hidden])").get_attribute("data-shown-for")
    page.locator("noscript a, .group__hint a").nth(1).click()
    after = page.locator(".product__views:not([hidden])").get_attribute("data-shown-for")
    context.close()
    assert before != after


def test_nothing_moves_while_a_product_arrives(browser: Browser, shop: RunningStore) -> None:
    """Cumulative layout shift, as the browser itself adds it up."""
    context = browser.new_context(base_url=shop.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/shop/north-star-tee", wait_until="networkidle")
    shifted = page.evaluate(
        "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) "
        "if (!one.hadRecentInput) sum += one.value; }).observe({ type: 'layout-shift', buffered: true }); "
        "setTimeout(() => done(sum), 300); })"
    )
    context.close()
    assert shifted <= 0.01
