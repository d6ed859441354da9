"""What stands in a story, and under it."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from shop.web.view_models.parts import Helpline, PartnerCard, Picture, Pledge, ProductCard


class Claim(Struct, frozen=True, kw_only=True):
    """A cited figure. `frame` says place and period; `number` is the footnote in Source."""

    value: str
    text: str
    frame: str
    number: int


class Source(Struct, frozen=True, kw_only=True):
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


class ProseBlock(Struct, frozen=True, kw_only=True):
    html: str
    kind: Literal["prose"] = "prose"


class ClaimsBlock(Struct, frozen=True, kw_only=True):
    claims: tuple[Claim, ...]
    kind: Literal["claims"] = "claims"


class ColourSizes(Struct, frozen=True, kw_only=True):
    """(value, words) of each size of a colour; the value is what the form sends."""

    colour: str
    sizes: tuple[tuple[str, str], ...]


class ShelfTee(Struct, frozen=True, kw_only=True):
    """A product with all that is needed to put it in the cart from where it stands."""

    card: ProductCard
    slug: str
    stock: str
    add_url: str
    choices: tuple[ColourSizes, ...]
    pledge: Pledge | None = None


class ShelfBlock(Struct, frozen=True, kw_only=True):
    heading: str
    tees: tuple[ShelfTee, ...]
    kind: Literal["shelf"] = "shelf"


class Track(Struct, frozen=True, kw_only=True):
    """Captions in one language."""

    url: str
    language: str
    name: str


class VideoBlock(Struct, frozen=True, kw_only=True):
    """A film that loads only when pressed. `url` is our own page for it; `host` where it would come from.

    Exactly one of `frame_url` and `file_url` is set; a file of ours has captions, the first of `tracks` shown at once.
    """

    title: str
    url: str
    publisher: str
    host: str
    transcript_html: str
    frame_url: str = ""
    file_url: str = ""
    tracks: tuple[Track, ...] = ()
    length: str = ""
    picture: Picture | None = None
    kind: Literal["video"] = "video"


class PictureBlock(Struct, frozen=True, kw_only=True):
    """`credit` is whose photograph it is, empty for a drawing."""

    picture: Picture
    words: str
    credit: str = ""
    kind: Literal["picture"] = "picture"


class ContentNoteBlock(Struct, frozen=True, kw_only=True):
    """Said before a hard passage; `skip_to` is the id of the block after it, or empty."""

    text: str
    skip_to: str = ""
    kind: Literal["content_note"] = "content_note"


class PartnersBlock(Struct, frozen=True, kw_only=True):
    partners: tuple[PartnerCard, ...]
    kind: Literal["partners"] = "partners"


class HelplinesBlock(Struct, frozen=True, kw_only=True):
    lines: tuple[Helpline, ...]
    kind: Literal["helplines"] = "helplines"


class CallBlock(Struct, frozen=True, kw_only=True):
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


class Correction(Struct, frozen=True, kw_only=True):
    """What was put right; `when` is a date in words."""

    when: str
    said: str
    now: str
    why: str


class Goal(Struct, frozen=True, kw_only=True):
    """What the tees in the story raised, straight from the books. `share` is 0 to 100, None without a goal."""

    raised: str
    computed: str
    goal: str = ""
    share: int | None = None


class Question(Struct, frozen=True, kw_only=True):
    asked: str
    answer_html: str


class NewsItem(Struct, frozen=True, kw_only=True):
    """Told under a story; `told` is a date in words."""

    title: str
    told: str
    body_html: str
