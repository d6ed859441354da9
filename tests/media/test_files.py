"""Pictures on disk: found, wanted, made."""

from __future__ import annotations

from pathlib import Path

import pytest

from shop.media import files
from shop.media.files import PictureStore
from shop.media.rules import PictureSpec

TEE = PictureSpec("tee", "front", "#1f2a44", "lantern")


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path)


def test_a_picture_that_nobody_made_is_not_found(store: PictureStore) -> None:
    assert store.find(TEE, 160, "webp") is None


def test_a_wanted_picture_is_made_once(store: PictureStore) -> None:
    store.want(TEE, 160, "webp")
    store.want(TEE, 160, "webp")
    assert store.make_wanted() is True
    assert store.find(TEE, 160, "webp") is not None
    assert store.make_wanted() is False


def test_what_was_wanted_first_is_made_first(store: PictureStore) -> None:
    store.want(TEE, 160, "webp")
    store.want(TEE, 160, "png")
    store.make_wanted()
    assert store.find(TEE, 160, "webp") is not None
    assert store.find(TEE, 160, "png") is None


def test_a_wish_of_an_older_renderer_is_dropped(store: PictureStore, tmp_path: Path) -> None:
    (tmp_path / "wanted").mkdir()
    (tmp_path / "wanted" / "old").write_text("tee/front/1f2a44/lantern/000000000000000000000000-160.webp")
    assert store.make_wanted() is True
    assert store.make_wanted() is False


def test_wishes_are_bounded(store: PictureStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_WANTED", 2)
    for width in (160, 320, 480, 640):
        store.want(TEE, width, "webp")
    assert len(list((tmp_path / "wanted").iterdir())) == 2
