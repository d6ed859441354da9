"""Pixels: right sizes, formats that decode, files written once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from shop.media import disk
from shop.media.files import PictureStore
from shop.media.paths import WIDTHS, BadPicturePath
from shop.media.raster import CARD, Raster, _title, rasterise, share_card
from shop.media.rules import PictureSpec, UnknownGarment, draw

SPEC = PictureSpec("tee", "front", "#1f2a44", "lantern")


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("format_", ["png", "webp", "avif"])
def test_each_format_decodes_at_its_size(format_: Raster) -> None:
    image = opened(rasterise(draw(SPEC), width=160, format=format_))
    assert image.format == format_.upper()
    assert image.size == (160, 200)
    assert image.mode == "RGB"


def test_a_card_on_the_shelf_is_light() -> None:
    svg = draw(SPEC)
    assert len(rasterise(svg, width=320, format="webp")) <= 8_000
    assert len(rasterise(svg, width=320, format="avif")) <= 7_000


@pytest.mark.parametrize("colour", ["#000000", "#ffffff"])
def test_black_and_white_cloth_show_their_folds(colour: str) -> None:
    image = opened(rasterise(draw(PictureSpec("tee", "front", colour)), width=160, format="png"))
    trunk = image.crop((35, 55, 125, 175)).convert("L")
    assert ImageStat.Stat(trunk).stddev[0] >= 3


@pytest.mark.parametrize("width", [0, -1, 2561, 10**9])
def test_absurd_widths_are_refused(width: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        rasterise(draw(SPEC), width=width, format="png")


def test_text_that_is_no_svg_is_refused() -> None:
    with pytest.raises(ValueError):
        rasterise("<p>no", width=160, format="png")


def test_a_share_card_has_its_size() -> None:
    assert opened(share_card(SPEC, title='<script>"& look closer', brand="Lantern & Thread")).size == CARD


@pytest.mark.parametrize("title", ["Look closer", "", "🕯", "A " * 400, "Donaudampfschifffahrtsgesellschaft" * 6])
def test_any_title_fits_its_card(title: str) -> None:
    lines = _title(title)
    assert lines
    assert max(line.right for line in lines) <= 650
    assert min(line.top for line in lines) >= 110
    assert max(line.foot for line in lines) <= 550


def test_a_picture_is_kept_under_its_path(tmp_path: Path) -> None:
    store = PictureStore(tmp_path)
    path = store.ensure(SPEC, WIDTHS[0], "webp")
    assert path == store.path_for(SPEC, WIDTHS[0], "webp")
    assert path.is_relative_to(tmp_path)
    assert opened(path.read_bytes()).size == (160, 200)
    assert store.ensure(SPEC, None, "svg").read_text(encoding="utf-8") == draw(SPEC)


def test_eight_threads_write_one_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, gate, writes = PictureStore(tmp_path), threading.Barrier(8), list[Path]()
    write = disk.place

    def counted(path: Path, content: bytes) -> None:
        writes.append(path)
        write(path, content)

    monkeypatch.setattr("shop.media.files.place", counted)

    def visit(_: int) -> Path:
        gate.wait()
        return store.ensure(SPEC, 160, "webp")

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(visit, range(8)))
    assert len(paths) == len(writes) == 1
    assert [path.name for path in paths.pop().parent.iterdir()] == [writes[0].name]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    store = PictureStore(tmp_path)
    with pytest.raises(OSError, match="No space"):
        store.ensure(SPEC, None, "svg")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_bad_spec_makes_no_folder(tmp_path: Path) -> None:
    store = PictureStore(tmp_path)
    with pytest.raises(UnknownGarment):
        store.ensure(PictureSpec("../../etc", "front", "#1f2a44"), 160, "webp")
    with pytest.raises(BadPicturePath):
        store.ensure(SPEC, 161, "webp")
    assert not list(tmp_path.iterdir())
