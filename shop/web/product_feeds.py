"""Feeds: what is on sale for shopping services, what is new for readers, what the store is for language models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from threading import Lock

from flask import Blueprint, Response, send_file

from shop.brand.queries import brand
from shop.campaigns.queries import pages, published
from shop.catalogue.queries import mark
from shop.core import clock
from shop.media.disk import place_pieces
from shop.web.present import addresses, product_feeds
from shop.web.present.feeds import Item, llms, rss
from shop.web.public import absolute, settings
from shop.web.reads.offers import Offer, newest, offers

ITEMS = 50
KEPT_FOR = timedelta(minutes=10)
MOST_OFFERS = 50_000  # variants in a feed; what comes after them in the order of the shelf is left out
AN_HOUR = "public, max-age=3600"
_writing = Lock()
blueprint = Blueprint("product_feeds", __name__)


@blueprint.get("/feeds/google-merchant.xml")
def google_merchant() -> Response:
    """Every variant on the shelf, for Google's Merchant Center and those that read its format."""
    about = brand()
    home = absolute(addresses.HOME)

    def lines(found: Iterator[Offer]) -> Iterator[str]:
        return product_feeds.merchant_xml(found, shop=about.name, home=home, absolute=absolute)

    return _stream("google-merchant", lines, "application/xml")


@blueprint.get("/feeds/meta-catalogue.csv")
def meta_catalogue() -> Response:
    """The same for Meta's catalogues."""
    shop = brand().name
    return _stream(
        "meta-catalogue", lambda found: product_feeds.meta_csv(found, shop=shop, absolute=absolute), "text/csv"
    )


@blueprint.get("/feeds/tees.rss")
def new_tees() -> Response:
    """What came to the shelf last."""
    items = (
        Item(one.title, absolute(addresses.product(one.slug)), one.summary, one.published_at)
        for one in newest(limit=ITEMS)
    )
    return _kept(rss(brand().name, absolute(addresses.SHOP), absolute("/feeds/tees.rss"), items), "application/rss+xml")


@blueprint.get("/feeds/campaigns.rss")
def new_campaigns() -> Response:
    """Stories, newest first."""
    told = [
        Item(one.title, absolute(addresses.campaign(one.slug)), one.summary, one.published_at)
        for one in published()
        if one.published_at
    ]
    items = sorted(told, key=lambda item: item.published_at, reverse=True)[:ITEMS]
    feed = rss(brand().name, absolute(addresses.CAMPAIGNS), absolute("/feeds/campaigns.rss"), items)
    return _kept(feed, "application/rss+xml")


@blueprint.get("/llms.txt")
def llms_txt() -> Response:
    """What the store is and where things are, in Markdown (https://llmstxt.org)."""
    about = brand()
    sections = {
        "Store": [
            ("Shop", absolute(addresses.SHOP), "everything on sale, with filters and search"),
            ("Campaigns", absolute(addresses.CAMPAIGNS), "stories, each figure with its source"),
            ("Partners", absolute(addresses.PARTNERS), "who is helped, and what was verified"),
            ("Where the money goes", absolute(addresses.GIVING), "raised, owed and paid, from the books"),
        ],
        "Pages": [(page.title, absolute(addresses.page(page.slug)), page.summary) for page in pages()],
        "Feeds": [
            ("Products", absolute("/feeds/google-merchant.xml"), "price and availability of every variant"),
            ("New tees", absolute("/feeds/tees.rss"), "RSS"),
            ("Campaigns", absolute("/feeds/campaigns.rss"), "RSS"),
        ],
    }
    return _kept(llms(about.name, about.introduction, sections), "text/plain")


def _stream(name: str, pieces: Callable[[Iterator[Offer]], Iterator[str]], kind: str) -> Response:
    """Written down once in `KEPT_FOR`, and when the catalogue changed: a robot that asks again costs a file, no more.

    The first to ask writes it while others wait; a slow reader holds no read of the database.
    """
    window = int(clock.now().timestamp() // KEPT_FOR.total_seconds())
    folder = settings().var / "feeds"
    path = folder / f"{name}-{mark() or 'none'}-{window}"
    with _writing:
        if not path.exists():
            place_pieces(path, (piece.encode() for piece in pieces(islice(offers(), MOST_OFFERS))))
            for old in folder.glob(f"{name}-*"):
                if old != path:
                    old.unlink(missing_ok=True)
    answer = send_file(path, mimetype=kind)
    answer.headers["Cache-Control"] = AN_HOUR
    return answer


def _kept(text: str, kind: str) -> Response:
    answer = Response(text, mimetype=kind)
    answer.headers["Cache-Control"] = AN_HOUR
    return answer
