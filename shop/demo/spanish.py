"""The movement's own words in Spanish, beside the English ones that were put in before."""

from __future__ import annotations

from collections.abc import Mapping

from shop.campaigns.queries import ids_of
from shop.campaigns.queries.pages import PAGE, pages_kept
from shop.campaigns.queries.stories import CAMPAIGN
from shop.catalogue.queries import PRODUCT
from shop.catalogue.search.index import index_products
from shop.core.languages import SPANISH
from shop.core.phrases import WHOLE
from shop.core.wordings import keep_wording
from shop.demo.content import spanish
from shop.demo.content.spanish_phrases import SHELVES
from shop.giving.queries.partners import PARTNER

BRAND = "brand"


def add_words(*, products: Mapping[str, int], partners: Mapping[str, int]) -> int:
    """In the open transaction, given the ids by slug; how many things speak Spanish then."""
    page_ids = {one.text.slug: one.id for one in pages_kept()}
    told = [(BRAND, 1, spanish.BRAND)]
    told += [(PAGE, page_ids[slug], texts) for slug, texts in spanish.pages().items()]
    told += [(PRODUCT, products[slug], texts) for slug, texts in spanish.products().items()]
    told += [(PARTNER, partners[slug], texts) for slug, texts in spanish.PARTNERS.items()]
    stories = spanish.campaigns()
    told += [(CAMPAIGN, number, stories[slug]) for slug, number in ids_of(stories).items()]
    told += [(shelf, WHOLE, words) for shelf, words in SHELVES.items()]
    for kind, subject, texts in told:
        keep_wording(kind, subject, SPANISH.code, texts, of_revision=1, seen=0, actor="demo")
    index_products(products.values())
    return len(told)
