"""The shapes of what is read: frozen records, and nothing that reads a database or a clock.

What is sold has its shapes in `ware_shapes`.
Markdown bodies are CommonMark plus block directives, each alone on its line:

    [[claim KEY]]            a cited figure with its footnote
    [[tees SLUG SLUG ...]]   a shelf of products
    [[partners]]             the partners of the campaign
    [[helplines]]            helplines by country
    [[note TEXT]]            a content note before a harder passage
    [[call TEXT -> URL]]     a link card
"""

from datetime import date
from typing import Literal

from msgspec import Struct

PartnerStatus = Literal["active", "unverified"]
DatePrecision = Literal["day", "month"]
ArtworkKey = Literal[
    "north-star",
    "look-closer",
    "every-name-matters",
    "rep-the-movement",
    "open-door",
    "cupped-light",
    "held-together",
    "lantern",
]


class Brand(Struct, frozen=True, kw_only=True):
    """The operator of the store. `registration` stays None: the demo is no real charity."""

    slug: str
    name: str
    tagline: str
    introduction: str
    demo_notice: str
    currency: str
    contact_email: str
    registration: str | None
    fund_slug: str
    fund_name: str
    fund_purpose: str


class Registration(Struct, frozen=True, kw_only=True):
    """A number in a public register, and where a reader can look it up."""

    register: str
    number: str
    source_url: str


class Partner(Struct, frozen=True, kw_only=True):
    """An organisation the movement points to. None means "to be verified by staff", never "has none".

    `links` are words and an address each: where a reader can check what is said here.
    """

    slug: str
    name: str
    legal_name: str | None
    former_names: tuple[str, ...]
    registrations: tuple[Registration, ...]
    place: str
    what_they_do: str
    website: str | None
    works_on: tuple[str, ...]
    works_in: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    status: PartnerStatus
    verified_on: date | None
    staff_notes: str


class Claim(Struct, frozen=True, kw_only=True):
    """One cited figure. `claimant` says whose figure it is; `needs_review` flags an old or disputed one.

    `source_date` with precision "month" means that the source names no day; the day is then the first.
    """

    key: str
    value: str
    unit: str
    says: str
    place: str
    period: str
    source_title: str
    source_url: str
    source_date: date
    source_date_precision: DatePrecision
    checked_on: date
    next_review: date
    claimant: str
    self_reported: bool
    needs_review: bool
    staff_notes: str = ""


class Helpline(Struct, frozen=True, kw_only=True):
    """A service a reader can turn to. Never an emergency service; `country` is ISO 3166-1 alpha-2."""

    key: str
    country: str
    country_name: str
    name: str
    serves: str
    phone: str
    text: str | None
    tty: str | None
    chat_url: str | None
    report_url: str | None
    hours: str
    languages: str | None
    source_url: str
    last_checked: date


class Campaign(Struct, frozen=True, kw_only=True):
    """A story. `body` is Markdown with directives; slugs name other records of this package."""

    slug: str
    title: str
    standfirst: str
    summary: str
    body: str
    poster_artwork: ArtworkKey
    partner_slugs: tuple[str, ...]
    product_slugs: tuple[str, ...]
    related_slugs: tuple[str, ...]
    sensitive: bool
    published: bool
    published_on: date
    topics: tuple[str, ...] = ()


class Page(Struct, frozen=True, kw_only=True):
    """A plain page: title, one-line summary, Markdown body."""

    slug: str
    title: str
    summary: str
    body: str
    updated_on: date


class Fund(Struct, frozen=True, kw_only=True):
    """A fund of the operator's own, with the purpose that it states."""

    slug: str
    name: str
    purpose: str
