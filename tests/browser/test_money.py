"""Money that takes its time or comes back, on a phone: what a buyer, a treasurer and the letters say of it."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shop.books.queries import balances, posted_for
from shop.orders.queries import order_with_token
from shop.payments.queries import payment_of
from tests.browser.signed_in import PATIENCE, signed_in
from tests.browser.test_purchase import ADDRESS, PHONE
from tests.support import backstage
from tests.support.engines import SqliteSupply
from tests.support.servers import RunningStore, running_store
from tests.support.shopper import Crowd

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    """A store of its own, so that all it ever took and paid out is known here; every invariant holds at the end."""
    supply, folder = SqliteSupply("money"), tmp_path_factory.mktemp("money")
    try:
        with running_store(supply.migrated(), folder) as store:
            assert store.flask("demo").returncode == 0
            worker = backstage.start_worker(store)
            yield store
            backstage.kill(worker)
            for words in (("reconcile",), ("check",), ("books", "verify")):
                done = store.flask(*words)
                assert done.returncode == 0, done.stdout + done.stderr
    finally:
        supply.close()


@pytest.fixture
def phone(browser: Browser, bank: RunningStore) -> Iterator[Page]:
    context = _phone(browser, bank)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def treasurer(browser: Browser, bank: RunningStore) -> Iterator[Page]:
    with signed_in(browser, bank, role="finance", name="Kim") as page:
        page.set_viewport_size(PHONE)
        yield page


def _phone(browser: Browser, bank: RunningStore) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, base_url=bank.url, has_touch=True, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return context


def _letters(bank: RunningStore, words: str) -> list[str]:
    """The plain texts of letters that hold these words; each says the same in HTML."""
    found = []
    for path in sorted((Path(bank.environ["VAR_DIR"]) / "mail").glob("*.eml")):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        plain, rich = letter.get_body(("plain",)), letter.get_body(("html",))
        assert plain is not None
        assert rich is not None
        text = " ".join(plain.get_content().split())
        if words in text:
            assert words.replace("’", "'") in re.sub(r"&#39;|&rsquo;|’", "'", " ".join(rich.get_content().split()))
            found.append(text)
    return found


Answer = TypeVar("Answer")


def _soon(ask: Callable[[], Answer], wanted: Callable[[Answer], bool]) -> Answer:
    """What is asked, once it is as wanted: the worker needs a moment."""
    until = time.monotonic() + PATIENCE / 1000
    while not wanted(answer := ask()) and time.monotonic() < until:
        time.sleep(0.2)
    assert wanted(answer), answer
    return answer


def _letter(bank: RunningStore, words: str) -> str:
    (only,) = _soon(lambda: _letters(bank, words), bool)
    return only


def _held(bank: RunningStore) -> list[tuple[int, int]]:
    """On hand and held of each variant."""
    rows = backstage.rows(bank, "SELECT on_hand, held FROM stock_levels ORDER BY variant_id")
    return [(int(on_hand), int(held)) for on_hand, held in rows]


def _pays_slowly(page: Page) -> str:
    """From the shelf to a payment that will not arrive; the id of the payment page."""
    page.goto("/shop/north-star-tee")
    page.locator("label", has=page.locator('input[name="size"][value="M"]')).click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("button", name="Checkout").wait_for()
    page.goto("/checkout")
    page.locator("#country").select_option("US")
    expect(page.locator("#country")).to_have_value("US")
    page.get_by_role("button", name="Continue to payment").click()
    page.locator("#email").fill("ana@example.org")
    for name, value in ADDRESS.items():
        page.locator(f"#{name}").fill(value)
    session_id = page.url.split("?")[0].rpartition("/")[2]
    page.get_by_role("button", name="the money fails to arrive").click()
    expect(page).to_have_url(re.compile(r"/orders/[\w-]{20,}"), timeout=PATIENCE)
    return session_id


def test_a_slow_payment_that_never_arrives_is_told_plainly(bank: RunningStore, phone: Page, treasurer: Page) -> None:
    before = _held(bank)
    session_id = _pays_slowly(phone)
    expect(phone.locator("main")).to_contain_text("bank")
    assert _held(bank) != before, "the tee is held while the bank moves the money"
    bank.standin.hook(f"sessions/{session_id}/settle")
    token = phone.url.rpartition("/")[2]
    told = _letter(bank, "The payment did not arrive, so the order could not go ahead.")
    assert phone.url in told
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your payment did not arrive")
    expect(phone.locator("main")).to_contain_text("nothing was charged")
    expect(phone.get_by_role("heading", name="Where your share goes")).to_have_count(0)
    assert _held(bank) == before, "free again, once"
    with backstage.inside(bank):
        facts = order_with_token(token)
        assert (posted_for(facts.id), payment_of(facts.id)) == ({}, None)
    treasurer.goto(f"/admin/orders/{facts.id}")
    expect(treasurer.get_by_text("The payment did not arrive. The tees are free again.")).to_have_count(1)


def _sold(bank: RunningStore, *, gift: int = 0) -> str:
    """An order that is paid and settled, by its charge's id."""
    with Crowd(bank.url) as crowd:
        shopper = crowd.comes().puts("north-star-tee", size="L")
        if gift:
            shopper = shopper.gives(gift, fund=_fund(bank))
        shopper.checks_out().pays(bank.standin).comes_back()
    charges = bank.standin.world.store.select("kind = ?", ("charge",), ascending=False, limit=1)
    return charges[0].id


