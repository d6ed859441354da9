"""The demo content holds together: references resolve, figures have sources, words keep their manners."""

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from msgspec import Struct

from shop.demo import content
from shop.demo.content import CAMPAIGNS, CLAIMS, HELPLINES, PAGES, PARTNERS, PRODUCTS, spanish
from shop.demo.content.shapes import ArtworkKey, Campaign, Claim, Page, Partner
from shop.demo.content.texts import read_text

CHECKED_ON = date(2026, 11, 22)
PARTNERS_BY_SLUG = {partner.slug: partner for partner in PARTNERS}
PRODUCT_SLUGS = {product.slug for product in PRODUCTS}
CAMPAIGN_SLUGS = {campaign.slug for campaign in CAMPAIGNS}
CLAIM_KEYS = {claim.key for claim in CLAIMS}
BODIES = [*CAMPAIGNS, *PAGES]

DIRECTIVE = re.compile(r"^\[\[(?P<name>[a-z]+)(?: (?P<rest>.+))?\]\]$", re.MULTILINE)
FORBIDDEN = (
    *("slave master", "sex slave", "chains", "shackle", "sold like", "shocking", "horrific", "horrifying", "nightmare"),
    *("unspeakable", "depraved", "monster", "predator", "innocent", "voiceless", "broken girls", "save a life"),
    *("if you do nothing", "how could you", "shame on", "guilt", "act now", "hurry", "last chance", "only today"),
    *("before it's too late", "heartbreaking", "tragic", "terrifying", "rescued"),
)


def strings(value: object) -> Iterator[str]:
    """Every string inside a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from strings(getattr(value, name))


def directives(body: str) -> list[tuple[str, str]]:
    return [(found["name"], found["rest"] or "") for found in DIRECTIVE.finditer(body)]


def by_slug(record: Campaign | Page | Partner) -> str:
    return record.slug


def label(record: object) -> str:
    return str(getattr(record, "slug", None) or getattr(record, "key", None))


# --- the operator -----------------------------------------------------------------------------------------


def test_the_operator_says_that_it_is_a_demonstration_and_has_no_registration() -> None:
    assert content.BRAND.registration is None
    assert "demonstration" in content.BRAND.demo_notice
    assert "not a real charity" in content.BRAND.demo_notice
    assert "they have no agreement" in content.BRAND.demo_notice
    assert content.BRAND.currency == "USD"
    assert content.BRAND.contact_email.endswith("example.org")


# --- claims and sources -----------------------------------------------------------------------------------


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.key)
def test_a_claim_names_its_source_claimant_and_dates(claim: Claim) -> None:
    assert claim.source_url.startswith("https://")
    assert claim.source_title
    assert claim.claimant
    assert claim.source_date < claim.checked_on <= CHECKED_ON < claim.next_review
    assert any(digit.isdigit() for digit in claim.value)
    assert claim.source_date_precision == "day" or claim.source_date.day == 1


def test_old_self_reported_claims_are_flagged_for_review() -> None:
    old = [claim for claim in CLAIMS if claim.self_reported and claim.source_date.year < 2020]
    assert old
    assert all(claim.needs_review for claim in old)
    assert all("2017" in claim.claimant for claim in old)


def test_every_claim_is_used_by_a_story_and_keys_are_unique() -> None:
    used = {rest for campaign in CAMPAIGNS for name, rest in directives(campaign.body) if name == "claim"}
    assert used == CLAIM_KEYS
    assert len(CLAIM_KEYS) == len(CLAIMS)


# --- partners and helplines -------------------------------------------------------------------------------


@pytest.mark.parametrize("partner", PARTNERS, ids=by_slug)
def test_an_active_partner_is_dated_and_linked_and_an_unverified_one_is_not(partner: Partner) -> None:
    if partner.status == "active":
        assert partner.verified_on is not None
        assert partner.website is not None
        assert partner.registrations
    else:
        assert partner.verified_on is None
        assert partner.registrations == ()
        assert "verified by staff" in partner.staff_notes


def test_the_three_partners_are_there_with_their_former_names() -> None:
    assert set(PARTNERS_BY_SLUG) == {"polaris", "rescue-freedom-international", "our-rescue"}
    assert PARTNERS_BY_SLUG["polaris"].former_names == ("Polaris Project",)
    assert PARTNERS_BY_SLUG["our-rescue"].former_names == ("Operation Underground Railroad",)


def test_registration_numbers_have_the_form_of_an_ein() -> None:
    numbers = [entry.number for partner in PARTNERS for entry in partner.registrations]
    assert numbers
    assert all(re.fullmatch(r"\d{2}-\d{7}", number) for number in numbers)


def test_helplines_are_dated_sourced_and_never_called_an_emergency_service() -> None:
    phones = {line.key: line.phone for line in HELPLINES}
    assert phones == {
        "us-trafficking-hotline": "1-888-373-7888",
        "us-cybertipline": "1-800-843-5678",
        "us-988-lifeline": "988",
        "ca-trafficking-hotline": "1-833-900-1010",
        "uk-modern-slavery-helpline": "08000 121 700",
    }
    assert all(line.source_url.startswith("https://") for line in HELPLINES)
    assert all(line.last_checked <= CHECKED_ON for line in HELPLINES)
    assert "not emergency services" in content.EMERGENCY_SENTENCE


# --- stories and pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", BODIES, ids=by_slug)
def test_directives_stand_alone_and_resolve(record: Campaign | Page) -> None:
    assert record.body.count("[[") == len(directives(record.body))
    for name, rest in directives(record.body):
        if name == "claim":
            assert rest in CLAIM_KEYS
        elif name == "tees":
            assert set(rest.split()) <= PRODUCT_SLUGS
        elif name == "call":
            text, _, url = rest.partition(" -> ")
            assert text
            assert url.startswith(("https://", "/"))
        elif name == "note":
            assert rest.endswith(".")
        else:
            assert name in {"partners", "helplines"}
            assert rest == ""


@pytest.mark.parametrize("record", BODIES, ids=by_slug)
def test_links_inside_the_store_lead_to_pages_that_exist(record: Campaign | Page) -> None:
    known = {f"/campaigns/{slug}" for slug in CAMPAIGN_SLUGS} | {f"/pages/{page.slug}" for page in PAGES}
    inside = re.findall(r"(?:\]\(|-> )(/[^)\]\s]*)", record.body)
    assert set(inside) <= known | {"/cookies", "/giving", "/leaving", "/orders/find"}


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=by_slug)
def test_a_campaigns_references_resolve_and_it_carries_care(campaign: Campaign) -> None:
    assert set(campaign.partner_slugs) <= set(PARTNERS_BY_SLUG)
    assert set(campaign.product_slugs) <= PRODUCT_SLUGS
    assert set(campaign.related_slugs) == CAMPAIGN_SLUGS - {campaign.slug}
    assert campaign.poster_artwork in get_args(ArtworkKey)
    assert campaign.published
    assert campaign.published_on <= CHECKED_ON
    names = [name for name, _ in directives(campaign.body)]
    assert "note" in names
    assert "helplines" in names
    shelf = [rest.split() for name, rest in directives(campaign.body) if name == "tees"]
    assert shelf == [list(campaign.product_slugs)]


def test_the_main_story_has_its_length_and_its_parts() -> None:
    (main,) = (campaign for campaign in CAMPAIGNS if campaign.slug == "look-closer")
    prose = DIRECTIVE.sub("", main.body)
    assert 700 <= len(prose.split()) <= 1100
    assert "[[partners]]" in main.body


def test_the_pages_every_store_needs_are_there() -> None:
    assert {page.slug for page in PAGES} == {
        "about",
        "delivery-and-returns",
        "privacy-and-cookies",
        "accessibility",
        "help",
    }


# --- words ------------------------------------------------------------------------------------------------


def own_words(record: object) -> str:
    """All prose of a record except the titles and addresses of other people's pages."""
    without_links = re.sub(r"https?://\S+", "", " ".join(strings(record)))
    if isinstance(record, Claim):
        without_links = without_links.replace(record.source_title, "")
    return without_links.lower()


