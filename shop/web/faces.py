"""The faces of pages, cut to what a first visit needs: a file for the letters of nearly every page, one for the rest.

A page that holds none of the further letters never fetches the second file (`unicode-range` in `static/css/fonts.css`,
which a test holds equal to what is cut here). Both are drawn on a coarser grid than they were designed on: a point
of the text moves by a thousandth of an em at most, a twentieth of a dot of a sharp screen; headlines are ten times as
large and keep a finer one. Text is set from one variable file with further savings that do not show at its size: no
hinting, weights 400 to 600 of which pages use both ends, and one kerning for all weights without what is below a
fiftieth of an em. On a slow line six files share some 26 KB for every turn there and back, so each kilobyte counts.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from typing import Any

# What English and Spanish pages are written with: ASCII, Spanish letters, marks of careful typesetting, euros.
SELDOM = frozenset(map(ord, "<>[\\]^_`{|}~"))  # ASCII that programs are written with, not pages
FIRST = frozenset((*range(0x20, 0x7F), *map(ord, "\u00a0¡¿°²·áéíóúüñÁÉÍÓÚÑʻ–—‘’“”…€−"))) - SELDOM
WESTERN = frozenset((*range(0xA0, 0x180), *range(0x2BB, 0x2DD), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212))
FURTHER = (WESTERN | SELDOM) - FIRST
DISPLAY_UNITS, TEXT_UNITS = 750, 500  # to the em
WEIGHTS = (400, 600)
LEAST_KERNING = TEXT_UNITS // 50


def display(face: bytes, letters: Collection[int]) -> bytes:
    """The display face (TrueType) with these letters, as WOFF2."""
    return _cut(face, letters, ["kern", "liga"], _coarser)


def text(face: bytes, letters: Collection[int]) -> bytes:
    """The variable text face with these letters, as WOFF2."""
    return _cut(face, letters, ["kern", "tnum"], _lighter)


def _cut(face: bytes, letters: Collection[int], features: list[str], change: Callable[[Any], Any]) -> bytes:
    from fontTools import subset  # needed once for each release
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(face), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=features, name_IDs=[1, 2], notdef_outline=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font = change(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _coarser(font: Any) -> Any:
    from fontTools.ttLib.scaleUpem import scale_upem

    scale_upem(font, DISPLAY_UNITS)
    return font


def _lighter(font: Any) -> Any:
    from fontTools.ttLib.scaleUpem import scale_upem
    from fontTools.varLib.instancer import instantiateVariableFont

    scale_upem(font, TEXT_UNITS)
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    for lookup in font["GPOS"].table.LookupList.Lookup:
        lookup.SubTable = [pairs for pairs in lookup.SubTable if pairs.Format == 2]  # classes; not single exceptions
        lookup.SubTableCount = len(lookup.SubTable)
        for pairs in lookup.SubTable:
            _kern_alike(pairs)
    font["GDEF"].table.VarStore = None
    font["GDEF"].table.Version = 0x00010002
    return font


def _kern_alike(pairs: Any) -> None:
    """One distance for all weights, and none where it is too small to be seen."""
    only_a_distance = 0x0004  # https://learn.microsoft.com/typography/opentype/spec/gpos#value-record
    pairs.ValueFormat1 = only_a_distance
    for first in pairs.Class1Record:
        for second in first.Class2Record:
            vars(second.Value1).pop("XAdvDevice", None)
            if abs(second.Value1.XAdvance) < LEAST_KERNING:
                second.Value1.XAdvance = 0
