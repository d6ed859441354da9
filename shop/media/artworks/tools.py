"""The studio's drawing tools: strokes, rings, rays and stars in millimetres.

Everything is composed for two screens: one ink, one accent, and bare cloth. Rhythm comes from lines of even
weight, as a screen printer would cut them.
"""

from math import cos, sin, tau

Point = tuple[float, float]

INK, ACCENT, CLOTH = "currentColor", "#ff6a3d", "#ffffff"


def n(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"


def at(centre: Point, radius: float, turns: float) -> str:
    """The point at a share of a full turn, clockwise from the top."""
    return f"{n(centre[0] + radius * sin(turns * tau))} {n(centre[1] - radius * cos(turns * tau))}"


def path(d: str, fill: str = INK) -> str:
    return f'<path fill="{fill}" d="{d}"/>'


def line(d: str, width: float, stroke: str = INK, extra: str = "") -> str:
    return f'<path fill="none" stroke="{stroke}" stroke-width="{n(width)}" {extra}d="{d}"/>'


def ring(centre: Point, radius: float, width: float, stroke: str = INK, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<circle cx="{n(centre[0])}" cy="{n(centre[1])}" r="{n(radius)}" fill="none" stroke="{stroke}" '
        f'stroke-width="{n(width)}"{dashed}/>'
    )


def disc(centre: Point, radius: float, fill: str = INK) -> str:
    return f'<circle cx="{n(centre[0])}" cy="{n(centre[1])}" r="{n(radius)}" fill="{fill}"/>'


def rays(centre: Point, inner: float, outer: float, count: int, thick: float, *, every: int = 0, gap: float = 0) -> str:
    """Tapered rays round a centre, none within `gap` turns of straight down; each `every`-th reaches further."""
    d = ""
    for index in range(count):
        far = outer * 1.16 if every and index % every == 0 else outer
        turn = index / count
        if abs(turn - 0.5) >= gap:
            foot = at(centre, inner, turn + thick / count)
            d += f"M{at(centre, inner, turn - thick / count)}L{at(centre, far, turn)} {foot}z"
    return d


def facets(centre: Point, points: int, long: float, short: float, waist: float) -> tuple[str, str]:
    """A compass star as two sets of facets, lit and shaded; even points are long, odd ones short."""
    lit = shaded = ""
    for index in range(points):
        reach = long if index % 2 == 0 else short
        tip, middle = at(centre, reach, index / points), f"{n(centre[0])} {n(centre[1])}"
        lit += f"M{middle}L{at(centre, waist, (index - 0.5) / points)} {tip}z"
        shaded += f"M{middle}L{at(centre, waist, (index + 0.5) / points)} {tip}z"
    return lit, shaded


def arc(centre: Point, radius: float, start: float, end: float) -> str:
    """Part of a circle, clockwise, in turns from the top."""
    large = int((end - start) % 1 > 0.5)
    return f"M{at(centre, radius, start)}A{n(radius)} {n(radius)} 0 {large} 1 {at(centre, radius, end)}"


def star(centre: Point, points: int, long: float, short: float, waist: float) -> str:
    """The outline of `facets`."""
    corners = (
        f"{at(centre, long if index % 2 == 0 else short, index / points)} {at(centre, waist, (index + 0.5) / points)}"
        for index in range(points)
    )
    return f"M{' '.join(corners)}z"
