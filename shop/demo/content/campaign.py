"""The main story and two related ones. The bodies are Markdown files under `text/campaigns/`."""

from datetime import date

from shop.demo.content.shapes import Campaign
from shop.demo.content.texts import read_text

LOOK_CLOSER = Campaign(
    slug="look-closer",
    title="Look closer",
    standfirst=(
        "A television interview reported in 2017 spoke of tools that help find people who are being trafficked. "
        "Here is what was said, what has changed since, and what you can safely do."
    ),
    summary="What human trafficking is, how people are found and supported, and what you can safely do.",
    body=read_text(folder="campaigns", slug="look-closer"),
    poster_artwork="look-closer",
    partner_slugs=("polaris", "rescue-freedom-international", "our-rescue"),
    product_slugs=(
        "look-closer-tee",
        "north-star-tee",
        "every-name-matters-tee",
        "rep-the-movement-tee",
        "many-hands-tee",
        "look-closer-tote",
    ),
    related_slugs=("notice-safely", "a-photo-of-an-empty-room"),
    sensitive=True,
    published=True,
    published_on=date(2026, 11, 16),
    topics=("finding people", "technology", "support"),
)

NOTICE_SAFELY = Campaign(
    slug="notice-safely",
    title="Notice safely",
    standfirst="You are not asked to investigate, and never to step in. Noticing well and calling well is enough.",
    summary="Signs that may mean someone is being exploited, and how to pass on a concern without adding risk.",
    body=read_text(folder="campaigns", slug="notice-safely"),
    poster_artwork="lantern",
    partner_slugs=("polaris",),
    product_slugs=("north-star-tee", "every-name-matters-tee", "lantern-hoodie"),
    related_slugs=("look-closer", "a-photo-of-an-empty-room"),
    sensitive=True,
    published=True,
    published_on=date(2026, 11, 18),
    topics=("noticing", "support"),
)

EMPTY_ROOM = Campaign(
    slug="a-photo-of-an-empty-room",
    title="A photo of an empty room",
    standfirst="The carpet, the lamp, the curtains: how travellers' pictures of hotel rooms help investigators.",
    summary="How an app for travellers' hotel photos helps work out where another picture was taken.",
    body=read_text(folder="campaigns", slug="a-photo-of-an-empty-room"),
    poster_artwork="open-door",
    partner_slugs=(),
    product_slugs=("open-door-long-sleeve", "look-closer-tee", "look-closer-tote"),
    related_slugs=("look-closer", "notice-safely"),
    sensitive=True,
    published=True,
    published_on=date(2026, 11, 20),
    topics=("technology", "travel"),
)

CAMPAIGNS = (LOOK_CLOSER, NOTICE_SAFELY, EMPTY_ROOM)
