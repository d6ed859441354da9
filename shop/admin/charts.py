"""Lines over days as SVG that the server draws: no script, no third party; the numbers stand in a table behind."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

WIDTH = 420
LEFT, TOP, BOTTOM = 8, 14, 160
LEAST = 100  # minor units that a scale reaches to: days without anything lie at the foot of it


class Chart(Struct, frozen=True):
    """A chart of one figure: `line` and `before` are points of polylines, `marks` are (y, minor units) of its grid."""

    line: str
    before: str
    area: str
    marks: tuple[tuple[float, int], ...]
    first: str
    last: str


def chart(values: Sequence[int], before: Sequence[int], *, first: str, last: str) -> Chart:
    """Draw values (minor units, a day each) and those they are compared with on one scale from nothing up."""
    most = nice(max((*values, *before, LEAST)))
    line = _points(values, most)
    area = f"{LEFT},{BOTTOM} {line} {_x(len(values) - 1, len(values))},{BOTTOM}" if line else ""
    marks = tuple((_y(part, most), part) for part in (0, most // 2, most))
    return Chart(line, _points(before, most), area, marks, first, last)


def nice(most: int) -> int:
    """A round number, 2 or 5 times a power of ten or a power itself, that is no smaller."""
    step = int(10 ** (len(str(most)) - 1))
    return next(step * times for times in (1, 2, 5, 10) if step * times >= most)


def _points(values: Sequence[int], most: int) -> str:
    return " ".join(f"{_x(at, len(values))},{_y(value, most)}" for at, value in enumerate(values))


def _x(at: int, many: int) -> float:
    return round(LEFT + (WIDTH - 2 * LEFT) * (at / (many - 1) if many > 1 else 0.5), 1)


def _y(value: int, most: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * max(value, 0) / most, 1)