@pytest.mark.parametrize("record", [content.BRAND, *CLAIMS, *HELPLINES, *BODIES, *PARTNERS, *PRODUCTS], ids=label)
def test_no_words_of_pressure_or_shock(record: object) -> None:
    words = own_words(record)
    assert [phrase for phrase in FORBIDDEN if re.search(rf"\b{re.escape(phrase)}", words)] == []


def test_records_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        content.BRAND.name = "Another"  # type: ignore[misc]  # the point of the test


def test_a_body_that_was_never_written_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_text(folder="pages", slug="missing")


def test_everything_that_is_english_is_spanish_too() -> None:
    assert set(spanish.pages()) == {page.slug for page in PAGES}
    assert set(spanish.products()) == PRODUCT_SLUGS
    assert set(spanish.campaigns()) == CAMPAIGN_SLUGS
    assert set(spanish.PARTNERS) == set(PARTNERS_BY_SLUG)


@pytest.mark.parametrize("record", BODIES, ids=lambda record: record.slug)
def test_a_spanish_text_shows_the_same_things_and_leads_to_the_same_places(record: Campaign | Page) -> None:
    told = {**spanish.pages(), **spanish.campaigns()}[record.slug]["body"]
    pointing = [one for one in directives(record.body) if one[0] not in ("note", "call")]
    assert [one for one in directives(told) if one[0] not in ("note", "call")] == pointing
    assert [name for name, _ in directives(told)] == [name for name, _ in directives(record.body)]
    links = re.compile(r"(?:\]\(|-> )([^)\s]+?)(?=\)|\]\]|$)", re.MULTILINE)
    assert sorted(links.findall(told)) == sorted(links.findall(record.body))
    assert len(re.findall("^## ", told, re.MULTILINE)) == len(re.findall("^## ", record.body, re.MULTILINE))
