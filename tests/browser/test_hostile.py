"""A story made of every hostile string, in a real browser whose content policy is off: nothing of it runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog

from shop.campaigns import operations
from shop.campaigns.rules.blocks import BadBody, blocks_of
from shop.campaigns.rules.content import Content
from shop.core.database import transaction
from tests.campaigns.hostile import strings
from tests.support import backstage
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
# Pointing at, focussing and opening what is there is what handlers wait for.
STIR = """() => { for (const one of document.querySelectorAll("main *")) {
    for (const kind of ["pointerenter", "mouseover", "focus", "toggle", "load", "error", "animationend"])
        one.dispatchEvent(new Event(kind));
    if (one.matches("details")) one.open = true;
} }"""
RUNS = """() => [...document.links].map((one) => one.protocol)
    .filter((one) => !["http:", "https:", "mailto:", "tel:"].includes(one))"""


def _body() -> str:
    def taken(one: str) -> bool:
        try:
            return list(blocks_of(one)) != []
        except BadBody:
            return False

    return "\n\n".join(f"{one}\n\nAfter." for one in strings() if taken(one))


@pytest.mark.parametrize("control", [False, True], ids=["the story", "the control"])
def test_nothing_of_the_corpus_runs(browser: Browser, shop: RunningStore, control: bool) -> None:
    if not control:
        story = Content(
            slug="strings",
            title="Strings",
            standfirst="Words.",
            summary="Words.",
            artwork="look-closer",
            body=_body(),
            sensitive=False,
        )
        with backstage.inside(shop), transaction():
            operations.publish(operations.add_campaign(story))
    page = browser.new_context(base_url=shop.url, bypass_csp=True).new_page()
    fired: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        fired.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto("/campaigns/strings")
    if control:
        page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    page.evaluate(STIR)
    page.wait_for_timeout(300)
    assert page.evaluate(RUNS) == []
    assert bool(fired) == control
    page.context.close()
