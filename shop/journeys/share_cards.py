"""Which card a link to a page has, and the worker's round that has all of them made before anybody shares one."""

from __future__ import annotations

from shop.brand.queries import brand
from shop.campaigns.queries import campaign_named, published
from shop.catalogue.queries import first_cloth, product_named, slugs_on_shelf
from shop.core.database import end_read
from shop.media.cards import Card, CardShelf
from shop.media.rules import spec_of

CLOTH = "#1d1b19"
ROUND = 500  # newest products looked at in one round


def product_card(slug: str) -> Card:
    """The product with its name. Raises NotFound."""
    about = product_named(slug)
    cloth = first_cloth(about.id) or CLOTH
    return Card(spec_of(about.garment, "front", cloth, about.artwork), about.title, brand().name)


def campaign_card(slug: str) -> Card:
    """The story's artwork with its title. Raises NotFound."""
    story = campaign_named(slug).card
    return Card(spec_of("tee", "front", CLOTH, story.artwork), story.title, brand().name)


def store_card() -> Card:
    """A plain tee beside what the store stands for."""
    about = brand()
    return Card(spec_of("tee", "hanger", CLOTH, None), about.tagline, about.name)


def neutral_card() -> Card:
    """Of a link that tells nothing of what it leads to."""
    return Card(spec_of("tee", "front", CLOTH, "lantern"), "A page for you", brand().name)


def want_cards(shelf: CardShelf) -> None:
    """Leave word for every card that is missing: the store's, the stories', the newest products'."""
    cards = [store_card(), neutral_card()]
    cards += [campaign_card(story.slug) for story in published()]
    cards += [product_card(slug) for slug in slugs_on_shelf(newest=ROUND)]
    end_read()
    for card in cards:
        shelf.want(card)
