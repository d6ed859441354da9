"""Stories, claims, helplines and pages: what was added is what readers get."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.campaigns import operations, queries
from shop.campaigns.operations import NewClaim, Taken, UnknownClaim
from shop.campaigns.operations.pages import write_page
from shop.campaigns.rules.blocks import UnknownDirective
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.kinds import ClaimBlock
from shop.campaigns.rules.pages import PageText
from shop.campaigns.rules.views import HelplineView
from shop.core.database import transaction
from shop.core.errors import Invalid, NotFound
from shop.giving.operations import add_partner
from shop.web.reads.links import partners_behind
from tests.catalogue.making import add_tee
from tests.giving.test_pledges import PARTNER

CLAIM = NewClaim(
    key="ilo-2021",
    value="28 million",
    unit="people in forced labor",
    says="An estimated 28 million people were in forced labor in 2021.",
    place="World",
    period="2021",
    claimant="Estimated by the ILO",
    self_reported=False,
    needs_review=False,
    source_title="Global Estimates of Modern Slavery",
    source_url="https://www.ilo.org/estimates",
    source_date=date(2022, 9, 1),
    source_date_precision="month",
    checked_on=date(2026, 11, 20),
    next_review=date(2027, 11, 20),
    staff_notes="Rounded by the source.",
)
STORY = Content(
    slug="look-closer",
    title="Look closer",
    standfirst="What you can safely do.",
    summary="How people are found and supported.",
    body="Words.\n\n[[claim ilo-2021]]\n",
    artwork="look-closer",
    sensitive=True,
)
HELPLINE = HelplineView(
    key="us-hotline",
    country="US",
    name="National Human Trafficking Hotline",
    serves="Anyone who needs help.",
    phone="1-888-373-7888",
    text="233733",
    tty="711",
    chat_url="https://humantraffickinghotline.org/chat",
    report_url=None,
    hours="24 hours a day",
    languages=None,
    source_url="https://humantraffickinghotline.org",
    last_checked=date(2026, 11, 20),
)
PAGE = PageText(slug="help", title="Help", summary="Finding your order.", body="Help.", position=1)


def story(slug: str = "look-closer", *, body: str = "Words.", published: bool = True) -> int:
    campaign_id = operations.add_campaign(replace(STORY, slug=slug, body=body))
    if published:
        operations.publish(campaign_id)
    return campaign_id


def test_a_published_story_is_listed_and_read_with_its_blocks(app: Flask) -> None:
    moment = datetime(2026, 11, 16, tzinfo=UTC)
    with transaction():
        operations.add_claim(CLAIM)
        operations.publish(operations.add_campaign(STORY), at=moment)
    (card,) = queries.published()
    assert (card.slug, card.summary, card.artwork, card.sensitive) == (
        "look-closer",
        "How people are found and supported.",
        "look-closer",
        True,
    )
    assert card.published_at == moment
    detail = queries.campaign_named("look-closer")
    assert detail.card == card
    assert detail.blocks[-1] == ClaimBlock("ilo-2021", number=1)
    assert detail.reading_minutes == 1


def test_a_draft_is_for_nobody_and_an_archived_story_for_who_has_its_address(app: Flask) -> None:
    with transaction():
        story("draft", published=False)
        operations.archive(story("old"))
    assert queries.published() == []
    assert queries.campaign_named("old").archived
    for slug in ("draft", "unknown"):
        with pytest.raises(NotFound):
            queries.campaign_named(slug)


def test_a_story_leads_to_its_partners_in_their_order_and_they_to_it(app: Flask) -> None:
    with transaction():
        campaign_id = story()
        first, second = add_partner(PARTNER), add_partner(replace(PARTNER, slug="second", position=2))
        operations.link_partners(campaign_id, [first])
        operations.link_partners(campaign_id, [second, first, second])
    assert [card.id for card in partners_behind(campaign_id)] == [second, first]
    assert [card.id for card in queries.campaigns_of_partner(first)] == [campaign_id]
    with transaction():
        operations.link_partners(campaign_id, [])
    assert partners_behind(campaign_id) == []
    assert queries.campaigns_of_partner(first) == []


def test_a_story_that_lets_go_of_a_product_is_no_longer_found_from_it(app: Flask) -> None:
    with transaction():
        campaign_id, tee, other = story(), add_tee("one")[0], add_tee("two")[0]
        operations.link_products(campaign_id, [tee])
        operations.link_products(campaign_id, [other, other])
    assert set(queries.campaigns_of_products([tee, other])) == {other}


def test_a_product_knows_the_first_published_story_that_it_stands_in(app: Flask) -> None:
    with transaction():
        draft, first, second = story("draft", published=False), story("first"), story("second")
        tee, other = add_tee("one")[0], add_tee("two")[0]
        for campaign_id in (second, first, draft):
            operations.link_products(campaign_id, [tee])
    found = queries.campaigns_of_products([tee, other])
    assert {product: card.slug for product, card in found.items()} == {tee: "first"}


def test_related_stories_come_in_order_and_without_drafts(app: Flask) -> None:
    with transaction():
        main, one, two, draft = story("main"), story("one"), story("two"), story("draft", published=False)
        operations.link_related(main, [two, draft, one])
    assert [card.slug for card in queries.related_to(main)] == ["two", "one"]
    with pytest.raises(Invalid), transaction():
        operations.link_related(main, [main])


def test_a_story_that_cites_what_nobody_entered_is_refused(app: Flask) -> None:
    with pytest.raises(UnknownClaim) as refused, transaction():
        operations.add_campaign(STORY)
    assert refused.value.keys == ("ilo-2021",)
    with pytest.raises(Invalid, match="belong into stories"), transaction():
        write_page(replace(PAGE, body=STORY.body), actor="robin")


def test_a_story_with_a_directive_that_does_not_exist_is_refused(app: Flask) -> None:
    with pytest.raises(UnknownDirective), transaction():
        story(body="[[embed https://evil.example]]")
    assert queries.published() == []


@pytest.mark.parametrize("slug", ["", "Look", "look closer", "-look", "look--closer", "../x", "x" * 81, "é"])
def test_a_slug_that_is_no_address_is_refused(app: Flask, slug: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        story(slug)
    assert refused.value.field == "slug"


def test_a_slug_or_key_is_taken_once(app: Flask) -> None:
    with transaction():
        story()
        operations.add_claim(CLAIM)
        operations.add_helpline(HELPLINE)
        write_page(PAGE, actor="robin")
    with pytest.raises(Taken), transaction():
        story()
    with pytest.raises(Taken), transaction():
        operations.add_claim(CLAIM)
    with pytest.raises(Taken), transaction():
        operations.add_helpline(HELPLINE)
    with pytest.raises(Taken), transaction():
        write_page(PAGE, actor="robin")


def test_claims_are_read_by_key_and_without_what_staff_noted(app: Flask) -> None:
    with transaction():
        operations.add_claim(CLAIM)
    found = queries.claims(["ilo-2021", "unknown"])
    assert set(found) == {"ilo-2021"}
    claim = found["ilo-2021"]
    assert (claim.value, claim.source_url) == ("28 million", "https://www.ilo.org/estimates")
    assert claim.source_dated() == "September 2022"
    assert replace(claim, source_date_precision="day").source_dated() == "September 1, 2022"
    assert not hasattr(claim, "staff_notes")


def test_a_claim_is_due_when_it_is_flagged_or_its_day_has_come() -> None:
    assert not CLAIM.due(date(2027, 11, 19))
    assert CLAIM.due(date(2027, 11, 20))
    assert replace(CLAIM, needs_review=True).due(date(2026, 11, 21))


@pytest.mark.parametrize(
    "url", ["", "www.ilo.org", "ftp://ilo.org/x", "javascript:alert(1)", "https://", "http://[x", "https://a b"]
)
def test_a_claim_without_a_source_that_can_be_opened_is_refused(app: Flask, url: str) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        operations.add_claim(replace(CLAIM, source_url=url))
    assert refused.value.field == "source_url"


def test_a_claim_says_who_claims_it_and_is_looked_at_again(app: Flask) -> None:
    wrong = (
        replace(CLAIM, claimant=" "),
        replace(CLAIM, source_title=""),
        replace(CLAIM, source_date=date(2026, 12, 1)),
        replace(CLAIM, next_review=CLAIM.checked_on),
    )
    for claim in wrong:
        with pytest.raises(Invalid), transaction():
            operations.add_claim(claim)


def test_helplines_come_in_order_and_by_country(app: Flask) -> None:
    canada = replace(HELPLINE, key="ca-hotline", country="CA", name="Canadian Human Trafficking Hotline")
    with transaction():
        operations.add_helpline(HELPLINE)
        operations.add_helpline(canada)
    assert queries.helplines() == [HELPLINE, canada]
    assert queries.helplines(country="ca") == [canada]
    assert [line.country_name for line in queries.helplines()] == ["United States", "Canada"]


def test_a_helpline_without_a_number_or_with_a_bad_address_is_refused(app: Flask) -> None:
    for line in (replace(HELPLINE, phone="call us"), replace(HELPLINE, chat_url="javascript:alert(1)")):
        with pytest.raises(Invalid), transaction():
            operations.add_helpline(line)


def test_pages_are_listed_in_order_and_read_by_name(app: Flask) -> None:
    with transaction():
        write_page(PAGE, actor="robin")
        write_page(replace(PAGE, slug="about", title="About"), actor="robin")
    assert [card.slug for card in queries.pages()] == ["help", "about"]
    assert (found := queries.page_named("help")).body == PAGE.body
    assert found.title == PAGE.title
    with pytest.raises(NotFound):
        queries.page_named("unknown")
