"""Curves for pattern pieces and folds, written as short SVG path data.

A line of points is a string: `308,128! 268,142 214,160`. The curve passes through every point (Catmull-Rom);
a point marked `!` is a corner. The frame is 800 x 1,000 units, light falls from the upper left.
"""

from math import atan2, degrees, exp, hypot, sin

from msgspec import Struct

Point = tuple[float, float]
Corner = tuple[float, float, bool]

LIGHT: Point = (-0.5, -0.866)
WAVER = 2.2
SLIGHT = 11


def number(value: float, places: int = 0) -> str:
    """The shortest decimal text of a coordinate."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith(("0.", "-0.")):
        text = text.replace("0.", ".", 1)
    return "0" if text in ("-0", "") else text


def pairs(*points: Point, places: int = 0) -> str:
    """Coordinates in a row, with a sign doing the work of a separator."""
    out = ""
    for value in (axis for point in points for axis in point):
        text = number(value, places)
        out += text if not out or text.startswith("-") else f" {text}"
    return out


def parse(line: str) -> list[Corner]:
    """Points of a line; the third part says whether the point is a corner."""
    found: list[Corner] = []
    for word in line.split():
        x, y = word.rstrip("!").split(",")
        found.append((float(x), float(y), word.endswith("!")))
    return found


def mirrored(line: str, *, waver: float = WAVER) -> str:
    """The line reflected about x = 400, in reverse order, a little off true as sewn and laid cloth is."""
    out = []
    for x, y, corner in reversed(parse(line)):
        drift = waver * sin(y / 61)
        out.append(f"{number(800 - x + drift, 1)},{number(y + drift * 0.8, 1)}{'!' if corner else ''}")
    return " ".join(out)


def backwards(line: str) -> str:
    """The same line from its end to its start."""
    return " ".join(reversed(line.split()))


def _tangents(points: list[Corner], closed: bool) -> list[Point]:
    last = len(points) - 1
    tangents: list[Point] = []
    for index, (_, _, corner) in enumerate(points):
        if corner or (not closed and index in (0, last)):
            tangents.append((0.0, 0.0))
            continue
        before, after = points[index - 1], points[(index + 1) % len(points)]
        tangents.append(((after[0] - before[0]) / 6, (after[1] - before[1]) / 6))
    return tangents


def curve(line: str, *, closed: bool = False, places: int = 0) -> str:
    """Path data of a smooth curve through the points of the line.

    A Catmull-Rom curve leaves each point as it entered it, so every segment after the first is SVG's short `s`.
    """
    points = parse(line)
    tangents = _tangents(points, closed)
    x, y = (round(value, places) for value in points[0][:2])
    d = f"M{pairs((x, y), places=places)}"
    for index in range(len(points) if closed else len(points) - 1):
        (x0, y0, _), (x1, y1, _) = points[index], points[(index + 1) % len(points)]
        (u0, v0), (u1, v1) = tangents[index], tangents[(index + 1) % len(points)]
        handles = [(x0 + u0, y0 + v0), (x1 - u1, y1 - v1), (x1, y1)]
        if (u0, v0) == (0, 0) == (u1, v1):
            d += f"l{pairs((x1 - x, y1 - y), places=places)}"
        else:
            short = index > 0 or (u0, v0) == (0, 0)
            steps = [(px - x, py - y) for px, py in handles[1 if short else 0 :]]
            d += ("s" if short else "c") + pairs(*steps, places=places)
        x, y = x + round(x1 - x, places), y + round(y1 - y, places)
    return f"{d}z" if closed else d


class Fold(Struct, frozen=True):
    """A crease: a quadratic spine, its width in units, and whether it opens towards its end instead of closing."""

    start: Point
    bend: Point
    end: Point
    width: float
    open: bool = False

    def _normal(self) -> Point:
        """Unit normal pointing away from the light."""
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        length = hypot(dx, dy) or 1.0
        normal = (-dy / length, dx / length)
        away = normal[0] * LIGHT[0] + normal[1] * LIGHT[1] <= 0
        return normal if away else (-normal[0], -normal[1])

    def blade(self, share: float) -> str:
        """A crescent from the spine to `share` widths beside it; a negative share lies on the lit side."""
        nx, ny = self._normal()
        reach = self.width * share
        bow = (self.bend[0] + nx * reach * 2, self.bend[1] + ny * reach * 2)
        tip = (self.end[0] + nx * reach, self.end[1] + ny * reach) if self.open else self.end
        area = (self.end[0] - self.start[0]) * ny - (self.end[1] - self.start[1]) * nx
        return self._closed(bow, tip, forward=area * reach > 0)

    def _closed(self, bow: Point, tip: Point, *, forward: bool) -> str:
        # One winding for all blades: overlapping blades of opposite winding would cut holes in each other.
        legs = [(self.bend, self.end), (bow, tip)]
        (b1, e1), (b2, e2) = legs if forward else legs[::-1]
        x, y = (round(axis) for axis in self.start)
        q1 = pairs((b1[0] - x, b1[1] - y), (e1[0] - x, e1[1] - y))
        bridge = f"L{pairs(e2)}" if self.open else ""
        back = pairs(b2, (x, y))
        return f"M{pairs((x, y))}q{q1}{bridge}Q{back}z"


class Creases(Struct, frozen=True):
    """Path data of many folds: the soft shadow beside each, the sharp crease, and the side that catches light."""

    soft: str
    sharp: str
    lit: str


def folds(text: str) -> Creases:
    """Creases from lines of `x,y x,y x,y width [open]`: spine's start, bend and end."""
    made = []
    for row in filter(None, map(str.strip, text.splitlines())):
        start, bend, end, width, *rest = row.split()
        spine = [(float(x), float(y)) for x, y in (word.split(",") for word in (start, bend, end))]
        made.append(Fold(spine[0], spine[1], spine[2], float(width), bool(rest)))
    broad = "".join(fold.blade(1.35) for fold in made if fold.width > SLIGHT)
    return Creases(broad, "".join(fold.blade(0.42) for fold in made), "".join(fold.blade(-0.8) for fold in made))


