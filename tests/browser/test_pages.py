"""Every public page in a real browser: barriers, complaints, sideways scroll, weight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from shop.campaigns.operations import add_video
from shop.campaigns.rules.views import VideoView
from shop.core.database import transaction
from tests.support import backstage
from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PUBLIC = (
    "/",
    "/shop",
    "/shop/north-star-tee",
    "/campaigns",
    "/campaigns/look-closer",
    "/partners",
    "/partners/polaris",
    "/giving",
    "/pages/help",
    "/pages/delivery-and-returns",
    "/orders/find",
    "/campaigns/look-closer/with-us",
    "/campaigns/look-closer/send",
    "/s/1",
    "/news",
    "/contact",
    "/helplines",
    "/leaving",
    "/cookies",
    "/how-long",
    "/watch/an-interview",
    "/no-such-page",
    "/admin/sign-in",
)
WIDTHS = (320, 390, 768, 1280, 1920)


FILM = VideoView(
    key="an-interview",
    title="An interview",
    provider="youtube",
    source="abcdefghijk",
    publisher="A broadcaster",
    length="4 min",
    transcript="Ada asks what one can do. Bo says: **look closer**, and call.",
    artwork="look-closer",
)


@pytest.fixture(scope="module", autouse=True)
def film(shop: RunningStore) -> None:
    """The demo has none: no film of its subject comes with captions and words that we may print."""
    with backstage.inside(shop), transaction():
        add_video(FILM)


@dataclass
class Seen:
    """A page and what was heard meanwhile; sizes in bytes as they went over the wire."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)


@contextmanager
def _window(
    browser: Browser, shop: RunningStore, *, width: int, scheme: str = "light", moving: bool = False
) -> Iterator[Seen]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]  # light or dark
        base_url=shop.url,
        reduced_motion="no-preference" if moving else "reduce",
    )
    context.set_default_timeout(60_000)
    seen = Seen(context.new_page())
    seen.page.on("console", lambda one: seen.complaints.append(one.text) if one.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("requestfinished", lambda asked: seen.sizes.update({asked.url: _moved(asked)}))
    try:
        yield seen
    finally:
        context.close()


def _moved(asked: Any) -> int:
    sizes = asked.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def _barriers(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def _put_in_the_cart(page: Page) -> None:
    page.goto("/shop/north-star-tee")
    page.locator("label", has=page.locator('input[name="size"][value="M"]')).click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog").get_by_role("button", name="Checkout").wait_for()


def _to_the_payment_page(page: Page) -> None:
    page.goto("/checkout?country=US")
    page.get_by_role("button", name="Continue to payment").click()
    page.wait_for_url("**/pay/**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_puts_up_a_barrier_or_complains(browser: Browser, shop: RunningStore, width: int, scheme: str) -> None:
    """WCAG 2.2 AA and best practices, by axe."""
    with _window(browser, shop, width=width, scheme=scheme) as seen:
        found: list[str] = []
        for path in PUBLIC:
            seen.page.goto(path, wait_until="load")
            found += _barriers(seen.page)
        _put_in_the_cart(seen.page)
        for path in ("/cart", "/checkout", "/checkout?country=US"):
            seen.page.goto(path)
            found += _barriers(seen.page)
        _to_the_payment_page(seen.page)
        found += _barriers(seen.page)
        assert found == []
        assert [one for one in seen.complaints if "404" not in one] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(browser: Browser, shop: RunningStore, width: int) -> None:
    with _window(browser, shop, width=width) as seen:
        _put_in_the_cart(seen.page)
        wide: dict[str, int] = {}
        for path in (*PUBLIC, "/cart", "/checkout"):
            seen.page.goto(path)
            over = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wide |= {path: over} if over > 0 else {}
        assert wide == {}


def test_a_first_visit_to_a_product_moves_little(browser: Browser, shop: RunningStore) -> None:
    with _window(browser, shop, width=390) as seen:
        seen.page.goto("/shop/north-star-tee", wait_until="networkidle")
        by_kind = {
            kind: sum(size for url, size in seen.sizes.items() if url.partition("?")[0].endswith(kind))
            for kind in (".css", ".js", ".woff2", ".svg", ".webp", ".avif")
        }
        total = sum(seen.sizes.values())
        print(f"\nfirst product page: {len(seen.sizes)} requests, {total / 1024:.1f} KB, {by_kind}")  # noqa: T201
        assert len(seen.sizes) <= 12, "\n".join(seen.sizes)
        assert by_kind[".css"] <= 20 * 1024
        assert by_kind[".js"] <= 10 * 1024
        assert total <= 100 * 1024


ANIMATIONS = """addEventListener("pagereveal", ({viewTransition: turn}) => {
  globalThis.turning = turn ? turn.ready.then(() => document.getAnimations().length) : Promise.resolve(0);
})"""


def test_pages_of_the_shop_turn_into_each_other_and_nothing_lies_over_any_other_page(
    browser: Browser, shop: RunningStore
) -> None:
    """What fades would lie over the cover of somebody who leaves in the same moment."""
    with _window(browser, shop, width=390, moving=True) as seen:
        seen.page.add_init_script(ANIMATIONS)
        seen.page.goto("/shop")
        seen.page.locator(".product-card a").first.click()
        seen.page.wait_for_url("**/shop/*")
        assert seen.page.evaluate("turning") > 0
        seen.page.goto("/campaigns")
        seen.page.locator(".story-card a").first.click()
        seen.page.wait_for_url("**/campaigns/*")
        assert seen.page.evaluate("turning") == 0


def test_forced_colours_keep_the_choices_apart(browser: Browser, shop: RunningStore) -> None:
    """In Windows' high contrast the checked size must still be told from the others."""
    with _window(browser, shop, width=390) as seen:
        seen.page.emulate_media(forced_colors="active")
        seen.page.goto("/shop/north-star-tee")
        size = seen.page.locator("label", has=seen.page.locator('input[name="size"]'))
        size.nth(1).click()
        looks = [size.nth(at).evaluate("one => { const s = getComputedStyle(one); return [s.borderColor, s.borderWidth, s.backgroundColor, s.outline, s.color].join() }") for at in (1, 2)]  # fmt: skip  # noqa: E501
        assert looks[0] != looks[1]
