"""A tee bought from inside of a story, and what the story raised."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import update

from shop.campaigns import operations
from shop.campaigns.rules.content import Content
from shop.core import clock
from shop.core.database import transaction
from shop.core.money import Money
from shop.giving.models import Partner
from shop.journeys.refund_order import refund_order
from shop.web.reads.raised import raised_by
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, usd
from tests.support.factories import Shopper as Buyer
from tests.support.till import Till

STORY = Content(
    slug="look-closer",
    title="Look closer",
    standfirst="What you can do.",
    summary="In one line.",
    body="Words.\n\n[[tees tee]]\n\n[[picture look-closer: An eye over a door.]]\n\n[[partner polaris]]",
    artwork="look-closer",
    sensitive=False,
    goal_minor=2_000,
)


@pytest.fixture
def story(app: Flask, shelf: Shelf) -> int:
    with transaction():
        campaign_id = operations.add_campaign(STORY)
        operations.rewrite(campaign_id, STORY, currency="USD")
        operations.link_products(campaign_id, [shelf.product_id])
        operations.publish(campaign_id)
    return campaign_id


def test_price_stock_and_pledge_stand_in_the_story_and_a_size_is_chosen_there(
    story: int, client: SeparateClient
) -> None:
    page = client.get("/campaigns/look-closer").text
    assert "We give Polaris $5 from each one sold." in page
    assert "$25.00" in page
    assert "In stock" in page
    assert re.findall(r'<option value="(ink/\w+)">', page) == ["ink/S", "ink/M", "ink/L"]
    assert 'alt="An eye over a door."' in page
    added = client.post("/cart/lines", data={"product": "tee", "choice": "ink/M", "quantity": "1"})
    assert (added.status_code, added.location) == (303, "/cart")
    assert "Ink" in client.get("/cart").text


def test_nothing_chosen_leads_to_the_tee_with_a_word_on_it(story: int, client: SeparateClient) -> None:
    answer = client.post("/cart/lines", data={"product": "tee", "choice": "", "quantity": "1"})
    assert answer.status_code == 422
    assert "Choose a colour." in answer.text
    gone = client.post("/cart/lines", data={"product": "tee", "choice": "ink/XXL", "quantity": "1"})
    assert gone.status_code == 422


def test_a_paused_partner_takes_its_words_off_the_shelf_at_once(story: int, client: SeparateClient) -> None:
    assert "We give Polaris" in client.get("/campaigns/look-closer").text
    with transaction() as current:
        current.execute(update(Partner).values(status="paused"))
    page = client.get("/campaigns/look-closer").text
    assert "We give Polaris" not in page
    assert "Polaris" not in page


def test_raised_counts_what_is_paid_and_not_what_went_back(story: int, till: Till, client: SeparateClient) -> None:
    since = clock.now().replace(year=2020)

    def raised() -> Money:
        return raised_by(story, since=since, currency="USD")

    assert raised() == usd(0)
    assert "$0.00 of $20.00" in client.get("/campaigns/look-closer").text
    buyer = Buyer(till).puts("TEE-M", 2).checks_out()
    assert raised() == usd(0), "what awaits payment is not raised"
    buyer.pays().comes_back()
    assert raised() == usd(1_000)
    Buyer(till).buys("TEE-S")
    assert raised() == usd(1_500)
    refund_order(order_id=buyer.order_id, reason="Too small", actor="Ada")
    till.catches_up()
    assert raised() == usd(500)
    assert raised_by(story, since=clock.now().replace(year=2040), currency="USD") == usd(0)
