"""Every garment, view and colour draws clean, small SVG."""

import gzip
import re
from collections import Counter
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest

from shop.media.rules import (
    RENDERER_VERSION,
    BadColour,
    PictureSpec,
    UnknownArtwork,
    UnknownGarment,
    UnknownView,
    alt_text,
    artwork,
    artwork_keys,
    draw,
    garments,
    views,
)

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = ("#000000", "#ffffff", "#ead9b8", "#1f2a44", "#2f5d46", "#e2583e", "#8a8f98")
ELEMENTS = {
    "svg", "title", "defs", "path", "clipPath", "use", "filter", "feGaussianBlur", "linearGradient", "radialGradient",
    "stop", "rect", "g", "ellipse", "circle", "feTurbulence", "feComposite", "feDiffuseLighting", "feDistantLight",
}  # fmt: skip
SIDES = [(garment, view) for garment in garments() for view in views(garment)]
NUMBER = re.compile(r"nan|inf|e[-+]?\d", re.IGNORECASE)


def elements(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter())


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize(("garment", "view"), SIDES)
def test_a_picture_is_inert_svg_of_known_elements(garment: str, view: str, colour: str) -> None:
    found = elements(draw(PictureSpec(garment, view, colour, "lantern")))
    assert {element.tag.removeprefix(SVG) for element in found} <= ELEMENTS
    for element in found:
        assert not any(name.lower().startswith("on") for name in element.attrib)
        assert element.get("href", "#").startswith("#")
        assert element.tag == f"{SVG}title" or not (element.text or "").strip(), "no live text"


@pytest.mark.parametrize("key", artwork_keys())
@pytest.mark.parametrize(("garment", "view"), SIDES)
def test_ids_are_unique_and_references_resolve(garment: str, view: str, key: str) -> None:
    svg = draw(PictureSpec(garment, view, "#1f2a44", key))
    ids = Counter(re.findall(r' id="([^"]+)"', svg))
    assert set(ids.values()) == {1}
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', svg)) <= set(ids)
    assert "://" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("key", artwork_keys())
def test_a_printed_tee_stays_small(key: str) -> None:
    for colour in COLOURS:
        text = draw(PictureSpec("tee", "front", colour, key)).encode()
        assert len(text) <= 15 * 1024
        assert len(gzip.compress(text)) <= 5 * 1024


@pytest.mark.parametrize(("garment", "view"), SIDES)
def test_path_data_holds_only_plain_numbers(garment: str, view: str) -> None:
    svg = draw(PictureSpec(garment, view, "#123456", None))
    assert not any(NUMBER.search(d) for d in re.findall(r' d="([^"]*)"', svg))


@pytest.mark.parametrize(("garment", "view"), SIDES)
@pytest.mark.parametrize("key", artwork_keys())
def test_the_print_stays_inside_its_area(garment: str, view: str, key: str) -> None:
    svg = draw(PictureSpec(garment, view, "#1f2a44", key))
    found = re.search(r'<g transform="translate\(([\d.]+) ([\d.]+)\)scale\(([\d.]+)\)" color', svg)
    assert found is not None
    left, top, scale = map(float, found.groups())
    assert left >= 150
    assert left + artwork(key).width_mm * scale <= 650
    assert top + artwork(key).height_mm * scale <= 960


def test_a_changed_drawing_has_a_new_version() -> None:
    """Paths are cached for good: when this fails, raise RENDERER_VERSION and pin the new digest beside it."""
    drawn = sha256()
    for garment, view in SIDES:
        drawn.update(draw(PictureSpec(garment, view, "#1f2a44", None)).encode())
        drawn.update(draw(PictureSpec(garment, view, "#f7f6f3", "lantern")).encode())
    assert (RENDERER_VERSION, drawn.hexdigest()[:16]) == (2, "53094624f1181622")


def test_the_same_spec_draws_the_same_text() -> None:
    spec = PictureSpec("hoodie", "front", "#2f5d46", "north-star")
    assert draw.__wrapped__(spec) == draw.__wrapped__(spec)


def test_plain_cloth_has_no_print() -> None:
    assert "currentColor" not in draw(PictureSpec("tee", "front", "#1f2a44", None))


@pytest.mark.parametrize(
    ("spec", "error"),
    [
        (PictureSpec("cape", "front", "#1f2a44"), UnknownGarment),
        (PictureSpec("tote", "folded", "#1f2a44"), UnknownView),
        (PictureSpec("tee", "front", "#1f2a44", "chain"), UnknownArtwork),
        (PictureSpec("tee", "front", "#1f2a44", ""), UnknownArtwork),
        (PictureSpec("tee", "front", "#1f2a44", "../lantern"), UnknownArtwork),
        (PictureSpec("tee", "front", "#1F2A44"), BadColour),
        (PictureSpec("tee", "front", "navy"), BadColour),
        (PictureSpec("tee", "front", '#1f2a4"/>'), BadColour),
        (PictureSpec("tee", "front", "#1f2a44\n"), BadColour),
    ],
)
def test_what_is_not_known_is_refused_by_name(spec: PictureSpec, error: type[ValueError]) -> None:
    with pytest.raises(error):
        draw(spec)
    with pytest.raises(error):
        spec.digest()


def test_words_for_a_picture() -> None:
    front = PictureSpec("tee", "front", "#2f5d46", "lantern")
    assert alt_text(front, "Forest green") == (
        "Front of a forest green tee printed with a lantern with a star for its flame over the words “Keep a light on”"
    )
    assert alt_text(PictureSpec("hoodie", "back", "#eae3cf"), "Oatmeal") == "Back of an oatmeal hoodie"
    assert alt_text(PictureSpec("tee", "folded", "#eae3cf"), "Oatmeal") == "A folded oatmeal tee"
