"""Photographs and logos: brought, described, seen by readers, and kept while they are used."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shop.campaigns import operations as campaigns
from shop.campaigns.rules.content import Content
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.journeys.keep_photographs import check_pictures
from shop.media.photos.shelf import PhotoShelf
from tests.admin.desk import Desk, text_of, token_of
from tests.support.client import SeparateClient
from tests.support.factories import Shelf, open_shop
from tests.support.pictures import photograph

NEW = "/admin/media/new"
ALT = "Two people fold tees"


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return open_shop()


@pytest.fixture
def desk(app: Flask, shelf: Shelf) -> Desk:
    return Desk(app, "content")


def _bring(desk: Desk, data: bytes | None = None, /, **fields: Any) -> TestResponse:
    name, token = token_of(desk.client.get(NEW), NEW)
    sent = photograph(600, 500) if data is None else data
    form = {name: token, "seen": 0, "alt": ALT, "file": (BytesIO(sent), "one.jpg"), **fields}
    return desk.client.post(NEW, data=form, content_type="multipart/form-data")


def test_a_photograph_goes_into_a_gallery_with_words_in_both_languages(
    desk: Desk, client: SeparateClient, shelf: Shelf, app: Flask
) -> None:
    spanish: dict[str, Any] = {"alt-es": "Dos personas doblan camisetas"}
    assert _bring(desk, product=shelf.product_id, **spanish).location.endswith("#photographs")
    page = client.get("/shop/tee").text
    found = re.search(r'<img src="(/media/photographs/[0-9a-f]{24}-480\.jpg)"', page)
    assert found
    assert f'alt="{ALT}"' in page
    assert 'alt="Dos personas doblan camisetas"' in client.get("/es/shop/tee").text
    waiting = client.get(found[1])
    assert (waiting.mimetype, waiting.headers["Cache-Control"]) == ("image/webp", "public, max-age=20")
    made = PhotoShelf(app.extensions["settings"].var)
    while made.make_wanted():
        pass
    ready = client.get(found[1])
    assert (ready.mimetype, "immutable" in ready.headers["Cache-Control"]) == ("image/jpeg", True)


def test_the_focus_is_set_by_a_press_or_by_numbers(desk: Desk, client: SeparateClient, shelf: Shelf) -> None:
    _bring(desk, product=shelf.product_id)
    page, to = "/admin/media/1", "/admin/media/1/focus"
    desk.press(page, to, **{"press.x": 60, "press.y": 180})
    assert "25 from the left, 90 from the top" in desk.reads(page)
    assert desk.press(page, to, focus_x=101, focus_y=5).status_code == 422
    desk.press(page, to, focus_x=80, focus_y=20)
    assert 'class="focus-x-8 focus-y-2"' in client.get("/shop/tee").text


def test_words_are_needed_and_what_is_no_picture_is_refused(desk: Desk) -> None:
    silent = _bring(desk, alt="")
    assert (silent.status_code, "for people who cannot see it" in text_of(silent)) == (422, True)
    wrong = _bring(desk, b"GIF89a")
    assert (wrong.status_code, "it is no JPEG, PNG or WebP" in text_of(wrong)) == (422, True)
    assert f'value="{ALT}"' in wrong.text
    assert _bring(desk).status_code == 303
    assert _bring(desk).status_code == 409


def test_a_logo_needs_its_permission(desk: Desk, client: SeparateClient, shelf: Shelf) -> None:
    _bring(desk)
    partner, to = f"/admin/partners/{shelf.partner_id}", f"/admin/partners/{shelf.partner_id}/logo"
    desk.press(partner, to, photograph=1)
    assert "Note on the picture who allowed its use" in desk.reads(partner)
    desk.press("/admin/media/1", "/admin/media/1/words", alt="Logo of Polaris", permission="By mail, May 2026", seen=1)
    desk.press(partner, to, photograph=1)
    assert 'alt="Logo of Polaris"' in client.get("/partners/polaris").text
    bare = desk.press("/admin/media/1", "/admin/media/1/words", alt="Logo of Polaris", permission="", seen=2)
    assert (bare.status_code, "partner" in text_of(bare)) == (422, True)
    desk.press(partner, to, photograph="")
    assert "Logo of Polaris" not in client.get("/partners/polaris").text


def test_a_picture_that_is_used_stays(desk: Desk, client: SeparateClient, shelf: Shelf) -> None:
    _bring(desk, product=shelf.product_id)
    one, remove = "/admin/media/1", "/admin/media/1/remove"
    name, token = token_of(desk.get(one), "/admin/media/1/focus")
    desk.client.post(remove, data={name: token})
    assert "This picture is in use" in desk.reads(one)
    gallery = f"/admin/products/{shelf.product_id}/photographs"
    desk.press(f"/admin/products/{shelf.product_id}", gallery, photograph=1, act="off")
    _tell(body="Words.\n\n[[picture photo-1]]\n\n[[picture photo-99: Nobody]]")
    story = client.get("/campaigns/look").text
    assert f'alt="{ALT}"' in story
    assert "Nobody" not in story
    desk.client.post(remove, data={name: token})
    assert "Story: Look" in desk.reads(one)
    with pytest.raises(Invalid, match="photo-99"):
        check_pictures("[[picture photo-1]]\n\n[[picture photo-99]]")


def test_what_is_shown_nowhere_goes_with_its_files(desk: Desk, app: Flask) -> None:
    _bring(desk)
    assert desk.press("/admin/media/1", "/admin/media/1/remove").location == "/admin/media"
    assert list((app.extensions["settings"].var / "uploads" / "photographs").glob("*")) == []


def _tell(body: str) -> None:
    with transaction():
        written = campaigns.add_campaign(
            Content(
                slug="look", title="Look", standfirst="", summary="", body=body, artwork="north-star", sensitive=False
            )
        )
        campaigns.publish(written)
