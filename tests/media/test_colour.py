"""Inks read on every cloth, and cloth keeps room for light and shade."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.media.colour import BadColour, contrast, hex_of, linear_rgb, oklch
from shop.media.tones import ACCENT_CONTRAST, INK_CONTRAST, tones

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@settings(deadline=None)
@given(colours)
def test_oklch_there_and_back_is_the_same_colour(colour: str) -> None:
    assert hex_of(oklch(colour)) == colour


@settings(deadline=None)
@given(colours)
def test_ink_reads_on_any_cloth(colour: str) -> None:
    paints = tones(colour)
    assert contrast(paints.ink, paints.cloth) >= INK_CONTRAST
    assert paints.accent == paints.ink or contrast(paints.accent, paints.cloth) >= ACCENT_CONTRAST


@settings(deadline=None)
@given(colours)
def test_cloth_is_brighter_than_its_shade_and_dimmer_than_its_light(colour: str) -> None:
    paints = tones(colour)
    shade, cloth, light = (oklch(paint).lightness for paint in (paints.shade, paints.cloth, paints.light))
    assert shade < cloth - 0.05
    assert light > cloth


@settings(deadline=None)
@given(colours)
def test_an_edge_stands_out_from_the_paper(colour: str) -> None:
    paints = tones(colour)
    assert contrast(paints.edge, paints.paper_top) >= 1.5


def test_known_contrasts() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "text", ["", "#fff", "#FFFFFF", "1f2a44", "#1f2a4g", "#1f2a44 ", "#1f2a44\n", "rgb(0,0,0)", "#１f2a44"]
)
def test_anything_else_is_no_colour(text: str) -> None:
    with pytest.raises(BadColour):
        linear_rgb(text)
