"""Campaigns and their stories."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import update

from shop.campaigns.models import Campaign
from shop.core.database import transaction
from shop.web import kept
from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement
from tests.web.counting import MOST, statements

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def demo(app: Flask) -> None:
    demo_movement()


def _set_status(slug: str, status: str) -> None:
    with transaction() as current:
        current.execute(update(Campaign).where(Campaign.slug == slug).values(status=status))


def test_published_campaigns_are_listed(client: SeparateClient) -> None:
    _set_status("notice-safely", "draft")
    text = client.get("/campaigns").text
    assert 'href="/campaigns/look-closer"' in text
    assert "/campaigns/notice-safely" not in text


def test_a_sensitive_story_offers_the_way_out_and_others_do_not(client: SeparateClient) -> None:
    assert "data-exit-link" in client.get("/campaigns/look-closer").text
    assert "data-exit-link" not in client.get("/campaigns").text


def test_each_figure_has_its_footnote_and_each_footnote_its_source(client: SeparateClient) -> None:
    text = client.get("/campaigns/look-closer").text
    cited = re.findall(r'class="footnote" href="#source-(\d+)"', text)
    assert cited == ["1", "2", "3", "4", "5", "6"]
    assert re.findall(r'<li id="source-(\d+)"', text) == cited
    assert "marked it for review" in text


def test_what_the_story_asks_for_stands_where_it_asks_for_it(client: SeparateClient) -> None:
    text = client.get("/campaigns/look-closer").text
    in_order = ["What was said", "1-888-373-7888", "What changes a life", "Who we point to", "OUR Rescue", "Sources"]
    assert in_order == sorted(in_order, key=text.index)
    assert text.count('id="helplines"') == 1


def test_a_way_out_of_the_store_tells_nobody_where_the_reader_came_from(client: SeparateClient) -> None:
    text = client.get("/campaigns/look-closer").text
    away = re.findall(r'<a [^>]*href="https?://(?!shop\.test)[^>]*>', text)
    assert away
    assert [one for one in away if "noreferrer" not in one] == []


def test_the_mail_to_a_friend_says_nothing_in_its_subject(client: SeparateClient) -> None:
    (subject,) = re.findall(r'href="mailto:\?subject=([^&"]*)', client.get("/campaigns/look-closer").text)
    assert "traffick" not in subject.lower()


def test_tees_in_a_story_are_those_of_the_shelf(client: SeparateClient) -> None:
    text = client.get("/campaigns/look-closer").text
    assert text.count('class="product-card"') == 6


def test_an_archived_story_stays_readable_and_unlisted(client: SeparateClient) -> None:
    _set_status("look-closer", "archived")
    answer = client.get("/campaigns/look-closer")
    assert answer.status_code == 200
    assert "An older story" in answer.text
    assert "/campaigns/look-closer" not in client.get("/campaigns").text


def test_drafts_and_strangers_are_not_found(client: SeparateClient) -> None:
    _set_status("look-closer", "draft")
    assert client.get("/campaigns/look-closer").status_code == 404
    assert client.get("/campaigns/no-such-story").status_code == 404


def test_a_story_costs_few_statements(client: SeparateClient) -> None:
    client.get("/campaigns/look-closer")
    with statements() as sent:
        client.get("/campaigns/look-closer")
    assert len(sent) <= MOST


def test_what_is_kept_is_read_afresh_when_told_so(client: SeparateClient) -> None:
    client.get("/campaigns/look-closer")
    kept.forget()
    with statements() as sent:
        client.get("/campaigns/look-closer")
    assert len(sent) > MOST
