"""The cart's drawer takes the focus and gives it back, says what changed, and leaves failures to the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser


@pytest.fixture
def product(browser: Browser, shop: RunningStore) -> Iterator[Page]:
    """A product's page with a size chosen."""
    context = browser.new_context(base_url=shop.url, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/shop/north-star-tee")
    page.locator("label", has=page.locator('input[name="size"][value="M"]')).click()
    yield page
    context.close()


def test_by_keyboard_it_takes_the_focus_and_gives_it_back(product: Page) -> None:
    product.locator(".buy__add").focus()
    product.keyboard.press("Enter")
    expect(product.get_by_role("dialog", name="Cart")).to_be_visible()
    expect(product.locator("#drawer-title")).to_be_focused()
    product.keyboard.press("Tab")
    expect(product.get_by_role("button", name="Close the cart")).to_be_focused()
    product.keyboard.press("Escape")
    expect(product.get_by_role("dialog")).to_have_count(0)
    expect(product.locator(".buy__add")).to_be_focused()


def test_it_says_what_is_in_the_cart_and_the_header_counts_along(product: Page) -> None:
    said, count = product.locator(".drawer [role=status]"), product.locator(".cart-link__count")
    product.locator(".buy__add").click()
    expect(said).to_have_text("One item in the cart. $36.95")
    product.locator(".drawer input[name=quantity]").fill("2")
    product.keyboard.press("Tab")
    expect(said).to_contain_text("2 items in the cart.")
    expect(count).to_have_text("2")
    product.locator(".drawer").get_by_role("button", name="Remove").click()
    expect(said).to_have_text("The cart is empty.")
    expect(count).to_be_empty()


def test_when_the_server_refuses_the_page_says_why(product: Page) -> None:
    product.locator("#quantity").evaluate("field => { field.removeAttribute('max'); field.value = 99; }")
    product.locator(".buy__add").click()
    expect(product.locator("#quantity-error")).to_be_visible()
    expect(product.get_by_role("dialog")).to_have_count(0)


def test_a_colour_changes_pictures_and_address_without_a_reload(product: Page) -> None:
    product.evaluate("document.body.dataset.same = 'page'")
    product.locator("label", has=product.locator('input[name="colour"]')).nth(1).click()
    shown = product.locator(".product__views:not([hidden])")
    expect(shown).to_have_count(1)
    value = product.locator('input[name="colour"]').nth(1).get_attribute("value")
    expect(shown).to_have_attribute("data-shown-for", str(value))
    assert f"colour={value}" in product.url
    assert product.locator("body").get_attribute("data-same") == "page"
