"""The front page: one campaign as a poster, some tees, three true numbers, partners, stories."""

from __future__ import annotations

from flask import Blueprint

from shop.books.queries import PartyBalance, party_balances
from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.campaigns.queries import published
from shop.campaigns.rules.views import CampaignCard
from shop.giving.queries import pledges_for
from shop.giving.queries.partners import partners
from shop.giving.rules import PartnerCard
from shop.web.kept import kept
from shop.web.present import addresses, cards, figures, pictures
from shop.web.public import absolute, meta, rendered, revalidated
from shop.web.reads import shelf
from shop.web.site import brand_words
from shop.web.view_models.shelf import HomePage, Poster

TEES = 8
STORIES = 3
blueprint = Blueprint("home", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.HOME)
def index() -> str:
    about, stories = brand(), _stories()
    tees = shelf.front(limit=TEES)
    terms = pledges_for(card.product.id for card in tees)
    page = HomePage(
        meta=meta(
            about.name,
            addresses.HOME,
            brand_words(about)["introduction"],
            image_url=absolute(addresses.campaign_card(stories[0].slug)) if stories else "",
            image_alt=stories[0].title if stories else "",
        ),
        poster=_poster(about, stories[0], tees) if stories else None,
        tees=cards.products(tees, terms),
        figures=figures.three_numbers(_balances(), about.currency),
        partners=cards.partners(_partners()),
        stories=cards.stories(stories[1 : STORIES + 1]),
        shop_url=addresses.SHOP,
        partners_url=addresses.PARTNERS,
        campaigns_url=addresses.CAMPAIGNS,
        giving_url=addresses.GIVING,
    )
    return rendered("home/home.html", page)


@kept
def _balances() -> tuple[PartyBalance, ...]:
    """The sums grow with the books, so the busiest page adds them up once every few seconds."""
    return tuple(party_balances())


@kept
def _stories() -> tuple[CampaignCard, ...]:
    return tuple(published())


@kept
def _partners() -> tuple[PartnerCard, ...]:
    return tuple(partners())


def _poster(about: BrandView, story: CampaignCard, tees: list[shelf.Card]) -> Poster:
    return Poster(
        title=story.title,
        standfirst=story.standfirst,
        story_url=addresses.campaign(story.slug),
        kicker=brand_words(about)["tagline"],
        shelf_url=addresses.SHOP,
        picture=pictures.poster(story.artwork, tees),
    )
