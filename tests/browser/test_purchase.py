"""A whole purchase on a phone: by touch, without JavaScript, and by keyboard alone."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.support.servers import RunningStore

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 60_000  # milliseconds
ADDRESS = {"name": "Robin Vale", "line1": "1 Example Street", "postal_code": "10001", "city": "Springfield"}


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser, shop: RunningStore) -> Iterator[Page]:
    yield from _opened(browser, shop, scripts=request.param == "with JavaScript")


@pytest.fixture
def keyboard(browser: Browser, shop: RunningStore) -> Iterator[Page]:
    yield from _opened(browser, shop, scripts=True)


def _opened(browser: Browser, shop: RunningStore, *, scripts: bool) -> Iterator[Page]:
    """A page on a phone; whatever the console complains of fails the test."""
    context = browser.new_context(
        viewport=PHONE, base_url=shop.url, java_script_enabled=scripts, has_touch=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def _mail_with(mails: Path, words: str) -> str:
    """The text of the letter that holds these words; the worker needs a moment."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        for path in mails.glob("*.eml"):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = letter.get_body(("plain",))
            if body is not None and words in (text := body.get_content()):
                return str(text)
        time.sleep(0.2)
    raise AssertionError(f"no letter holds {words}")


def _assert_thanked(page: Page, mails: Path) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you", timeout=PATIENCE)
    assert re.fullmatch(r".*/orders/[\w-]{20,}", page.url)
    assert page.url in _mail_with(mails, page.url)
    expect(page.get_by_role("heading", name="Where your share goes")).to_be_visible()


def _sees_the_cart(page: Page) -> None:
    """Without JavaScript a chosen tee leads to the cart's page; with it the drawer stands before it."""
    page.get_by_role("button", name="Checkout").wait_for()
    if page.get_by_role("dialog").count():
        page.get_by_role("link", name="See the cart").click()
    expect(page).to_have_url(re.compile(r"/cart$"))


def test_from_the_front_page_to_the_mail(phone: Page, mails: Path) -> None:
    phone.goto("/")
    phone.locator('main a[href="/shop/north-star-tee"]').first.click()
    phone.locator("label", has=phone.locator('input[name="size"][value="M"]')).click()
    phone.get_by_role("button", name="Add to cart").click()
    _sees_the_cart(phone)

    assert phone.locator('input[name="gift"]:checked').count() == 0
    expect(phone.locator('input[name="fund"]').first).to_be_hidden()  # nobody is asked before an amount stands chosen
    phone.locator("label", has=phone.locator('input[name="gift"]')).first.click()
    phone.locator("label", has=phone.locator('input[name="fund"]')).first.click()
    phone.get_by_role("button", name="Add this gift").click()
    expect(phone.get_by_text("You are giving")).to_be_visible()
    phone.get_by_role("button", name="Checkout").click()

    phone.locator("#country").select_option("US")
    expect(phone.locator("#country")).to_have_value("US")
    phone.get_by_role("button", name="Continue to payment").click()

    phone.locator("#email").fill("robin@example.org")
    for name, value in ADDRESS.items():
        phone.locator(f"#{name}").fill(value)
    total = phone.locator(".total").inner_text()
    phone.get_by_role("button", name=f"Pay {total}").click()

    _assert_thanked(phone, mails)
    assert total in phone.locator("main").inner_text()
    phone.goto("/cart")
    expect(phone.get_by_text("Nothing in it yet")).to_be_visible()


def test_a_size_that_is_gone_turns_the_button_into_a_wish(keyboard: Page) -> None:
    keyboard.goto("/shop/north-star-tee?colour=paper")
    button = keyboard.locator(".buy__add")
    keyboard.locator("label", has=keyboard.locator('input[name="size"][value="4XL"]')).click()
    expect(button).to_have_text("Tell me when it is back")
    keyboard.locator("label", has=keyboard.locator('input[name="size"][value="M"]')).click()
    expect(button).to_have_text("Add to cart")
    keyboard.locator("label", has=keyboard.locator('input[name="size"][value="4XL"]')).click()
    button.click()
    expect(keyboard.locator("#choice")).to_have_value("paper/4XL")


def test_a_size_that_is_to_come_says_when_and_is_bought_as_any(keyboard: Page) -> None:
    keyboard.goto("/shop/common-thread-tee?colour=clay")
    size = keyboard.locator("label", has=keyboard.locator('input[name="size"][value="XL"]'))
    expect(size).to_contain_text("pre-order")
    keyboard.locator("label", has=keyboard.locator('input[name="colour"][value="sky"]')).click()
    expect(size.get_by_text("pre-order")).to_be_hidden()
    keyboard.locator("label", has=keyboard.locator('input[name="colour"][value="clay"]')).click()
    size.click()
    expect(keyboard.get_by_text("Pre-order: ships by")).to_be_visible()
    keyboard.get_by_role("button", name="Add to cart").click()
    expect(keyboard.get_by_role("dialog").get_by_text("Pre-order: ships by")).to_be_visible()


