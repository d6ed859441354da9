"""What stands in a story, and under it."""

from dataclasses import dataclass
from typing import Literal

from shop.web.view_models.parts import Helpline, PartnerCard, Picture, ProductCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A cited figure. `frame` says place and period; `number` is the footnote in Source."""

    value: str
    text: str
    frame: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`checked` says who looked and when; `caution` why it should be read with care.

    `publisher` is empty where the title names it.
    """

    number: int
    title: str
    publisher: str
    url: str
    published: str
    checked: str
    caution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseBlock:
    html: str
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsBlock:
    claims: tuple[Claim, ...]
    kind: Literal["claims"] = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfBlock:
    heading: str
    products: tuple[ProductCard, ...]
    kind: Literal["shelf"] = "shelf"


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoBlock:
    """Opens at its publisher's only when pressed; nothing of theirs loads before."""

    title: str
    url: str
    publisher: str
    length: str = ""
    picture: Picture | None = None
    kind: Literal["video"] = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentNoteBlock:
    """Said before a hard passage; `skip_to` is the id of the block after it, or empty."""

    text: str
    skip_to: str = ""
    kind: Literal["content_note"] = "content_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersBlock:
    partners: tuple[PartnerCard, ...]
    kind: Literal["partners"] = "partners"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplinesBlock:
    lines: tuple[Helpline, ...]
    kind: Literal["helplines"] = "helplines"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBlock:
    """One thing to do next; `away` says that it leads to somebody else's site, which learns nothing of ours."""

    text: str
    url: str
    away: bool = False
    kind: Literal["call"] = "call"


Block = (
    ProseBlock | ClaimsBlock | ShelfBlock | VideoBlock | ContentNoteBlock | PartnersBlock | HelplinesBlock | CallBlock
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    asked: str
    answer_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """Told under a story; `told` is a date in words."""

    title: str
    told: str
    body_html: str
