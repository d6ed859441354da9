"""Colours as numbers: what WCAG measures of two of them, and the nearest one that can be read.

Sources: contrast and relative luminance, WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio); OKLCh, in which a
change of lightness keeps the hue to the eye, CSS Color 4 (https://www.w3.org/TR/css-color-4/#ok-lab).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from shop.core.errors import Invalid

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.ASCII)
STEP = 0.0025  # of lightness, which runs from 0 to 1: too little to see

Rgb = tuple[float, float, float]


def colour_of(text: str) -> str:
    """`#rrggbb` in small letters from six or three digits, with # or without; raises Invalid."""
    found = _HEX.fullmatch(text.strip().lower())
    if found is None:
        raise Invalid("Write a colour as # and six digits, such as #b04a12.")
    digits = found[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lighter_by(colour: str, change: float) -> str:
    """The colour with as much more lightness, or less; the most of its chroma that screens show."""
    lightness, chroma, hue = oklch(colour)
    return shown(min(max(lightness + change, 0.0), 1.0), chroma, hue)


def nearest(colour: str, accepted: Callable[[str], bool]) -> str:
    """The colour itself, or the closest in lightness that is `accepted`; black or white must be."""
    for number in range(round(1 / STEP) + 1):
        for change in (-number * STEP, number * STEP):
            other = colour if number == 0 else lighter_by(colour, change)
            if accepted(other):
                return other
    raise ValueError(f"nothing near {colour} is accepted")


def oklch(colour: str) -> Rgb:
    """Lightness from 0 to 1, chroma, and hue in degrees."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    across = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    along = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(across, along), math.degrees(math.atan2(along, across))


def shown(lightness: float, chroma: float, hue: float) -> str:
    """`#rrggbb` of an OKLCh colour; one that screens cannot show loses chroma until they can."""
    low, high = 0.0, chroma
    if not _fits(_rgb(lightness, chroma, hue)):
        for _halving in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_rgb(lightness, middle, hue)) else (low, middle)
        chroma = low
    return "#" + "".join(f"{round(_gamma(part) * 255):02x}" for part in _rgb(lightness, chroma, hue))


def _rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    across, along = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * across + 0.2158037573 * along) ** 3
    middle = (lightness - 0.1055613458 * across - 0.0638541728 * along) ** 3
    short = (lightness - 0.0894841775 * across - 1.2914855480 * along) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _fits(linear: Rgb) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in linear)


def _gamma(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _linear(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
