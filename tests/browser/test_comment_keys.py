"""The comments' queue by keys, and with the keys switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from shop.campaigns.queries import campaign_named
from shop.comments import operations as comments
from shop.core.database import transaction
from tests.browser.signed_in import signed_in
from tests.support import backstage
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
WORDS = ("The first of them.", "The second of them.", "The third of them.")


def test_the_queue_is_walked_and_decided_by_keys(browser: Browser, shop: RunningStore) -> None:
    with backstage.inside(shop):
        campaign_id = campaign_named("look-closer").card.id
        with transaction():
            for words in WORDS:
                comments.write(campaign_id=campaign_id, name="", text=words, heavy=False, network="")
    with signed_in(browser, shop, role="owner", name="Noor") as desk:
        desk.goto("/admin/comments")
        waiting = desk.locator("[data-comment-keys] > li")
        expect(waiting).to_have_count(3)
        for key in "jjjk":
            desk.keyboard.press(key)
        expect(waiting.nth(1)).to_be_focused()
        second = waiting.nth(1).locator("pre").inner_text()
        desk.keyboard.press("a")
        expect(waiting).to_have_count(2)
        expect(desk.get_by_text(f"by Noor: {second}")).to_be_visible()
        desk.keyboard.press("r")
        expect(waiting).to_have_count(1)
        desk.get_by_role("link", name="Switch the keys off").click()
        for key in "jar":
            desk.keyboard.press(key)
        expect(desk.locator("pre")).to_have_count(1)
        expect(desk.get_by_text("Keys are off.")).to_be_visible()
