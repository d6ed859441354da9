"""A pen that writes outlines as short SVG path data."""

from math import hypot
from typing import Any

from fontTools.pens.basePen import BasePen

from shop.media.geometry import Point, number, pairs


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