def _fund(bank: RunningStore) -> str:
    return str(backstage.rows(bank, "SELECT slug FROM funds WHERE active ORDER BY id LIMIT 1")[0][0])


def _bank_account(bank: RunningStore) -> int:
    with backstage.inside(bank):
        return balances().get(("bank", "", "USD"), 0)


def test_a_payout_arrives_and_another_comes_back(bank: RunningStore, treasurer: Page) -> None:
    _sold(bank, gift=500)
    (first,) = bank.standin.hook("payouts", pending=True, slowly=True)["payouts"]
    bank.standin.hook(f"payouts/{first}/arrive")
    arrived = _soon(lambda: _bank_account(bank), bool)
    treasurer.goto("/admin/stripe")
    expect(treasurer.get_by_role("row", name=first)).to_contain_text("Paid")
    expect(treasurer.locator(".head")).to_contain_text("The books say the same")

    _sold(bank)
    (second,) = bank.standin.hook("payouts", pending=True)["payouts"]
    _soon(lambda: _bank_account(bank), lambda held: held > arrived)
    bank.standin.hook(f"payouts/{second}/fail")
    _soon(lambda: _bank_account(bank), lambda held: held == arrived)
    assert "The bank account has been closed." in _letter(bank, "A payout did not reach our bank")
    treasurer.goto("/admin/stripe")
    expect(treasurer.get_by_role("row", name=second)).to_contain_text("Came back")
    expect(treasurer.locator(".head")).to_contain_text("The books say the same")
    treasurer.get_by_role("link", name=second).click()
    expect(treasurer.locator("main")).to_contain_text(
        "This payout did not reach our bank: The bank account has been closed."
    )


@pytest.mark.parametrize("won", [True, False], ids=["won", "lost"])
def test_a_dispute_from_its_first_day_to_its_end(bank: RunningStore, treasurer: Page, won: bool) -> None:
    charge = _sold(bank, gift=700)
    dispute = bank.standin.hook(f"charges/{charge}/dispute")["id"]
    (number, token, order_id) = _soon(lambda: backstage.rows(bank, _CONTESTED.format(dispute)), bool)[0]
    opened = _letter(bank, f"A payment is contested: order {number}")
    assert "The order is on hold and does not leave by itself." in opened
    treasurer.goto("/admin/disputes")
    expect(treasurer.get_by_role("row", name=number)).to_contain_text("Needs response")
    treasurer.goto(f"/admin/orders/{order_id}")
    expect(treasurer.locator("main")).to_contain_text("On hold")

    bank.standin.hook(f"disputes/{dispute}/close", **({"won": 1} if won else {}))
    ended = _letter(bank, f"The bank decided for {'us' if won else 'the customer'}: order {number}")
    assert ("counts as it did" in ended) is won
    treasurer.goto("/admin/disputes")
    expect(treasurer.get_by_role("row", name=number)).to_contain_text("Won" if won else "Lost")
    treasurer.goto(f"/admin/orders/{order_id}")
    treasurer.goto(f"/orders/{token}")
    expect(treasurer.locator("main")).to_contain_text(
        "the payment stands" if won else "Your bank took the payment back"
    )
    if not won:
        assert "is void with it" in _letter(bank, "goes back to you. It pays you itself.")
    treasurer.goto("/admin/stripe")
    expect(treasurer.locator(".head")).to_contain_text("Being read")
    treasurer.get_by_role("button", name="Read it now").click()
    expect(treasurer.locator(".head")).to_contain_text("The books say the same")


_CONTESTED = "SELECT o.number, o.token, o.id FROM disputes d JOIN orders o ON o.id = d.order_id WHERE d.id = '{}'"
