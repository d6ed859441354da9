"""Partners: what is known of them, what is not, what the books say."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from shop.core.database import transaction
from shop.giving.models import Partner
from tests.support.client import SeparateClient
from tests.support.factories import Shopper
from tests.support.snapshots import demo_movement
from tests.support.till import Till
from tests.web.counting import MOST, statements

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


def test_all_partners_of_the_public_list_are_shown_with_what_was_checked(client: SeparateClient) -> None:
    text = client.get("/partners").text
    assert "US IRS (EIN) 03-0391561" in text
    assert "formerly Operation Underground Railroad" in text
    assert text.count("To be verified by staff") == 1


def test_an_unverified_partner_has_no_link_and_says_what_is_not_known(client: SeparateClient) -> None:
    text = client.get("/partners/rescue-freedom-international").text
    assert "To be verified by staff" in text
    assert "Visit" not in text
    assert "carries no pledge" in text


def test_a_partner_leads_to_its_own_site_without_a_referrer(client: SeparateClient) -> None:
    text = client.get("/partners/polaris").text
    assert 'href="https://polarisproject.org" rel="noreferrer"' in text
    assert "Visit polarisproject.org" in text


def test_a_partner_says_what_it_works_on_since_when_it_stands_here_and_where_to_check(client: SeparateClient) -> None:
    text = client.get("/partners/polaris").text
    assert "Support for survivors, Prevention, Research on how trafficking operates" in text
    assert "Added as active." in text
    assert 'href="https://apps.irs.gov/app/eos/" rel="noreferrer"' in text
    assert "Rescue: Freedom" in client.get("/partners?work=scholarships").text


def test_a_partner_of_whom_the_books_say_nothing_has_no_figures(client: SeparateClient) -> None:
    assert "straight from the books" not in client.get("/partners/polaris").text


def test_after_a_sale_the_partner_has_the_figures_of_the_books(client: SeparateClient) -> None:
    Shopper(Till()).puts("LT-NST-INK-M", 3).checks_out().pays().comes_back()
    text = client.get("/partners/polaris").text
    assert "straight from the books" in text
    assert "$15.00" in text


def test_tees_that_carry_a_share_for_the_partner_are_beside_it(client: SeparateClient) -> None:
    text = client.get("/partners/polaris").text
    assert 'href="/shop/north-star-tee"' in text
    assert 'href="/shop/look-closer-tote"' not in text


def test_a_page_that_was_linked_keeps_telling_the_truth(client: SeparateClient) -> None:
    with transaction() as current:
        current.execute(update(Partner).where(Partner.slug == "polaris").values(status="ended"))
    assert "No longer a partner" in client.get("/partners/polaris").text
    assert "/partners/polaris" not in client.get("/partners").text


def test_a_stranger_is_not_found(client: SeparateClient) -> None:
    assert client.get("/partners/nobody").status_code == 404


@pytest.mark.parametrize("path", ["/partners", "/partners/polaris"])
def test_the_pages_cost_few_statements(client: SeparateClient, path: str) -> None:
    client.get(path)
    with statements() as sent:
        client.get(path)
    assert len(sent) <= MOST
