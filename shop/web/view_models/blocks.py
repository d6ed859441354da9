"""What stands in a story, and under it."""

from dataclasses import dataclass, replace
from typing import Literal

from shop.web.view_models.parts import Helpline, PartnerCard, Picture, Pledge, ProductCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A cited figure. `frame` says place and period; `number` is the footnote in Source."""

    value: str
    text: str
    frame: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`checked` says who looked and when; `caution` why it should be read with care; `copy_url` is an archived copy.

    `publisher` is empty where the title names it.
    """

    number: int
    title: str
    publisher: str
    url: str
    published: str
    checked: str
    caution: str = ""
    copy_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseBlock:
    html: str
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsBlock:
    claims: tuple[Claim, ...]
    kind: Literal["claims"] = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourSizes:
    """(value, words) of each size of a colour; the value is what the form sends."""

    colour: str
    sizes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfTee:
    """A product with all that is needed to put it in the cart from where it stands."""

    card: ProductCard
    slug: str
    stock: str
    add_url: str
    choices: tuple[ColourSizes, ...]
    pledge: Pledge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfBlock:
    heading: str
    tees: tuple[ShelfTee, ...]
    kind: Literal["shelf"] = "shelf"


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoBlock:
    """A film that loads only when pressed. `url` is our own page for it; `host` where it would come from.

    Exactly one of `frame_url` and `file_url` is set; a file of ours has captions at `captions_url`.
    """

    title: str
    url: str
    publisher: str
    host: str
    transcript_html: str
    frame_url: str = ""
    file_url: str = ""
    captions_url: str = ""
    length: str = ""
    picture: Picture | None = None
    kind: Literal["video"] = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBlock:
    """`credit` is whose photograph it is, empty for a drawing."""

    picture: Picture
    words: str
    credit: str = ""
    kind: Literal["picture"] = "picture"


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
    ProseBlock
    | ClaimsBlock
    | ShelfBlock
    | VideoBlock
    | PictureBlock
    | ContentNoteBlock
    | PartnersBlock
    | HelplinesBlock
    | CallBlock
)


def described(picture: Picture, words: str) -> Picture:
    """The same picture with these words for those who cannot see it."""
    return replace(picture, alt=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was put right; `when` is a date in words."""

    when: str
    said: str
    now: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the tees in the story raised, straight from the books. `share` is 0 to 100, None without a goal."""

    raised: str
    computed: str
    goal: str = ""
    share: int | None = None


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
