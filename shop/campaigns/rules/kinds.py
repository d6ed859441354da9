"""The kinds of blocks that a body is read into."""

from __future__ import annotations

from msgspec import Struct

from shop.campaigns.rules.markdown import Prose


class ClaimBlock(Struct, frozen=True):
    """A claim by key; `number` is its footnote, counted by first appearance from 1."""

    key: str
    number: int = 0


class TeesBlock(Struct, frozen=True):
    """A shelf of products by slug."""

    slugs: tuple[str, ...]


class PartnersBlock(Struct, frozen=True):
    """The partners of the campaign."""


class PartnerBlock(Struct, frozen=True):
    """One partner by slug."""

    slug: str


class VideoBlock(Struct, frozen=True):
    """A video by key."""

    key: str


class PictureBlock(Struct, frozen=True):
    """An artwork or a picture of the library by key, with words for those who cannot see it; empty: the library's."""

    artwork: str
    words: str


class HelplinesBlock(Struct, frozen=True):
    """Helplines by country."""


class NoteBlock(Struct, frozen=True):
    """Said in plain text before a harder passage; `skip_to` is the anchor after it, empty where there is none."""

    text: str
    skip_to: str = ""


class CallBlock(Struct, frozen=True):
    """A link card: plain text and an address that is http(s) or a path of this store."""

    text: str
    url: str


Block = (
    Prose
    | ClaimBlock
    | TeesBlock
    | PartnersBlock
    | PartnerBlock
    | VideoBlock
    | PictureBlock
    | HelplinesBlock
    | NoteBlock
    | CallBlock
)


class Question(Struct, frozen=True):
    """A question in plain words, and its answer as safe HTML."""

    asked: str
    answer: str
