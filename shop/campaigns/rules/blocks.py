"""A body read into blocks. The directives, each alone on its line:

[[claim KEY]]            a cited figure with its footnote
[[tees SLUG SLUG ...]]   a shelf of products
[[partners]]             the partners of the campaign
[[partner SLUG]]         one partner
[[video KEY]]            a video that loads when it is pressed
[[picture KEY: WORDS]]   an artwork, or a picture of the library (photo-12, whose own words stand where none are given)
[[helplines]]            helplines by country
[[note TEXT]]            a content note before a harder passage
[[call TEXT -> URL]]     a link card
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape

from msgspec.structs import replace

from shop.campaigns.rules.kinds import (
    Block,
    CallBlock,
    ClaimBlock,
    HelplinesBlock,
    NoteBlock,
    PartnerBlock,
    PartnersBlock,
    PictureBlock,
    Question,
    TeesBlock,
    VideoBlock,
)
from shop.campaigns.rules.markdown import Directive, Prose, Stray, pieces, plain_text
from shop.core.errors import Invalid

# Silent reading of English non-fiction by adults, the mean of 190 studies: M. Brysbaert, "How many words do we read
# per minute?", Journal of Memory and Language 109 (2019), https://doi.org/10.1016/j.jml.2019.104047
WORDS_PER_MINUTE = 238
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PHOTOGRAPH = re.compile(r"photo-[1-9][0-9]{0,8}")
_OPENS = re.compile(r"(https?://[^\s\\/?#]+|/(?![/\\]))[^\s\\]*")


class BadBody(Invalid):
    """A body that cannot be shown; the message says what is wrong, and in which line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line}: {problem}", field="body")
        self.line = line


class UnknownDirective(BadBody):
    """There is no directive of that name."""


class MisplacedDirective(BadBody):
    """A directive that does not stand alone on a line of its own."""


class BadDirective(BadBody):
    """A directive without what it needs, or with something it cannot use."""


@lru_cache(maxsize=256)
def blocks_of(body: str) -> tuple[Block, ...]:
    """A body as blocks, parsed once per text and process.

    Raises UnknownDirective, MisplacedDirective or BadDirective, each with the line.
    """
    return _with_skips(_numbered([_block(piece) for piece in pieces(body)]))


def cited(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Keys of the claims in the order of their footnotes, each once."""
    return tuple(dict.fromkeys(block.key for block in blocks if isinstance(block, ClaimBlock)))


@lru_cache(maxsize=256)
def reading_minutes(body: str) -> int:
    """How long reading takes, in whole minutes, one at least."""
    words = sum(len(plain_text(block.html).split()) for block in blocks_of(body) if isinstance(block, Prose))
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


@lru_cache(maxsize=256)
def questions(faq: str) -> tuple[Question, ...]:
    """Markdown in which each main heading is a question; what stands before the first is left out.

    Raises BadBody for a directive, as there is no place for one here.
    """
    found = []
    for piece in pieces(faq):
        if not isinstance(piece, Prose):
            raise MisplacedDirective(piece.line, "questions and answers hold no [[directive]].")
        heading, closed, answer = piece.html.partition("</h2>")
        if piece.anchor and closed:
            found.append(Question(unescape(plain_text(heading)), answer.strip()))
    return tuple(found)


def videos(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Keys of the videos, each once."""
    return tuple(dict.fromkeys(block.key for block in blocks if isinstance(block, VideoBlock)))


def photographs(blocks: Iterable[Block]) -> tuple[int, ...]:
    """Numbers of the library's pictures, each once."""
    keys = dict.fromkeys(block.artwork for block in blocks if isinstance(block, PictureBlock))
    return tuple(int(key.removeprefix("photo-")) for key in keys if _PHOTOGRAPH.fullmatch(key))


def _block(piece: Prose | Directive | Stray) -> Block:
    if isinstance(piece, Prose):
        return piece
    if isinstance(piece, Stray) or piece.nested:
        raise MisplacedDirective(piece.line, "a [[directive]] stands alone on its line, outside of lists and quotes.")
    name, _, argument = piece.text.partition(" ")
    if name not in _READERS:
        raise UnknownDirective(piece.line, f"there is no directive “{name}”. Known are: {', '.join(_READERS)}.")
    block = _READERS[name](argument.strip())
    if block is None:
        raise BadDirective(piece.line, f"write {_SHAPES[name]}.")
    return block


def _claim(key: str) -> ClaimBlock | None:
    return ClaimBlock(key) if _NAME.fullmatch(key) else None


def _tees(names: str) -> TeesBlock | None:
    slugs = tuple(names.split())
    return TeesBlock(slugs) if slugs and all(map(_NAME.fullmatch, slugs)) else None


def _partners(argument: str) -> PartnersBlock | None:
    return None if argument else PartnersBlock()


def _partner(slug: str) -> PartnerBlock | None:
    return PartnerBlock(slug) if _NAME.fullmatch(slug) else None


def _video(key: str) -> VideoBlock | None:
    return VideoBlock(key) if _NAME.fullmatch(key) else None


def _picture(argument: str) -> PictureBlock | None:
    artwork, _, words = (part.strip() for part in argument.partition(":"))
    described = words or _PHOTOGRAPH.fullmatch(artwork)
    return PictureBlock(artwork, words) if _NAME.fullmatch(artwork) and described else None


def _helplines(argument: str) -> HelplinesBlock | None:
    return None if argument else HelplinesBlock()


def _note(text: str) -> NoteBlock | None:
    return NoteBlock(text) if text else None


def _call(argument: str) -> CallBlock | None:
    text, _, url = (part.strip() for part in argument.rpartition("->"))
    return CallBlock(text, url) if text and _OPENS.fullmatch(url) else None


_READERS: dict[str, Callable[[str], Block | None]] = {
    "claim": _claim,
    "tees": _tees,
    "partners": _partners,
    "partner": _partner,
    "video": _video,
    "picture": _picture,
    "helplines": _helplines,
    "note": _note,
    "call": _call,
}
_SHAPES = {
    "claim": "[[claim KEY]] with the key of one claim",
    "tees": "[[tees SLUG SLUG]] with the slugs of products",
    "partners": "[[partners]] and nothing more",
    "partner": "[[partner SLUG]] with the slug of one partner",
    "video": "[[video KEY]] with the key of one video",
    "picture": "[[picture KEY: WORDS]] with a key, and words for those who cannot see it, or [[picture photo-12]]",
    "helplines": "[[helplines]] and nothing more",
    "note": "[[note TEXT]] with a sentence",
    "call": "[[call TEXT -> URL]] with an http(s) address or a path that begins with one /",
}


def _numbered(blocks: list[Block]) -> list[Block]:
    numbers = {key: number for number, key in enumerate(cited(blocks), start=1)}
    return [replace(one, number=numbers[one.key]) if isinstance(one, ClaimBlock) else one for one in blocks]


def _with_skips(blocks: list[Block]) -> tuple[Block, ...]:
    """Each note learns the first heading after it: whoever would rather not read on goes there."""
    answer: list[Block] = []
    anchor = ""
    for block in reversed(blocks):
        if isinstance(block, Prose) and block.anchor:
            anchor = block.anchor
        answer.append(replace(block, skip_to=anchor) if isinstance(block, NoteBlock) else block)
    return tuple(reversed(answer))
