"""What pages share."""

from typing import Literal

from msgspec import Struct

from shop.frame.look import FACE_FILES, OWN

Tone = Literal["neutral", "calm", "success", "warning", "danger"]


class Link(Struct, frozen=True, kw_only=True):
    """`after_others`: between it and the one before are some that are not shown."""

    label: str
    url: str
    current: bool = False
    after_others: bool = False


class Announced(Struct, frozen=True, kw_only=True):
    """A line above every page; `link` is None for words alone."""

    text: str
    link: Link | None = None


class Alternate(Struct, frozen=True, kw_only=True):
    """The same page in another language; `language` as `hreflang` wants it."""

    language: str
    url: str


class LanguageChoice(Struct, frozen=True, kw_only=True):
    """A language that the store speaks; `name` is in that language."""

    code: str
    name: str
    current: bool = False


class Brand(Struct, frozen=True, kw_only=True):
    """`emblem` names a static file, `icon` another for the browser's tab when they differ; empty when there is none."""

    name: str
    tagline: str
    operator: str
    emblem: str = ""
    icon: str = ""


class Site(Struct, frozen=True, kw_only=True):
    """The frame of every page.

    `cart_count` is None on pages that may be cached: there the script reads the `cart_count` cookie instead.
    `exit_url` is where *Leave this site* goes (an everyday page of somebody else's), `leave_url` our way there.
    `announcement` and `demo_notice` stand above everything; there may be nothing to say.
    `look_url` is the stylesheet of what staff chose, empty for none; `display_face` the file of the headings' face.
    """

    brand: Brand
    home_url: str
    cart_url: str
    helplines_url: str
    exit_url: str
    leave_url: str
    cookies_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    announcement: Announced | None = None
    demo_notice: str = ""
    cart_count: int | None = None
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    languages: tuple[LanguageChoice, ...] = ()
    language_url: str = ""
    look_url: str = ""
    display_face: str = FACE_FILES[OWN.face]


class Meta(Struct, frozen=True, kw_only=True):
    """What the page says of itself to browsers, search engines and link cards.

    `sensitive` adds *Leave this site*; `indexed` False keeps the page out of search engines. Empty texts are left out.
    """

    title: str
    description: str = ""
    canonical_url: str = ""
    image_url: str = ""
    image_alt: str = ""
    kind: Literal["website", "article", "product"] = "website"
    sensitive: bool = False
    indexed: bool = True


class PictureSource(Struct, frozen=True, kw_only=True):
    """One `<source>`: a MIME type and a `srcset` with width descriptors."""

    type: str
    srcset: str


class Picture(Struct, frozen=True, kw_only=True):
    """`width` and `height` are the fallback's own pixels; `alt` is empty when the words beside say the same.

    `tint` is the garment's colour as #rrggbb, laid faintly behind; empty for none. `focus` are classes
    that keep a photograph's point in sight where it is cut.
    """

    src: str
    alt: str
    width: int
    height: int
    srcset: str = ""
    sources: tuple[PictureSource, ...] = ()
    tint: str = ""
    focus: str = ""


class FieldError(Struct, frozen=True, kw_only=True):
    """A whole sentence about one field; `field` is its name (and its id in the page)."""

    field: str
    message: str


class Notice(Struct, frozen=True, kw_only=True):
    message: str
    tone: Tone = "neutral"
    heading: str = ""


class Sum(Struct, frozen=True, kw_only=True):
    """A line of a sum: "Delivery", "$5.00", and a note such as the country."""

    label: str
    amount: str
    note: str = ""
    total: bool = False


class Status(Struct, frozen=True, kw_only=True):
    label: str
    tone: Tone = "neutral"


class Pledge(Struct, frozen=True, kw_only=True):
    """The promise beside a price, as one sentence; `terms` holds dates and cap when there are any."""

    sentence: str
    terms: str = ""
    url: str = ""


class Helpline(Struct, frozen=True, kw_only=True):
    """`number_url` is a tel: or sms: address; `ways` say other ways in, hours, languages; `checked` a date in words."""

    country: str
    name: str
    number: str
    number_url: str
    checked: str
    ways: tuple[str, ...] = ()
    site_label: str = ""
    site_url: str = ""


class ProductCard(Struct, frozen=True, kw_only=True):
    """`swatches` are #rrggbb; `second` shows on hover; `flag` is a word or two such as "Sold out"."""

    url: str
    name: str
    price: str
    picture: Picture
    second: Picture | None = None
    swatches: tuple[str, ...] = ()
    colours: str = ""
    pledge: str = ""
    flag: str = ""


class StoryCard(Struct, frozen=True, kw_only=True):
    """`picture` is the story's print, seen close; the title says what it is about, so it carries no words."""

    url: str
    title: str
    standfirst: str
    date: str = ""
    label: str = ""
    picture: Picture | None = None


class PartnerCard(Struct, frozen=True, kw_only=True):
    """`facts` are short: place, registry number, last check."""

    url: str
    name: str
    blurb: str
    formerly: str = ""
    facts: tuple[str, ...] = ()
    status: Status | None = None


class Page(Struct, frozen=True, kw_only=True):
    """A page of bare means: what every page value has."""

    meta: Meta


class Pagination(Struct, frozen=True, kw_only=True):
    """`pages` in order, one of them current; empty addresses where there is nothing before or after."""

    pages: tuple[Link, ...]
    previous_url: str = ""
    next_url: str = ""
