"""Outlined lettering in Fjalla One (SIL Open Font License 1.1), kerned by eye.

Pictures carry no live text: a viewer needs no font, and every machine draws the same letters.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from math import hypot
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from shop.media.geometry import Point, number, pairs

PAIRS = {
    -46: frozenset("AV VA AY YA LY LT LV TA AT".split()),
    -34: frozenset("PA FA AW WA LW YO OY KY RY".split()),
    -14: frozenset("TO OT VO OV AO OA AC CA AG GA LO KO RO RT DA AD WO TE".split()),
    8: frozenset("HI IH IN NI MI IM LI IL EI HE HN NH MH".split()),
}


class ShortPen(BasePen):  # type: ignore[misc]  # fontTools brings no types
    """Writes SVG path data relative to the last point and rounded, about a third shorter than absolute data."""

    def __init__(self, glyphs: Any, places: int) -> None:
        super().__init__(glyphs)
        self.places, self.path, self.here = places, "", (0.0, 0.0)
        self.control = self.here

    def _rounded(self, point: Point) -> Point:
        x, y = self.here
        return x + round(point[0] - x, self.places), y + round(point[1] - y, self.places)

    def _steps(self, *points: Point) -> str:
        x, y = self.here
        steps = [(px - x, py - y) for px, py in points]
        end = self._rounded(points[-1])
        self.here = round(end[0], 3), round(end[1], 3)
        return pairs(*steps, places=self.places)

    def _moveTo(self, pt: Point) -> None:  # noqa: N802  # the name fontTools calls
        self.here = (round(pt[0], self.places), round(pt[1], self.places))
        self.control = self.here
        self.path += f"M{pairs(self.here, places=self.places)}"

    def _lineTo(self, pt: Point) -> None:  # noqa: N802  # the name fontTools calls
        dx, dy = (round(axis - here, self.places) for axis, here in zip(pt, self.here, strict=True))
        if dx == 0 or dy == 0:
            self.path += f"v{number(dy, self.places)}" if dx == 0 else f"h{number(dx, self.places)}"
            self.here = (round(self.here[0] + dx, 3), round(self.here[1] + dy, 3))
        else:
            self.path += f"l{self._steps(pt)}"
        self.control = self.here

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:  # noqa: N802  # the name fontTools calls
        # TrueType leaves out points midway between two controls: the next control is then the last one's reflection.
        mirror = (2 * self.here[0] - self.control[0], 2 * self.here[1] - self.control[1])
        smooth = self.path[-1:] != "z" and hypot(mirror[0] - pt1[0], mirror[1] - pt1[1]) <= 1.5 * 10**-self.places
        self.control = mirror if smooth else self._rounded(pt1)
        self.path += f"t{self._steps(pt2)}" if smooth else f"q{self._steps(pt1, pt2)}"

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802  # the name fontTools calls
        self.path += f"c{self._steps(pt1, pt2, pt3)}"

    def _closePath(self) -> None:  # noqa: N802  # the name fontTools calls
        self.path += "z"


@dataclass(frozen=True, slots=True)
class Line:
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
