"""Colour arithmetic for cloth and ink: sRGB, OKLCH and WCAG contrast.

OKLab matrices are Björn Ottosson's (bottosson.github.io/posts/oklab); contrast is WCAG 2.2's relative luminance.
"""

import re
from math import atan2, cos, hypot, sin

from msgspec import Struct

HEX = re.compile(r"#[0-9a-f]{6}")


class BadColour(ValueError):
    """The text is not an sRGB colour of the form #rrggbb in lower case."""


class Oklch(Struct, frozen=True):
    """Lightness 0-1, chroma about 0-0.37, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    def with_(
        self, *, lightness: float | None = None, chroma: float | None = None, hue: float | None = None
    ) -> "Oklch":
        return Oklch(
            self.lightness if lightness is None else lightness,
            self.chroma if chroma is None else chroma,
            self.hue if hue is None else hue,
        )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _encoded(channel: float) -> int:
    clipped = min(1.0, max(0.0, channel))
    curve = clipped * 12.92 if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
    return round(curve * 255)


def linear_rgb(colour: str) -> tuple[float, float, float]:
    """Linear light of `#rrggbb`, each 0-1. Raises BadColour."""
    if not HEX.fullmatch(colour):
        raise BadColour(f"{colour!r} is not a colour like #1f2a44.")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def oklch(colour: str) -> Oklch:
    """The colour in OKLCH. Raises BadColour."""
    r, g, b = linear_rgb(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    bb = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return Oklch(lightness, hypot(a, bb), atan2(bb, a))


def hex_of(colour: Oklch) -> str:
    """The nearest `#rrggbb`; channels outside sRGB are clipped."""
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return f"#{_encoded(red):02x}{_encoded(green):02x}{_encoded(blue):02x}"


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1-21. Raises BadColour."""
    dim, bright = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear_rgb, (one, other)))
    return (bright + 0.05) / (dim + 0.05)