def test_a_keyboard_stays_at_the_country_that_it_chose(keyboard: Page) -> None:
    keyboard.goto("/shop/north-star-tee")
    keyboard.locator("label", has=keyboard.locator('input[name="size"][value="M"]')).click()
    keyboard.get_by_role("button", name="Add to cart").click()
    keyboard.get_by_role("dialog").wait_for()
    keyboard.goto("/checkout")
    keyboard.locator("#country").select_option("US")
    keyboard.wait_for_url("**/checkout?country=US#country")
    expect(keyboard.locator("#country")).to_be_focused()


def test_going_back_from_the_payment_page_finds_the_cart_whole(phone: Page) -> None:
    phone.goto("/shop/north-star-tee")
    phone.locator("label", has=phone.locator('input[name="size"][value="L"]')).click()
    phone.get_by_role("button", name="Add to cart").click()
    phone.get_by_role("button", name="Checkout").click()
    phone.locator("#country").select_option("US")
    expect(phone.locator("#country")).to_have_value("US")
    phone.get_by_role("button", name="Continue to payment").click()
    first = phone.url
    phone.get_by_role("link", name="Go back").click()
    expect(phone.locator("#country")).to_have_value("US")
    phone.get_by_role("button", name="Continue to payment").click()
    expect(phone).to_have_url(first)


class Keys:
    """Tab, Space, Enter, arrows and letters; each stop must show where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0

    def reaches(self, selector: str, *, most: int = 150) -> None:
        """Tab until the focus is there."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            self.stops += 1
            assert self._shown(), f"the focus cannot be seen on {self._where()} of {self.page.url}"
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{most} times Tab did not reach {selector} of {self.page.url}")

    def chooses(self, selector: str, name: str) -> None:
        """A radio: Tab to its group, arrows within it."""
        self.reaches(f'input[name="{name}"]')
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        for _ in range(30):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"no arrow leads to {selector}")

    def types(self, selector: str, text: str) -> None:
        self.reaches(selector)
        self.page.keyboard.type(text)

    def _where(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 160)"))

    def _shown(self) -> bool:
        return bool(self.page.evaluate(_VISIBLE_FOCUS))


# On the element, on the label that stands for a hidden radio, or on the page's body between two rounds.
_VISIBLE_FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return true;
  const seen = (part) => {
    const style = getComputedStyle(part), box = part.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return box.width > 0 && box.height > 0 && (ring || style.boxShadow !== "none");
  };
  return [at, at.closest("label"), at.nextElementSibling].some((part) => part && seen(part));
}"""


def test_by_keyboard_alone(keyboard: Page, mails: Path) -> None:
    keys, page = Keys(keyboard), keyboard
    page.goto("/")
    keys.reaches('main a[href="/shop/north-star-tee"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.chooses('input[name="size"][value="S"]', "size")
    keys.reaches(".buy__add")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    keys.reaches('.drawer a[href="/cart"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")

    keys.reaches('input[name="gift"]')
    page.keyboard.press("Space")
    keys.reaches('input[name="fund"]')
    page.keyboard.press("Space")
    keys.reaches(".gift-form button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.reaches('button[name="checkout"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")

    _choose_country(keys, "US")
    keys.reaches("form[data-once] button.button--large")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    keys.types("#email", "kim@example.org")
    for name in ("name", "line1", "postal_code", "city"):
        keys.types(f"#{name}", ADDRESS[name])
    keys.reaches('button[name="way"][value="card"]')
    page.keyboard.press("Enter")
    _assert_thanked(page, mails)
    assert keys.stops > 20


def _choose_country(keys: Keys, code: str) -> None:
    """Arrows change a closed list at once, and each change loads the page with the sums for that country."""
    page = keys.page
    wanted = page.evaluate("code => [...document.forms[0].elements.country?.options ?? document.querySelector('#country').options].findIndex((one) => one.value === code)", code)  # fmt: skip  # noqa: E501
    for _ in range(wanted + 1):
        if page.locator("#country").input_value() == code:
            return
        keys.reaches("#country")
        with page.expect_navigation():
            page.keyboard.press("ArrowDown")
    expect(page.locator("#country")).to_have_value(code)
