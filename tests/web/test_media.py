"""Pictures and cards for links."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from shop.core.config import Settings
from shop.journeys.share_cards import want_cards
from shop.media.cards import CardShelf
from shop.media.files import PictureStore
from shop.media.paths import picture_path
from shop.media.rules import PictureSpec, spec_of
from shop.web.present.pictures import garment_picture, garment_views, second_view
from tests.support.client import SeparateClient
from tests.support.factories import Shelf
from tests.support.snapshots import demo_movement

SPEC = PictureSpec("tee", "front", "#1f2a44", "lantern")


def test_a_picture_that_nobody_made_is_answered_with_its_drawing_for_a_moment(client: SeparateClient) -> None:
    demo_movement()
    answer = client.get(f"/media/{picture_path(SPEC, 160, 'webp')}")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert gzip.decompress(answer.data).startswith(b"<svg")
    assert "max-age=20" in answer.headers["Cache-Control"]


def test_the_worker_makes_what_was_asked_for_and_it_may_be_kept_for_good(
    client: SeparateClient, settings: Settings
) -> None:
    demo_movement()
    client.get(f"/media/{picture_path(SPEC, 160, 'webp')}")
    assert PictureStore(settings.var / "media").make_wanted()
    answer = client.get(f"/media/{picture_path(SPEC, 160, 'webp')}")
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with Image.open(BytesIO(answer.data)) as image:
        assert image.size == (160, 200)


def test_a_cloth_that_we_do_not_sell_is_not_drawn(client: SeparateClient) -> None:
    demo_movement()
    strange = PictureSpec("tee", "front", "#123456", "north-star")
    assert client.get(f"/media/{picture_path(strange, 160, 'webp')}").status_code == 404


def test_a_drawing_opened_by_itself_may_run_nothing(client: SeparateClient) -> None:
    demo_movement()
    answer = client.get(f"/media/{picture_path(SPEC, None, 'svg')}")
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "tee/front/1f2a44/north-star/000000000000000000000000-160.webp",
        "tee/front/1f2a44/north-star/" + "0" * 5_000,
        "%00",
        "tee/front/1f2a44/north-star/",
        "cards/shop/..%2f..%2fsecret.png",
        "cards/nothing/x.png",
    ],
)
def test_hostile_paths_are_not_found(client: SeparateClient, path: str) -> None:
    demo_movement()
    assert client.get(f"/media/{path}").status_code == 404


def test_a_width_that_we_do_not_make_is_not_found(client: SeparateClient) -> None:
    path = picture_path(SPEC, 160, "webp").replace("-160.", "-159.")
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("path", ["shop/north-star-tee", "campaigns/look-closer"])
def test_a_link_shared_elsewhere_has_a_card(client: SeparateClient, path: str) -> None:
    demo_movement()
    waiting = client.get(f"/media/cards/{path}.png")
    assert (waiting.status_code, waiting.headers["Cache-Control"]) == (302, "public, max-age=20")
    with client.get(waiting.location) as plain:
        assert plain.mimetype == "image/png"
    _make_cards(client)
    answer = client.get(f"/media/cards/{path}.png")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=86400")
    with Image.open(BytesIO(answer.data)) as image:
        assert image.size == (1200, 630)


def test_there_is_no_card_of_a_stranger(client: SeparateClient) -> None:
    demo_movement()
    assert client.get("/media/cards/shop/nothing.png").status_code == 404
    assert client.get("/media/cards/campaigns/nothing.png").status_code == 404


def test_every_picture_of_a_page_can_be_had(app: Flask, client: SeparateClient) -> None:
    demo_movement()
    picture = second_view("tee", "#17181c", "north-star")
    assert client.get(picture.src).status_code == 200


def test_a_page_never_fails_for_what_cannot_be_drawn() -> None:
    assert spec_of("umbrella", "inside", "#FFFFFF", "unknown") == PictureSpec("tee", "front", "#ffffff", None)


def test_the_print_comes_first_and_the_plain_back_last() -> None:
    alts = [picture.alt for picture in garment_views("tee", "#17181c", "north-star", "Ink")]
    assert len(alts) == 3
    assert alts[0].startswith("Front of an ink tee printed with")
    assert alts[-1] == "Back of an ink tee"


def test_a_picture_without_a_colour_in_words_is_decoration() -> None:
    assert garment_picture("tee", "front", "#17181c", "north-star").alt == ""


def test_the_store_has_a_card_of_its_own(client: SeparateClient, shelf: Shelf) -> None:
    """For links to pages that have none."""
    want_cards(_cards(client))
    _make_cards(client)
    answer = client.get("/media/cards/store.png")
    with Image.open(BytesIO(answer.data)) as card:
        assert card.size == (1200, 630)
    assert 'property="og:image" content="http://shop.test/media/cards/store.png"' in client.get("/giving").text


def test_a_phone_can_keep_the_store_on_its_home_screen(client: SeparateClient, shelf: Shelf) -> None:
    answer = client.get("/site.webmanifest")
    told = json.loads(answer.data)
    assert answer.mimetype == "application/manifest+json"
    assert told["start_url"] == "/"
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}


def _cards(client: SeparateClient) -> CardShelf:
    return CardShelf(client.application.extensions["settings"].var / "media" / "cards")


def _make_cards(client: SeparateClient) -> None:
    while _cards(client).make_wanted():
        pass
