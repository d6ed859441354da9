"""The artworks and marks in the tree are what the studio draws, and say nothing unfitting."""

import re
from pathlib import Path

import pytest

from shop.media import brand
from shop.media.artworks import studio
from shop.media.lettering import fit_line, set_line, supported
from shop.media.rules import artwork, artwork_keys

UNFIT = re.compile(r"chain|bar code|victim|child|slave|tape|cage|blood", re.IGNORECASE)


def test_there_are_at_least_eight() -> None:
    assert len(artwork_keys()) >= 8
    assert set(artwork_keys()) == set(studio.DRAWINGS)


@pytest.mark.parametrize("key", artwork_keys())
def test_the_file_is_what_the_studio_draws(key: str) -> None:
    width, height, body = studio.DRAWINGS[key]()
    kept = artwork(key)
    assert (kept.width_mm, kept.height_mm, kept.body) == (width, height, body)


@pytest.mark.parametrize("key", artwork_keys())
def test_an_artwork_uses_two_inks_and_bare_cloth(key: str) -> None:
    body = artwork(key).body
    paints = set(re.findall(r'(?:fill|stroke)="([^"]+)"', body))
    assert paints <= {"none", "currentColor", "#ff6a3d", "#ffffff"}
    assert "currentColor" in paints


@pytest.mark.parametrize("key", artwork_keys())
def test_an_artwork_is_described_with_care(key: str) -> None:
    kept = artwork(key)
    assert kept.title
    assert kept.credit
    assert 20 <= len(kept.description) <= 120
    assert not UNFIT.search(f"{kept.title} {kept.description}")
    assert 200 <= kept.width_mm <= 300
    assert 200 <= kept.height_mm <= 360


def test_marks_in_the_tree_are_what_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in brand.FOLDER.glob("*.svg")}
    monkeypatch.setattr(brand, "FOLDER", tmp_path)
    brand.write()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.svg")}.items() <= kept.items()


def test_a_fitted_line_is_as_wide_as_asked() -> None:
    line = fit_line("EVERY NAME", width=280, x=10, top=20)
    assert line.left == pytest.approx(10)
    assert line.right == pytest.approx(290)
    assert line.top == pytest.approx(20)


def test_pairs_are_kerned() -> None:
    apart = set_line("A", size=1000).width + set_line("V", size=1000).width
    assert set_line("AV", size=1000).width < apart


def test_letters_the_face_lacks_are_left_out() -> None:
    assert supported("Hope 希望 🕯 é") == "Hope   é"
