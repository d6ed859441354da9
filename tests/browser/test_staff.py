"""Invited, joined by a passkey, sent away: in a real browser with Chromium's own virtual authenticator."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.signed_in import PATIENCE, signed_in
from tests.browser.test_purchase import _mail_with
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PASSWORD = "eleven slow herons at dusk"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _home(shop: RunningStore) -> str:
    """Browsers make passkeys for localhost, and for no bare address."""
    return shop.url.replace("127.0.0.1", "localhost")


def _with_device(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def _barriers(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def test_invited_joined_by_a_passkey_and_sent_away(browser: Browser, shop: RunningStore, mails: Path) -> None:
    with signed_in(browser, shop, role="owner", name="Olu", url=_home(shop)) as owner:
        owner.goto("/admin/staff")
        barriers = _barriers(owner)
        owner.get_by_label("E-mail").fill("kit@example.org")
        owner.get_by_label("Role").select_option("fulfilment")
        owner.get_by_role("button", name="Send a link").click()
        expect(owner.get_by_text("A link is on its way")).to_be_visible()
        link = re.search(r"/admin/invited/[\w-]+", _mail_with(mails, "/admin/invited/"))
        assert link is not None

        context = browser.new_context(base_url=_home(shop), reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        kit = context.new_page()
        _with_device(kit)
        kit.goto(link[0])
        barriers += _barriers(kit)
        kit.get_by_label("Your name").fill("Kit")
        kit.get_by_label("A password").fill(PASSWORD)
        kit.get_by_role("button", name="Join").click()
        expect(kit.get_by_role("heading", level=1)).to_have_text("One more thing opens your account")
        barriers += _barriers(kit)
        kit.get_by_role("button", name="Make a passkey").click()
        expect(kit.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
        kit.get_by_role("link", name="I have kept them").click()
        barriers += _barriers(kit)
        kit.get_by_role("button", name="Sign out").click()

        kit.get_by_label("E-mail").fill("kit@example.org")
        kit.get_by_label("Password").fill(PASSWORD)
        kit.get_by_role("button", name="Sign in").click()
        expect(kit.get_by_role("heading", level=1)).to_have_text("Your passkey")
        barriers += _barriers(kit)
        kit.get_by_role("button", name="Use a passkey").click()
        expect(kit.get_by_role("heading", level=1)).to_have_text("Today")
        assert kit.goto("/admin/letters").status == 403  # type: ignore[union-attr]  # it answers

        owner.goto("/admin/staff")
        owner.get_by_role("link", name="Kit").click()
        barriers += _barriers(owner)
        owner.locator("summary", has_text="Close the account").click()
        barriers += _barriers(owner)
        owner.get_by_role("button", name="Close the account").click()
        expect(owner.get_by_text("every sign-in of theirs has ended")).to_be_visible()
        kit.goto("/admin/")
        expect(kit.get_by_role("heading", level=1)).to_have_text("Sign in")
        context.close()
        for path in ("/admin/staff/roles", "/admin/audit", "/admin/own/confirm", "/admin/own"):
            owner.goto(path)
            barriers += _barriers(owner)
        assert barriers == []
