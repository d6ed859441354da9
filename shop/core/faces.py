"""The faces of papers (PDF): which letters can be printed, by the store's own and by further ones of the machine.

The store's own cover the Latin alphabets. What else an address needs is looked for in further files: those of the
setting PAPER_FONTS, else those of `USUAL` that are there. What no face has is never left out silently: `said` puts a
mark in its place, and whoever makes the paper says so on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

TEXT, HEAD = "Public Sans", "Fjalla One"
NOT_PRINTED = "[?]"  # in place of letters that no face has
FONTS = Path(__file__).parents[2] / "static" / "fonts"
OWN = tuple(FONTS / f"public-sans{part}.woff2" for part in ("", "-ext", "-vietnamese"))
# Where Debian's fonts-dejavu-core (Greek, Cyrillic, Hebrew, Arabic), fonts-droid-fallback (Chinese, Japanese),
# fonts-nanum (Korean) and fonts-noto-core (Thai, Hindi) put theirs.
USUAL = tuple(
    Path("/usr/share/fonts/truetype", name)
    for name in (
        "dejavu/DejaVuSans.ttf",
        "droid/DroidSansFallbackFull.ttf",
        "nanum/NanumGothic.ttf",
        "noto/NotoSansThai-Regular.ttf",
        "noto/NotoSansDevanagari-Regular.ttf",
    )
)


def further(chosen: Sequence[Path] | None) -> tuple[Path, ...]:
    """Files of further faces: those of the setting, or else what is usually there; `chosen` may be none at all."""
    return tuple(path for path in (USUAL if chosen is None else chosen) if path.is_file())


def missing(texts: Iterable[str], faces: Sequence[Path]) -> frozenset[str]:
    """Letters that none of the store's faces and of these can print."""
    left = _letters(texts)
    for path in (*OWN, *faces):
        if not left:
            break
        left -= _covered(path)
    return left


def said(text: str, not_there: frozenset[str]) -> str:
    """A text with one mark in place of each run of letters that cannot be printed."""
    runs = groupby(text, key=lambda letter: letter in not_there)
    return "".join(NOT_PRINTED if lost else "".join(letters) for lost, letters in runs)


def give_faces(pdf: FPDF, texts: Iterable[str], faces: Sequence[Path]) -> frozenset[str]:
    """Put the store's faces into a paper, and those of the further ones that these texts need; what is left over.

    Only what is used of a face is embedded. Letters are joined and set from right to left where a text asks for it.
    """
    pdf.add_font(HEAD, fname=_head())
    pdf.add_font(TEXT, fname=OWN[0])
    letters = _letters(texts)
    left, names = letters - _covered(OWN[0]), [TEXT]
    for path in (*OWN[1:], *faces):
        if left & _covered(path):
            left -= _covered(path)
            names.append(path.stem)
            pdf.add_font(path.stem, fname=path)
    pdf.set_fallback_fonts(names)
    if any(_shaped(letter) for letter in letters):
        pdf.set_text_shaping(use_shaping_engine=True)
    return left


def head_for(text: str) -> str:
    """The display face where it has every letter, else the text face: a name is not set in two of them."""
    return HEAD if _letters([text]) <= _covered(_head()) else TEXT


@lru_cache(maxsize=1)
def _head() -> Path:
    return Path(str(resources.files("font_fjallaone") / "files" / "FjallaOne-Regular.ttf"))


def _letters(texts: Iterable[str]) -> frozenset[str]:
    """Everything that leaves a mark on the paper."""
    return frozenset(letter for text in texts for letter in text if not letter.isspace() and letter.isprintable())


def _shaped(letter: str) -> bool:
    """Whether it is written from right to left, or sits on another."""
    return unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter).startswith("M")


@lru_cache(maxsize=16)
def _covered(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # large, and needed by papers alone

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
