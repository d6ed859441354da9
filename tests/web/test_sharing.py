"""Passing a story on: the quiet link, the letter, the code, and the word that goes along to the order."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from shop.core.database import end_read, session, transaction
from shop.sharing.models import FriendLetterRow, OrderSource
from shop.sharing.operations import name_source
from tests.support.client import SeparateClient
from tests.support.movement import SLUG, open_campaign
from tests.support.shopper import Shopper
from tests.support.till import Till

SEND = f"/campaigns/{SLUG}/send"


@pytest.fixture
def campaign(app: Flask) -> int:
    return open_campaign()


def test_a_quiet_link_shows_previews_nothing_of_the_story(client: SeparateClient, campaign: int) -> None:
    answer = client.get(f"/s/{campaign}?src=friend")
    head = answer.text.partition("</head>")[0]
    assert "Look" not in head
    assert SLUG not in head
    assert 'content="http://shop.test/media/cards/page.png"' in head
    assert "noindex" in head
    assert f'href="/campaigns/{SLUG}?src=friend"' in answer.text
    card = client.get("/media/cards/page.png")
    with client.get(card.location or "/media/cards/page.png") as drawn:
        assert drawn.mimetype == "image/png"
    assert client.get("/s/999").status_code == 404


def test_the_story_offers_every_way_to_pass_it_on(client: SeparateClient, campaign: int) -> None:
    page = client.get(f"/campaigns/{SLUG}").text
    order = ["data-share=", "data-copy=", "mailto:", f"/s/{campaign}", SEND, f"/media/qr/campaigns/{SLUG}.svg"]
    assert order == sorted(order, key=page.index)


def test_a_letter_is_asked_for_and_stopped_by_a_press(client: SeparateClient, campaign: int) -> None:
    sent = client.post(SEND, data={"email": "kim@example.org", "note": "Hello"})
    again = client.post(SEND, data={"email": "kim@example.org", "note": "Hello"})
    assert (sent.status_code, again.text) == (200, sent.text)
    token = session().execute(select(FriendLetterRow.token)).scalar_one()
    end_read()
    assert "Never mail me again" in client.get(f"/friend/{token}").text
    one_click = {"List-Unsubscribe": "One-Click"}
    assert "Done." in client.post(f"/friend/{token}", data=one_click, headers={"Sec-Fetch-Site": "none"}).text
    assert client.get("/friend/nonsense").status_code == 404


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client: SeparateClient, campaign: int) -> None:
    answer = client.post(SEND, data={"email": "kim@example.org", "note": "see www.spam.test"})
    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text
    assert "see www.spam.test" in answer.text
    assert 'id="email-error"' in client.post(SEND, data={"email": "", "note": ""}).text
    for _ in range(3):
        client.post(SEND, data={"email": "a@example.org"})
    assert client.post(SEND, data={"email": "b@example.org"}).status_code == 429


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_code_is_drawn_for_stories_and_tees(
    shopper: Shopper, client: SeparateClient, campaign: int, kind: str
) -> None:
    for path in (f"/media/qr/campaigns/{SLUG}.{kind}", f"/media/qr/shop/tee.{kind}"):
        answer = client.get(path)
        assert answer.status_code == 200
        if kind == "png":
            with Image.open(BytesIO(answer.data)) as image:
                assert image.size[0] > 200
        else:
            assert answer.data.startswith(b"<?xml")
    assert client.get(f"/media/qr/shop/no-such.{kind}").status_code == 404
    assert f'href="/media/qr/shop/tee.{kind}" download' in client.get("/shop/tee").text


def _add(client: SeparateClient, referrer: str) -> None:
    form = {"product": "tee", "colour": "ink", "size": "M", "quantity": "1"}
    assert client.post("/cart/lines", data=form, headers={"Referer": referrer}).status_code == 303


@pytest.mark.parametrize(
    ("referrer", "kept"),
    [
        ("http://shop.test/shop/tee?src=may-flyer", ["may-flyer"]),
        ("http://shop.test/shop/tee?src=qr", ["qr"]),
        ("http://shop.test/shop/tee?src=unknown", []),
        ("http://evil.test/shop/tee?src=may-flyer", []),
        ("http://shop.test/shop/tee", []),
    ],
)
def test_the_word_of_a_link_goes_along_to_the_order(
    shopper: Shopper, client: SeparateClient, till: Till, referrer: str, kept: list[str]
) -> None:
    with transaction():
        name_source(code="may-flyer", label="Flyers")
    _add(client, referrer)
    shopper.checks_out()
    assert shopper.at_payment
    assert list(session().execute(select(OrderSource.source)).scalars()) == kept
    assert not re.search(r"[0-9a-f]{32}", str(kept))
