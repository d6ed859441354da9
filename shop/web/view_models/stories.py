"""Campaigns, partners, giving, prose and errors."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLinks:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsPage(Page):
    campaigns: tuple[StoryCard, ...]
    topics: tuple[Link, ...] = ()
    standfirst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftAsk:
    """A gift beside a story: the amount is typed here, everything else is asked on the page of gifts."""

    url: str
    campaign: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPage(Page):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage(Page):
    """One film, already in its frame: whoever is here has pressed."""

    video: VideoBlock
    back: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage(Page):
    corrections: tuple[Correction, ...]
    standfirst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersPage(Page):
    """`work` and `place` are what was looked for."""

    partners: tuple[PartnerCard, ...]
    standfirst: str = ""
    work: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPage(Page):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingRow:
    partner: str
    fund: str
    raised: str
    owed: str
    paid: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPart:
    """One stream of the flow diagram: its words, its sum as printed, and its weight in minor units (>= 0)."""

    label: str
    amount: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Two streams in, one whole, two out; `summary` says the same in a sentence. Weights in and out are equal."""

    pledges: FlowPart
    gifts: FlowPart
    raised: FlowPart
    paid: FlowPart
    owed: FlowPart
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingPage(Page):
    """`computed` are whole sentences: where each figure comes from. `as_of` a moment in words."""

    figures: tuple[LedgerFigure, ...]
    rows: tuple[GivingRow, ...]
    computed: tuple[str, ...]
    as_of: str
    total: GivingRow | None = None
    flow: Flow | None = None
    payouts: tuple[PayoutRow, ...] = ()
    ages: tuple[AgeRow, ...] = ()
    standfirst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage(Page):
    """Prose, helplines within it where it has some, and `more_html` after them."""

    heading: str
    body_html: str
    standfirst: str = ""
    updated: str = ""
    helplines: tuple[Helpline, ...] = ()
    more_html: str = ""
    breadcrumbs: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """Rendered by templates/errors/<status>.html, which brings the words; `message` adds what a named error said."""

    status: int
    message: str = ""
    reference: str = ""
    notices: tuple[Notice, ...] = ()
