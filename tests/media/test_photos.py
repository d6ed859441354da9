"""The library's files: each size once, named by content, and nothing that rode along."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from shop.core.errors import Invalid
from shop.media.photos.rules import About, BadName, check, name_of, photo_id, read_name, widths_of
from shop.media.photos.shelf import PhotoShelf
from shop.media.uploads.received import received_photograph
from tests.support.pictures import photograph

ALT = About("Two people fold tees.")


def test_a_picture_is_made_in_every_format_and_none_is_larger_than_itself(tmp_path: Path) -> None:
    shelf = PhotoShelf(tmp_path)
    digest = shelf.keep(received_photograph(photograph(500, 400)).content)
    shelf.want_all(digest, 500)
    while shelf.make_wanted():
        pass
    made = sorted(path.name for path in shelf.sizes.glob("*.*"))
    assert made == sorted(name_of(digest, width, kind) for width in (320, 480) for kind in ("avif", "webp", "jpg"))
    for name in made:
        with Image.open(shelf.sizes / name) as image:
            assert image.width == read_name(name)[1]
            assert not image.getexif()
    shelf.remove(digest)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_rode_along_is_left_behind(tmp_path: Path) -> None:
    sent = photograph(500, 400, gps=True)
    assert b"secret place" in sent
    kept = PhotoShelf(tmp_path)
    content = kept.original(kept.keep(received_photograph(sent).content)).read_bytes()
    assert b"secret place" not in content
    assert Image.open(BytesIO(content)).getexif() == {}


@pytest.mark.parametrize("name", ["x", f"{'a' * 24}-321.webp", f"{'a' * 24}-320.png", f"../{'a' * 21}-320.webp"])
def test_a_name_that_we_would_not_have_given_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadName):
        PhotoShelf(tmp_path).find(name)


def test_a_stranger_cannot_have_sizes_made_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadName):
        PhotoShelf(tmp_path).find(name_of("a" * 24, 320, "webp"))


def test_rules_of_names_widths_and_words() -> None:
    assert (widths_of(200), widths_of(1000)) == ((320,), (320, 480, 640, 960))
    assert (photo_id("photo-12"), photo_id("north-star"), photo_id("photo-0")) == (12, None, None)
    check(ALT)
    with pytest.raises(Invalid):
        check(About(""))
