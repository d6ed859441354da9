"""The offline page in a real browser: there without a network, and never in the way with one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser


def test_a_visitor_without_a_network_is_told_so_and_finds_back(browser: Browser, shop: RunningStore) -> None:
    context = browser.new_context(base_url=shop.url)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/shop", referer=f"{shop.url}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.goto("/campaigns")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    kept = page.evaluate(
        "caches.keys().then(names => caches.open(names[0])).then(one => one.keys())"
        ".then(found => found.map(one => new URL(one.url).pathname))"
    )
    assert all(one in ("/offline", "/es/offline") or one.startswith("/static/") for one in kept)
    context.set_offline(False)
    page.goto("/campaigns")
    expect(page.get_by_role("heading", name="No connection")).to_have_count(0)
    context.close()