class Dent(Struct, frozen=True):
    """A shallow hollow or rise: centre, half-widths across and along, degrees from upright; rises catch the light."""

    x: float
    y: float
    across: float
    along: float
    turn: float
    rise: bool

    def svg(self) -> str:
        at = f"translate({pairs((self.x, self.y))})rotate({number(self.turn)})"
        return f'<ellipse rx="{number(self.across)}" ry="{number(self.along)}" transform="{at}"/>'


def _pull(x: float, y: float, anchors: tuple[Point, ...], upright: float) -> float:
    """Degrees from upright of cloth at a point: drawn towards the anchors (armpits) when near, else hanging."""
    across, down = 0.0, upright
    for ax, ay in anchors:
        dx, dy = x - ax, y - ay
        if dy < 0:
            dx, dy = -dx, -dy
        distance = hypot(dx, dy) or 1.0
        weight = exp(-((distance / 190) ** 2)) / distance
        across, down = across + dx * weight, down + dy * weight
    return degrees(atan2(-across, down))


class Dents(Struct, frozen=True):
    """SVG shapes of shallow rises and hollows."""

    rises: str = ""
    hollows: str = ""

    def __add__(self, other: "Dents") -> "Dents":
        return Dents(self.rises + other.rises, self.hollows + other.hollows)


def crumple(
    seed: int,
    box: tuple[float, float, float, float],
    count: int,
    anchors: tuple[Point, ...] = (),
    *,
    upright: float = 0.3,
    length: float = 95,
) -> Dents:
    """How cloth lies unevenly: dents spread over a box (left, top, right, foot), the same for the same seed.

    Centres follow the R2 low-discrepancy sequence (powers of 1 / 1.3247), so that none clump.
    """
    left, top, right, foot = box
    made = []
    for step in range(seed, seed + count):
        x, y = left + (right - left) * (step * 0.7549 % 1), top + (foot - top) * (step * 0.5698 % 1)
        size = 0.55 + step * 0.4142 % 1 * 0.9
        turn = _pull(x, y, anchors, upright) + (step * 0.3247 % 1 - 0.5) * 34
        made.append(Dent(x, y, 17 * size + 5, length * size, turn, (step - seed) % 2 == 0))
    return Dents(
        "".join(dent.svg() for dent in made if dent.rise), "".join(dent.svg() for dent in made if not dent.rise)
    )
