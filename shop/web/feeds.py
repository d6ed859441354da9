"""For machines: robots.txt, the sitemap, the icon's old address."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect

from shop.campaigns.queries import pages, published
from shop.catalogue.collections import collections_shown
from shop.catalogue.queries import garments_charted
from shop.giving.queries.partners import partners
from shop.web.present import addresses
from shop.web.present.feeds import robots, sitemap
from shop.web.public import absolute, asset, revalidated
from shop.web.reads import shelf
from shop.web.site import EMBLEM

SECTIONS = (addresses.HOME, addresses.SHOP, addresses.CAMPAIGNS, addresses.PARTNERS, addresses.GIVING)
blueprint = Blueprint("feeds", __name__)
blueprint.after_request(revalidated)


@blueprint.get("/robots.txt")
def robots_txt() -> Response:
    """What search engines may read."""
    return Response(robots(absolute("/sitemap.xml")), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap_xml() -> Response:
    """Every page that is meant to be found."""
    paths = [
        *SECTIONS,
        *(addresses.campaign(story.slug) for story in published()),
        *(addresses.collection(slug) for slug, _ in collections_shown()),
        *(addresses.product(slug) for slug in shelf.addresses()),
        *(addresses.size_guide(garment) for garment in garments_charted()),
        *(addresses.partner(partner.slug) for partner in partners()),
        *(addresses.page(page.slug) for page in pages()),
    ]
    return Response(sitemap(absolute(path) for path in paths), mimetype="application/xml")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Browsers that do not read the page's own icon look here."""
    return make_response(redirect(asset(EMBLEM)))
