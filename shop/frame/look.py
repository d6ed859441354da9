"""How the store's pages look where staff choose it: the accent by day and by night, and the face of headings.

The stylesheet is made from the choice alone and its address names both the choice and the content, so that any process
serves it without asking the database, and caches keep it for good.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct

from shop.core.columns import Json
from shop.core.errors import Invalid
from shop.frame.colours import colour_of, contrast, lighter_by, nearest

TEXT = 4.5  # WCAG 2.2, 1.4.3
SHAPE = 3.0  # WCAG 2.2, 1.4.11


class Ground(Struct, frozen=True):
    """What an accent lies on and carries; the values are those of `static/css/tokens.css`, and a test says so."""

    paper: str
    sunk: str
    ink: str
    on_accent: str
    deeper: float  # how much lightness is added for what is pointed at

    def weakest(self, accent: str) -> float:
        """Its contrast with the ground it stands out from least."""
        return min(contrast(accent, self.paper), contrast(accent, self.sunk))


GROUNDS: Mapping[str, Ground] = {
    "light": Ground(paper="#f9f5ed", sunk="#f3ebdd", ink="#201811", on_accent="#fdfaf3", deeper=-0.065),
    "dark": Ground(paper="#19140f", sunk="#231d17", ink="#f2eee4", on_accent="#211208", deeper=0.06),
}
# Where giving is asked for, in both schemes: there the accent of the dark scheme burns.
CALM = Ground(paper="#004349", sunk="#053539", ink="#f6f4e9", on_accent="#211208", deeper=0.06)

FACES: Mapping[str, str] = {"fjalla-one": "Fjalla One", "public-sans": "Public Sans"}
FACE_FILES: Mapping[str, str] = {"fjalla-one": "fonts/fjalla-one.woff2", "public-sans": "fonts/public-sans.woff2"}
# The text face is half as wide again as the display face: headings are set in its heaviest weight, and smaller.
_PUBLIC = (
    '--display:"Public Sans","Public Fallback","Public Fallback Wide",system-ui,sans-serif;--display-weight:600;'
    "--head-s:clamp(1.125rem,1.07rem + .3vw,1.3125rem);--head-m:clamp(1.375rem,1.22rem + .8vw,1.875rem);"
    "--head-l:clamp(1.75rem,1.38rem + 1.8vw,3.125rem);--head-xl:clamp(2.125rem,1.35rem + 3.7vw,4.75rem)"
)


class Look(Struct, frozen=True):
    """The accents as `#rrggbb`; `face` is a key of FACES."""

    light: str
    dark: str
    face: str


OWN = Look("#b6430a", "#f69c51", "fjalla-one")  # as the store comes


class Measured(Struct, frozen=True):
    """An accent against what it lies on and carries; each at its weakest, `instead` is the nearest that passes."""

    words: float
    shape: float
    instead: str

    @property
    def passes(self) -> bool:
        return self.words >= TEXT and self.shape >= SHAPE


@lru_cache(maxsize=256)
def measured(scheme: str, accent: str) -> Measured:
    """Whether words can be read on the accent, and it is seen on the page."""
    ground = GROUNDS[scheme]
    return Measured(contrast(ground.on_accent, accent), ground.weakest(accent), nearest(accent, _good_on(ground)))


def regular(look: Look) -> tuple[Look, dict[str, str]]:
    """The look in one spelling, and what is wrong with it by field; a colour that is none stays as it was typed."""
    values, wrong = {"light": look.light, "dark": look.dark}, {}
    for scheme in GROUNDS:
        try:
            values[scheme] = colour_of(values[scheme])
        except Invalid as problem:
            wrong[scheme] = problem.message
        else:
            found = measured(scheme, values[scheme])
            if not found.passes:
                wrong[scheme] = _refusal(found)
    if look.face not in FACES:
        wrong["face"] = "Choose one of the faces that the store has."
    return Look(values["light"], values["dark"], look.face), wrong


def check_look(look: Look) -> None:
    """Raises Invalid, naming the field."""
    for field, sentence in regular(look)[1].items():
        raise Invalid(sentence, field=field)


def packed_look(look: Look) -> Json:
    return {"light": look.light, "dark": look.dark, "face": look.face}


def unpacked_look(content: Json) -> Look:
    return Look(content["light"], content["dark"], content["face"])


_NAME = re.compile(r"([0-9a-f]{6})-([0-9a-f]{6})-([a-z-]{1,20})\.([0-9a-f]{12})\.css", re.ASCII)


def sheet_name(look: Look) -> str:
    """The name of its stylesheet; empty for the store's own look, which needs none."""
    if look == OWN:
        return ""
    digest = hashlib.sha256(stylesheet(look).encode()).hexdigest()[:12]
    return f"{look.light[1:]}-{look.dark[1:]}-{look.face}.{digest}.css"


def sheet_named(name: str) -> str | None:
    """The stylesheet of that name; None for a name that we would not have given."""
    found = _NAME.fullmatch(name)
    if found is None or found[3] not in FACES:
        return None
    look = Look(f"#{found[1]}", f"#{found[2]}", found[3])
    return stylesheet(look) if not regular(look)[1] and sheet_name(look) == name else None


@lru_cache(maxsize=64)
def stylesheet(look: Look) -> str:
    """The tokens that differ from the store's own, in their layer."""
    light, dark = _accents(look.light, GROUNDS["light"]), _accents(look.dark, GROUNDS["dark"])
    calm = _accents(nearest(look.dark, _good_on(CALM)), CALM)
    face = "" if look.face == OWN.face else f";{_PUBLIC}"
    return (
        f"@layer tokens{{:root{{{light}{face}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f".on-calm{{{calm}}}}}\n"
    )


def deeper(accent: str, ground: Ground) -> str:
    """What is pointed at: further from the ground, and read as words both on it and under what stands on it."""
    return nearest(
        lighter_by(accent, ground.deeper),
        lambda one: ground.weakest(one) >= TEXT and contrast(ground.on_accent, one) >= TEXT,
    )


def _accents(accent: str, ground: Ground) -> str:
    return f"--signal:{accent};--signal-deep:{deeper(accent, ground)};--on-signal:{ground.on_accent}"


def _good_on(ground: Ground) -> Callable[[str], bool]:
    return lambda accent: contrast(ground.on_accent, accent) >= TEXT and ground.weakest(accent) >= SHAPE


def _refusal(found: Measured) -> str:
    told = []
    if found.words < TEXT:
        told.append(f"Words on it would stand at {_down(found.words)} to 1; they are read from {TEXT} to 1.")
    if found.shape < SHAPE:
        told.append(f"On the page it would stand at {_down(found.shape)} to 1; it is seen from {SHAPE:.0f} to 1.")
    return " ".join((*told, f"The nearest that passes is {found.instead}."))


def _down(ratio: float) -> str:
    """Never rounded up to what it does not reach."""
    return f"{int(ratio * 100) / 100:.2f}"
