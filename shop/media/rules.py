"""Pictures of garments: what can be asked for, how it is drawn, and what it is called.

Pure: the same spec gives the same SVG, whoever asks and whenever.
"""

from functools import lru_cache
from hashlib import sha256
from html import escape

from msgspec import Struct

from shop.core.languages import ENGLISH, _, lazy_gettext, spoken
from shop.media.artworks.catalogue import DESCRIPTIONS, Artwork, load
from shop.media.artworks.tools import ACCENT, CLOTH
from shop.media.cloth import draw_cut
from shop.media.colour import BadColour, linear_rgb
from shop.media.cut import Cut, PrintArea
from shop.media.garments import hoodie, long_sleeve, tee, tee_at_rest, tote, womens_tee
from shop.media.tones import Tones, tones
from shop.media.uploads import library

# Pictures are cached for good under their digest: raise this whenever any drawing changes.
RENDERER_VERSION = 2

CUTS: dict[str, dict[str, Cut]] = {
    "tee": {
        "front": tee.FRONT,
        "back": tee.BACK,
        "folded": tee_at_rest.FOLDED,
        "hanger": tee_at_rest.HANGER_VIEW,
    },
    "womens_tee": {"front": womens_tee.FRONT, "back": womens_tee.BACK},
    "long_sleeve": {"front": long_sleeve.FRONT, "back": long_sleeve.BACK},
    "hoodie": {"front": hoodie.FRONT, "back": hoodie.BACK},
    "tote": {"front": tote.FRONT, "back": tote.BACK},
}
GARMENT_NAMES = {  # staff read these
    "tee": "tee",
    "womens_tee": "women’s tee",
    "long_sleeve": "long-sleeved tee",
    "hoodie": "hoodie",
    "tote": "tote bag",
}
IN_COLOUR = {
    "tee": lazy_gettext("%(colour)s tee"),
    "womens_tee": lazy_gettext("%(colour)s women’s tee"),
    "long_sleeve": lazy_gettext("%(colour)s long-sleeved tee"),
    "hoodie": lazy_gettext("%(colour)s hoodie"),
    "tote": lazy_gettext("%(colour)s tote bag"),
}
VIEW_WORDS = {
    "front": lazy_gettext("Front of a %(garment)s"),
    "back": lazy_gettext("Back of a %(garment)s"),
    "folded": lazy_gettext("A folded %(garment)s"),
    "hanger": lazy_gettext("A hanging %(garment)s"),
}
DIGEST_LENGTH = 24

__all__ = ["Artwork", "BadColour", "PictureSpec", "UnknownArtwork", "UnknownGarment", "UnknownView"]


class UnknownGarment(ValueError):
    """There is no such garment."""


class UnknownView(UnknownGarment):
    """The garment is not drawn from this side."""


class UnknownArtwork(ValueError):
    """There is no such artwork."""


class PictureSpec(Struct, frozen=True):
    """A picture to draw: `colour` is the cloth as `#rrggbb` in lower case, `artwork` a key or None for plain cloth."""

    garment: str
    view: str
    colour: str
    artwork: str | None = None

    def digest(self) -> str:
        """24 hex digits naming this picture's content. Raises as `draw` does."""
        return _digest(self)


def garments() -> tuple[str, ...]:
    """Every garment that can be drawn."""
    return tuple(CUTS)


def views(garment: str) -> tuple[str, ...]:
    """The sides a garment is drawn from. Raises UnknownGarment."""
    if garment not in CUTS:
        raise UnknownGarment(f"There is no garment {garment!r}.")
    return tuple(CUTS[garment])


def artwork_keys() -> tuple[str, ...]:
    """Every artwork's key, in the catalogue's order."""
    return tuple(DESCRIPTIONS)


def artwork(key: str) -> Artwork:
    """An artwork by key, of ours or uploaded. Raises UnknownArtwork."""
    if key in DESCRIPTIONS:
        return load(key)
    try:
        return library.load(key)
    except KeyError as stranger:
        raise UnknownArtwork(f"There is no artwork {key!r}.") from stranger


def is_artwork(key: str) -> bool:
    """Whether `artwork` knows it."""
    return key in DESCRIPTIONS or library.is_uploaded(key)


def check(spec: PictureSpec) -> Cut:
    """The cut a spec asks for. Raises UnknownGarment, UnknownView, UnknownArtwork or BadColour."""
    if spec.view not in views(spec.garment):
        raise UnknownView(f"A {spec.garment} is not drawn as {spec.view!r}.")
    linear_rgb(spec.colour)
    if spec.artwork is not None:
        artwork(spec.artwork)
    return CUTS[spec.garment][spec.view]


@lru_cache(maxsize=4096)
def _digest(spec: PictureSpec) -> str:
    check(spec)
    content = artwork(spec.artwork).content if spec.artwork else ""
    parts = (str(RENDERER_VERSION), spec.garment, spec.view, spec.colour, spec.artwork or "", content)
    return sha256("\n".join(parts).encode()).hexdigest()[:DIGEST_LENGTH]


@lru_cache(maxsize=128)
def draw(spec: PictureSpec) -> str:
    """The picture as SVG text, 800 x 1,000 units. Raises UnknownGarment, UnknownView, UnknownArtwork or BadColour."""
    cut = check(spec)
    paints = tones(spec.colour)
    printed = _placed(artwork(spec.artwork), cut.print_area, paints) if spec.artwork else ""
    return draw_cut(cut, paints, printed, escape(GARMENT_NAMES[spec.garment].capitalize()))


def _placed(print_: Artwork, area: PrintArea, paints: Tones) -> str:
    """The print on the cloth: its real size where it fits, painted with the inks that read on this colour."""
    scale = min(area.scale, area.width / print_.width_mm, area.height / print_.height_mm)
    right, down = print_.moved
    left = _within(
        area.centre - print_.width_mm * scale / 2 + right * scale,
        area.centre - area.width / 2,
        area.width - print_.width_mm * scale,
    )
    top = _within(area.top + down * scale, area.top, area.height - print_.height_mm * scale)
    body = print_.body.replace(ACCENT, paints.accent).replace(CLOTH, paints.cloth)
    return f'<g transform="translate({left:.1f} {top:g})scale({scale:.4g})" color="{paints.ink}">{body}</g>'


def _within(wanted: float, start: float, room: float) -> float:
    """As near to where it was wanted as the print area allows."""
    return min(max(wanted, start), start + max(room, 0))


def alt_text(spec: PictureSpec, colour_name: str) -> str:
    """Words for the picture, such as: Front of a navy tee printed with a lantern. Raises as `draw` does."""
    check(spec)
    garment = IN_COLOUR[spec.garment] % {"colour": colour_name.lower()}
    words = VIEW_WORDS[spec.view] % {"garment": garment}
    if spoken() is ENGLISH and garment[0] in "aeiou":
        words = words.replace(" of a ", " of an ", 1)
    if not spec.artwork:
        return words
    return _("%(thing)s printed with %(artwork)s", thing=words, artwork=artwork(spec.artwork).description)


def spec_of(garment: str, view: str, cloth: str, artwork: str | None) -> PictureSpec:
    """The nearest thing that can be drawn: a page never fails for an artwork or a view that the renderer lacks."""
    known = garment if garment in garments() else garments()[0]
    side = view if view in views(known) else views(known)[0]
    return PictureSpec(known, side, cloth.lower(), artwork if artwork and is_artwork(artwork) else None)
