"""The faces of pages, cut to what a first visit needs: a file for the letters of nearly every page, one for the rest.

A page that holds none of the further letters never fetches the second file (`unicode-range` in `static/css/fonts.css`,
which a test holds equal to what is cut here). Text is set from one variable file with these savings, none of which
shows at the size of text: no hinting, a thousand units to the em, weights 400 to 600 of which pages use both ends, and
one kerning for all weights without what is below a fiftieth of an em. On a slow line a file of at most 11.3 KB arrives
a round trip sooner than a larger one: six at once share 200 KB a second.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from typing import Any

# What English and Spanish pages are written with: ASCII, Spanish letters, marks of careful typesetting, euros.
FIRST = frozenset((*range(0x20, 0x7F), *map(ord, "\u00a0¡¿°²·áéíóúüñÁÉÍÓÚÑʻ–—‘’“”…€−")))
WESTERN = frozenset((*range(0xA0, 0x180), *range(0x2BB, 0x2DD), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212))
FURTHER = WESTERN - FIRST
UNITS = 1_000
WEIGHTS = (400, 600)
LEAST_KERNING = 20  # of UNITS


def display(face: bytes, letters: Collection[int]) -> bytes:
    """The display face (TrueType) with these letters, as WOFF2."""
    return _cut(face, letters, ["kern", "liga", "mark", "ccmp"])


def text(face: bytes, letters: Collection[int]) -> bytes:
    """The variable text face with these letters, as WOFF2."""
    return _cut(face, letters, ["kern", "tnum"], _lighter)


def _cut(
    face: bytes, letters: Collection[int], features: list[str], change: Callable[[Any], Any] = lambda font: font
) -> bytes:
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


def _lighter(font: Any) -> Any:
    from fontTools.ttLib.scaleUpem import scale_upem
    from fontTools.varLib.instancer import instantiateVariableFont

    scale_upem(font, UNITS)
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
