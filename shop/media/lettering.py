"""Outlined lettering in Fjalla One (SIL Open Font License 1.1), kerned by eye.

Pictures carry no live text: a viewer needs no font, and every machine draws the same letters.
"""

from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

from msgspec import Struct

PAIRS = {
    -46: frozenset("AV VA AY YA LY LT LV TA AT".split()),
    -34: frozenset("PA FA AW WA LW YO OY KY RY".split()),
    -14: frozenset("TO OT VO OV AO OA AC CA AG GA LO KO RO RT DA AD WO TE".split()),
    8: frozenset("HI IH IN NI MI IM LI IL EI HE HN NH MH".split()),
}


class Line(Struct, frozen=True):
    """A set line: SVG path data and the box of its ink, in the units asked for."""

    path: str
    left: float
    top: float
    right: float
    foot: float

    @property
    def width(self) -> float:
        return self.right - self.left


@cache
def _font() -> Any:
    from fontTools.ttLib import TTFont  # 8 MB that a process which draws nothing does without

    resource = files("font_fjallaone").joinpath("files", "FjallaOne-Regular.ttf")
    with as_file(resource) as path:
        return TTFont(path, lazy=False)


def _kern(left: str, right: str) -> float:
    """Thousandths of an em between two letters; the font brings no kerning, so capitals are spaced by eye here."""
    return next((space for space, pairs in PAIRS.items() if left + right in pairs), 0)


def supported(text: str) -> str:
    """The text without the characters the face lacks."""
    cmap = _font().getBestCmap()
    return "".join(letter for letter in text if ord(letter) in cmap)


def _placed(text: str, tracking: float) -> list[tuple[str, float]]:
    cmap, metrics = _font().getBestCmap(), _font()["hmtx"]
    em = _font()["head"].unitsPerEm / 1000
    at, placed, before = 0.0, [], ""
    for letter in text:
        glyph = cmap.get(ord(letter), ".notdef")
        at += _kern(before, letter) * em
        placed.append((glyph, at))
        at += metrics[glyph][0] + tracking * em
        before = letter
    return placed


@lru_cache(maxsize=512)
def set_line(
    text: str, *, size: float, x: float = 0, y: float = 0, anchor: float = 0, tracking: float = 0, places: int = 1
) -> Line:
    """One line of text outlined.

    `size` is the em in the caller's units, `y` the baseline, `anchor` 0 to start at `x`, 0.5 to centre on it, 1 to
    end there; `tracking` is extra space in thousandths of an em. Letters the font lacks become its empty box.
    """
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.transformPen import TransformPen

    from shop.media.short_pen import ShortPen

    font = _font()
    glyphs, scale = font.getGlyphSet(), size / font["head"].unitsPerEm
    placed = _placed(text, tracking)
    bounds = BoundsPen(glyphs)
    for glyph, at in placed:
        glyphs[glyph].draw(TransformPen(bounds, (1, 0, 0, 1, at, 0)))
    left, low, right, high = bounds.bounds or (0, 0, 0, 0)
    start = x - scale * (left + anchor * (right - left))
    pen = ShortPen(glyphs, places)
    for glyph, at in placed:
        glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, -scale, start + at * scale, y)))
    edge = start + scale * left
    return Line(pen.path, edge, y - scale * high, edge + scale * (right - left), y - scale * low)


def fit_line(text: str, *, width: float, x: float = 0, top: float = 0, tracking: float = 0, places: int = 1) -> Line:
    """A line of capitals as wide as `width`, its ink starting at `x` and `top`."""
    trial = set_line(text, size=1000, tracking=tracking)
    size = 1000 * width / trial.width
    return set_line(text, size=size, x=x, y=top - trial.top * size / 1000, tracking=tracking, places=places)
