"""Which colours a cloth takes in light and in shade, and which inks read on it."""

from functools import lru_cache

from msgspec import Struct

from shop.media.colour import Oklch, contrast, hex_of, oklch

DARK_INK = "#1d1b19"
LIGHT_INK = "#f8f2e4"
ACCENTS = ("#ff6a3d", "#ffb53c", "#c8371b", "#12655c", "#8fd6c4")
INK_CONTRAST = 3.6
ACCENT_CONTRAST = 2.4


class Tones(Struct, frozen=True):
    """Paints of one cloth. Strengths are opacities: 0-1."""

    cloth: str
    inner: str
    shade: str
    light: str
    edge: str
    paper_top: str
    paper_foot: str
    ground: str
    shade_strength: float
    light_strength: float
    seam_strength: float
    ink: str
    accent: str

    @property
    def ink_is_light(self) -> bool:
        return self.ink == LIGHT_INK


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * min(1.0, max(0.0, share))


def _cloth(colour: Oklch) -> Oklch:
    """Real black cloth reflects light and real white cloth swallows some, which leaves room for folds."""
    lightness = colour.lightness
    if lightness < 0.3:
        lightness = 0.205 + lightness * 0.3167
    if lightness > 0.9:
        lightness = 0.9 + (lightness - 0.9) * 0.55
    return colour.with_(lightness=lightness)


def _inks(cloth: str) -> tuple[str, str]:
    ink = max((LIGHT_INK, DARK_INK), key=lambda paint: contrast(paint, cloth) * (1.25 if paint == LIGHT_INK else 1))
    if contrast(ink, cloth) < INK_CONTRAST:
        ink = max((LIGHT_INK, DARK_INK), key=lambda paint: contrast(paint, cloth))
    for accent in (*ACCENTS, LIGHT_INK, DARK_INK):
        if contrast(accent, ink) >= 1.5 and contrast(accent, cloth) >= ACCENT_CONTRAST and _distinct(accent, cloth):
            return ink, accent
    return ink, ink


def _distinct(one: str, other: str) -> bool:
    """Inks of the cloth's own hue vibrate or vanish unless their lightness is far apart."""
    return abs(oklch(one).lightness - oklch(other).lightness) > 0.2


@lru_cache(maxsize=256)
def tones(colour: str) -> Tones:
    """The paints of a cloth of this `#rrggbb`. Raises BadColour."""
    cloth = _cloth(oklch(colour))
    level = cloth.lightness
    dark = 1 - (level - 0.2) / 0.75
    shade = cloth.with_(
        lightness=_between(0.06, 0.50, ((level - 0.2) / 0.75) ** 1.6),
        chroma=_between(0.012, 0.6 * cloth.chroma + 0.012, 1 - abs(2 * level - 1.1)),
    )
    if cloth.chroma < 0.03:
        shade = shade.with_(chroma=0.012 * level, hue=4.6)
    light = cloth.with_(lightness=min(1.0, level + _between(0.12, 0.36, dark)), chroma=cloth.chroma * 0.75)
    paper = _paper(cloth)
    ink, accent = _inks(hex_of(cloth))
    return Tones(
        cloth=hex_of(cloth),
        inner=hex_of(
            cloth.with_(lightness=level * _between(0.62, 0.84, (level - 0.2) / 0.75), chroma=cloth.chroma * 0.9)
        ),
        shade=hex_of(shade),
        light=hex_of(light),
        edge=hex_of(cloth.with_(lightness=level * 0.62 if level > 0.4 else level * 0.45)),
        paper_top=hex_of(paper),
        paper_foot=hex_of(paper.with_(lightness=paper.lightness - 0.035)),
        ground=hex_of(paper.with_(lightness=0.33, chroma=0.02)),
        shade_strength=_between(0.42, 0.78, dark),
        light_strength=_between(0.85, 0.42, dark) * (0.8 if ink == LIGHT_INK else 1),
        seam_strength=_between(0.3, 0.62, dark),
        ink=ink,
        accent=accent,
    )


def _paper(cloth: Oklch) -> Oklch:
    """A pale tint of the cloth: deeper behind white cloth, so that its edge stands."""
    lightness = _between(0.945, 0.885, (cloth.lightness - 0.72) / 0.2)
    chroma = min(0.009, cloth.chroma * 0.12)
    if cloth.chroma < 0.02:
        return Oklch(lightness, 0.008, 1.5)
    return Oklch(lightness, chroma, cloth.hue)
