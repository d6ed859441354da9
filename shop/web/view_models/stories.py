"""Campaigns, partners, giving, prose and errors."""

from msgspec import Struct

from shop.web.view_models.blocks import Block, Correction, Goal, NewsItem, Question, Source, VideoBlock
from shop.web.view_models.comments import Comments
from shop.web.view_models.parts import (
    Helpline,
    Link,
    Notice,
    Page,
    PartnerCard,
    Picture,
    Pledge,
    ProductCard,
    Status,
    StoryCard,
)
from shop.web.view_models.payouts import AgeRow, PayoutRow
from shop.web.view_models.shelf import Fact, LedgerFigure
from shop.web.view_models.taking import WithUs


class ShareLinks(Struct, frozen=True, kw_only=True):
    """`url` is the page's full address; `mail_url` a mailto: with a neutral subject.

    `neutral_url` is a full address that tells nothing of the story; the `qr_…` are pictures of a code to it.
    """

    url: str
    title: str
    mail_url: str
    neutral_url: str
    friend_url: str
    qr_svg: str
    qr_png: str


class CampaignsPage(Page, frozen=True, kw_only=True):
    campaigns: tuple[StoryCard, ...]
    topics: tuple[Link, ...] = ()
    standfirst: str = ""


class GiftAsk(Struct, frozen=True, kw_only=True):
    """A gift beside a story: the amount is typed here, everything else is asked on the page of gifts."""

    url: str
    campaign: str
    currency: str


class CampaignPage(Page, frozen=True, kw_only=True):
    title: str
    standfirst: str
    dates: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    share: ShareLinks
    kicker: str = ""
    note: str = ""
    topics: tuple[Link, ...] = ()
    questions: tuple[Question, ...] = ()
    news: tuple[NewsItem, ...] = ()
    corrections: tuple[Correction, ...] = ()
    corrections_url: str = ""
    goal: Goal | None = None
    picture: Picture | None = None
    pledge: Pledge | None = None
    partners: tuple[PartnerCard, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    related: tuple[StoryCard, ...] = ()
    breadcrumbs: tuple[Link, ...] = ()
    with_us: WithUs | None = None
    comments: Comments | None = None
    gift: GiftAsk | None = None
    pictures_off: bool = False


class WatchPage(Page, frozen=True, kw_only=True):
    """One film, already in its frame: whoever is here has pressed."""

    video: VideoBlock
    back: Link | None = None


class CorrectionsPage(Page, frozen=True, kw_only=True):
    corrections: tuple[Correction, ...]
    standfirst: str


class PartnersPage(Page, frozen=True, kw_only=True):
    """`work` and `place` are what was looked for."""

    partners: tuple[PartnerCard, ...]
    standfirst: str = ""
    work: str = ""
    place: str = ""


class PartnerPage(Page, frozen=True, kw_only=True):
    """`site_url` is the partner's own; it is opened without a referrer."""

    name: str
    blurb_html: str
    status: Status
    facts: tuple[Fact, ...]
    site_url: str
    site_label: str
    formerly: str = ""
    links: tuple[Link, ...] = ()
    history: tuple[Fact, ...] = ()
    status_words: str = ""
    figures: tuple[LedgerFigure, ...] = ()
    pledged: tuple[ProductCard, ...] = ()
    stories: tuple[StoryCard, ...] = ()
    breadcrumbs: tuple[Link, ...] = ()
    logo: Picture | None = None


class GivingRow(Struct, frozen=True, kw_only=True):
    partner: str
    fund: str
    raised: str
    owed: str
    paid: str
    note: str = ""
    url: str = ""


class FlowPart(Struct, frozen=True, kw_only=True):
    """One stream of the flow diagram: its words, its sum as printed, and its weight in minor units (>= 0)."""

    label: str
    amount: str
    weight: int


class Flow(Struct, frozen=True, kw_only=True):
    """Two streams in, one whole, two out; `summary` says the same in a sentence. Weights in and out are equal."""

    pledges: FlowPart
    gifts: FlowPart
    raised: FlowPart
    paid: FlowPart
    owed: FlowPart
    summary: str


class GivingPage(Page, frozen=True, kw_only=True):
    """`computed` are whole sentences: where each figure comes from. `as_of` a moment in words."""

    figures: tuple[LedgerFigure, ...]
    rows: tuple[GivingRow, ...]
    computed: tuple[str, ...]
    as_of: str
    tried_out: str = ""
    total: GivingRow | None = None
    flow: Flow | None = None
    payouts: tuple[PayoutRow, ...] = ()
    ages: tuple[AgeRow, ...] = ()
    standfirst: str = ""


class ProsePage(Page, frozen=True, kw_only=True):
    """Prose, helplines within it where it has some, and `more_html` after them."""

    heading: str
    body_html: str
    standfirst: str = ""
    updated: str = ""
    helplines: tuple[Helpline, ...] = ()
    more_html: str = ""
    breadcrumbs: tuple[Link, ...] = ()


class ErrorPage(Page, frozen=True, kw_only=True):
    """Rendered by templates/errors/<status>.html, which brings the words; `message` adds what a named error said."""

    status: int
    message: str = ""
    reference: str = ""
    notices: tuple[Notice, ...] = ()
