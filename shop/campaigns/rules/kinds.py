"""The kinds of blocks that a body is read into."""

from __future__ import annotations

from dataclasses import dataclass

from shop.campaigns.rules.markdown import Prose


@dataclass(frozen=True, slots=True)
class ClaimBlock:
    """A claim by key; `number` is its footnote, counted by first appearance from 1."""

    key: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class TeesBlock:
    """A shelf of products by slug."""

    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnersBlock:
    """The partners of the campaign."""


@dataclass(frozen=True, slots=True)
class PartnerBlock:
    """One partner by slug."""

    slug: str


@dataclass(frozen=True, slots=True)
class VideoBlock:
    """A video by key."""

    key: str


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """An artwork or a picture of the library by key, with words for those who cannot see it; empty: the library's."""

    artwork: str
    words: str


@dataclass(frozen=True, slots=True)
class HelplinesBlock:
    """Helplines by country."""


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """Said in plain text before a harder passage; `skip_to` is the anchor after it, empty where there is none."""

    text: str
    skip_to: str = ""


@dataclass(frozen=True, slots=True)
class CallBlock:
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


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words, and its answer as safe HTML."""

    asked: str
    answer: str
