"""What staff type into a long form is there again after the tab went, and gone once it is saved or they sign out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select, update

from shop.core import clock
from shop.core.database import session, transaction
from shop.orders.models import Order
from shop.staff.models import SignIn, StaffMember
from shop.staff.operations import sign_ins
from tests.browser.signed_in import signed_in
from tests.support import backstage
from tests.support.servers import RunningStore
from tests.support.shopper import Crowd

pytestmark = pytest.mark.browser
NEW = "/admin/pages/new"
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(browser: Browser, shop: RunningStore) -> Iterator[Page]:
    with signed_in(browser, shop, role="content", name="Dee") as page:
        yield page


def _kept(page: Page) -> int:
    number: int = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length")
    return number


def test_what_was_typed_is_restored_thrown_away_saved_and_gone_at_sign_out(desk: Page) -> None:
    desk.goto(NEW)
    desk.fill("#title", "Why we do this")
    desk.fill("#body", "Because somebody must.")
    desk.goto("/admin/pages")
    desk.goto(NEW)
    expect(desk.locator("#title")).to_have_value("")
    desk.get_by_role("button", name="Restore what you typed").click()
    expect(desk.locator("#title")).to_have_value("Why we do this")
    expect(desk.locator("#body")).to_have_value("Because somebody must.")
    desk.goto(NEW)
    desk.get_by_role("button", name="Throw it away").click()
    assert _kept(desk) == 0
    desk.fill("#title", "Why we do this")
    desk.fill("#slug", "why-we-do-this")
    desk.fill("#body", "Because somebody must.")
    desk.get_by_role("button", name="Keep the page").click()
    expect(desk.locator(".notice--success")).to_be_visible()
    assert _kept(desk) == 0
    desk.fill("#body", "Because somebody must, and we can.")
    desk.goto("/admin/pages")
    assert _kept(desk) == 1
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
    assert _kept(desk) == 0


def test_what_was_typed_outlives_a_sign_in_that_ended(browser: Browser, shop: RunningStore) -> None:
    with signed_in(browser, shop, role="content", name="Ola") as page:
        page.goto(NEW)
        page.fill("#title", "Why we do this")
        page.fill("#body", "Because somebody must.")
        with backstage.inside(shop), transaction() as current:
            ola = select(StaffMember.id).where(StaffMember.name == "Ola").scalar_subquery()
            current.execute(delete(SignIn).where(SignIn.member_id == ola))
        page.get_by_role("button", name="Keep the page").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        with backstage.inside(shop), transaction() as current:
            ola_id = current.execute(select(StaffMember.id).where(StaffMember.name == "Ola")).scalar_one()
            token = sign_ins.begin(member_id=ola_id, second_factor=True, user_agent="Chromium")
        page.context.add_cookies([{"name": "staff", "value": token, "url": shop.url}])
        page.goto(NEW)
        page.get_by_role("button", name="Restore what you typed").click()
        expect(page.locator("#title")).to_have_value("Why we do this")
        expect(page.locator("#body")).to_have_value("Because somebody must.")


def test_money_typed_before_staff_are_asked_again_is_there_afterwards(browser: Browser, shop: RunningStore) -> None:
    """Giving money back asks for the password again after a while: what was typed is offered, and nothing was done."""
    with Crowd(shop.url) as buyers:
        buyers.comes().puts("north-star-tee").checks_out().pays(shop.standin).comes_back()
    with backstage.inside(shop):
        order_id = session().execute(select(Order.id).where(Order.paid_at.is_not(None)).limit(1)).scalar_one()
    with signed_in(browser, shop, role="owner", name="Ora") as page:
        page.goto(f"/admin/orders/{order_id}/refund")
        page.get_by_label("Reason").fill("It arrived torn")
        with backstage.inside(shop), transaction() as current:
            ora = select(StaffMember.id).where(StaffMember.name == "Ora").scalar_subquery()
            current.execute(update(SignIn).where(SignIn.member_id == ora).values(confirmed_at=clock.now() - HOUR))
        page.get_by_role("button", name="Show what would happen").click()
        expect(page).to_have_url(re.compile("/admin/own/confirm"))
        with backstage.inside(shop), transaction() as current:
            current.execute(update(SignIn).where(SignIn.member_id == ora).values(confirmed_at=clock.now()))
        page.goto(f"/admin/orders/{order_id}/refund")
        page.get_by_role("button", name="Restore what you typed").click()
        expect(page.get_by_label("Reason")).to_have_value("It arrived torn")
